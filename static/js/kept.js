// Words that no server has yet, kept in this browser: one entry a page opened, under the person's own name, for a month.
const HEAD = "trinh:kept"
const MONTH = 30 * 24 * 3600 * 1000

export function name(person, path, copy) {
  return [HEAD, person, path, copy].join("|")
}

// Whether the browser took it: a full or forbidden store does not.
export function keep(key, entry) {
  try {
    localStorage.setItem(key, JSON.stringify(entry))
    return true
  } catch {
    return false
  }
}

export function drop(key) {
  try {
    localStorage.removeItem(key)
  } catch {} // a forbidden store holds nothing
}

// [key, entry] of this person's other copies of this page, the oldest first; those past their month are thrown away.
export function left(person, path, besides) {
  const mine = [HEAD, person, path].join("|") + "|"
  return all().filter(([key, entry]) => {
    if (!(Date.now() - entry.at < MONTH)) drop(key)
    return key.startsWith(mine) && key !== besides && Date.now() - entry.at < MONTH
  }).sort(([, one], [, other]) => one.at - other.at)
}

// What the server says it has saved.
export function saved(person, copies) {
  for (const [key] of all()) if (key.startsWith(`${HEAD}|${person}|`) && copies.includes(key.split("|").at(-1))) drop(key)
}

function all() {
  try {
    return Object.keys(localStorage).filter((key) => key.startsWith(HEAD + "|")).flatMap(read)
  } catch {
    return []
  }
}

function read(key) {
  try {
    return [[key, JSON.parse(localStorage.getItem(key))]]
  } catch {
    drop(key)
    return []
  }
}

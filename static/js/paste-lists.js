// Lists of a paste as they are meant: Word's marked paragraphs, lists of one item each, lists that stand in lists.
import { known, patterns } from "trinh/paste-losses"
import { style } from "trinh/paste-styles"

const { LATIN, POINTS, READINGS, ROMAN, TYPES, STYLES, MAX_DEPTH } = known.lists ?? {}
const { listed: WORD, ignored: IGNORED, listStyle: STYLE, unmarked: UNMARKED } = patterns
const NUMBERED = new RegExp(`^(?:${patterns.numbered?.source})$`, "i"), STANDING = new RegExp(`^${patterns.standing?.source}`, "i")
const isList = (it) => it?.nodeName === "UL" || it?.nodeName === "OL"
const isBlank = (it) => it.nodeType === 3 && !it.data.trim()

export function settleLists(page) {
  for (const it of page.querySelectorAll("li")) if (!isList(it.parentElement)) wrapBare(it)
  for (const it of [...page.querySelectorAll("div, section, article")].reverse())
    if ([...it.children].some(isList) && [...it.childNodes].every((child) => isBlank(child) || isList(child))) it.replaceWith(...it.childNodes)
  for (const it of [...page.querySelectorAll("*")]) {
    const items = page.contains(it) ? [...run(it)] : []
    if (items.length) build(items)
  }
  page.querySelectorAll("ol").forEach((it) => it.closest("td, th") && !it.textContent.trim() && writeSigns(it))
  page.querySelectorAll("[data-sign]").forEach((it) => it.replaceWith(`${plain(it)} `))
}

// Items of a list of which the first part was not copied are a list all the same.
function wrapBare(first) {
  const list = first.ownerDocument.createElement("ul")
  first.before(list)
  list.append(first)
  while (list.nextSibling && (isBlank(list.nextSibling) || list.nextSibling.nodeName === "LI")) list.append(list.nextSibling)
}

function* run(first) {
  if ((!isList(first) && !isWordItem(first)) || first.parentElement.closest("ul, ol")) return
  for (let node = first, next; node; node = next) {
    next = node.nextSibling
    if (isBlank(node)) continue
    if (isList(node)) yield* htmlItems(node)
    else if (isWordItem(node)) yield wordItem(node)
    else return
  }
}

// Numbers that stand alone in a cell, as in a column of ordinals, are its words.
function writeSigns(list) {
  const type = list.getAttribute("type") ?? "1", start = Number(list.getAttribute("start") ?? 1)
  list.replaceWith(...[...list.children].map((it, place) => {
    const paragraph = it.ownerDocument.createElement("p")
    paragraph.append(sign(type, start + place))
    return paragraph
  }))
}

export function sign(type, number) {
  if (type === "1" || number < 1) return `${number}.`
  const small = type.toLowerCase()
  const text = small === "i" ? roman(number) : lettered(number, small === "a" ? LATIN : POINTS)
  return type === small && small !== "i" ? `${text})` : `${type === small ? text : text.toUpperCase()}.`
}

function lettered(number, order) {
  return number ? lettered(Math.floor((number - 1) / order.length), order) + order[(number - 1) % order.length] : ""
}

function roman(number) {
  const [value, letters] = ROMAN.find(([value]) => value <= number) ?? [0, ""]
  return value ? letters + roman(number - value) : ""
}

// --- what a sign counts -----------------------------------------------------------------------------------------------
function readings(token) {
  if (/^\d+$/.test(token)) return [["1", Number(token)]]
  const small = token.toLowerCase(), found = READINGS[small] ?? []
  if (token === small) return found
  return token === token.toUpperCase() ? found.map(([type, number]) => [type.toUpperCase(), number]) : []
}

// --- items ------------------------------------------------------------------------------------------------------------
const item = (source, level, of, more = {}) => ({ source, level, of, readings: [], content: [], literal: "", goesOn: false, ...more })
const plain = (it) => it.textContent.replace(/[\s\u00a0]+/g, " ").trim()
const signsOf = (it) => [...it.querySelectorAll("*")].filter((one) => one.hasAttribute("data-sign") || IGNORED.test(style(one)))

function isWordItem(it) {
  if (it.nodeType !== 1 || !it.matches("p, div")) return false
  if (WORD.test(style(it))) return true
  return it.className.startsWith("msolistparagraph") && (signsOf(it).length > 0 || STANDING.test(it.textContent.slice(0, 60)))
}

function wordItem(it) {
  const [, of, level] = style(it).match(WORD) ?? [null, "standing", "1"], signs = signsOf(it)
  const sign = signs.length ? plain(signs[0]) : takeStanding(it)
  signs.forEach((one) => one.remove())
  const match = sign.match(NUMBERED), read = match ? readings(match[1] ?? match[2]) : []
  const made = item(it, Math.min(Number(level), MAX_DEPTH), of, { readings: read, content: [...it.childNodes] })
  if (!read.length && /[\p{L}\p{N}_]/u.test(sign) && !/^[ovüØ§]$/.test(sign)) made.literal = sign
  if (!sign && it.className.startsWith("msolistnumber")) made.readings = [["1", null]]
  return made
}

function takeStanding(it) {
  const match = it.textContent.slice(0, 60).match(STANDING)
  if (!match) return ""
  const walker = it.ownerDocument.createTreeWalker(it, NodeFilter.SHOW_TEXT)
  for (let left = match[0].length; left && walker.nextNode(); ) {
    const now = Math.min(left, walker.currentNode.data.length)
    walker.currentNode.data = walker.currentNode.data.slice(now)
    left -= now
  }
  return match[1]
}

function* htmlItems(list, depth = 1, of = {}, source = list) {
  const type = typeOf(list), reversed = list.hasAttribute("reversed")
  let number = numberIn(list, "start") ?? (reversed ? [...list.children].filter((it) => it.matches("li")).length : 1)
  for (const child of [...list.childNodes]) {
    if (isList(child)) yield* htmlItems(child, depth + 1, of, source)
    else if (child.nodeName === "LI") {
      yield* entry(child, depth, of, source, type, number)
      number = number === null || !reversed ? null : number - 1
    } else if (!isBlank(child)) yield item(source, depth, of, { content: [child], goesOn: true })
  }
}

function* entry(it, depth, of, source, listType, number) {
  const said = numberIn(it, "aria-level", "data-aria-level"), level = Math.min(said || depth, MAX_DEPTH)
  if (said) of = "flow"
  const type = styled(it) || listType, shown = numberIn(it, "value", "data-aria-posinset")
  let made = item(source, level, of, { readings: type ? [[type, shown ?? number]] : [] }), begun = false
  for (const child of [...it.childNodes]) {
    if (!isList(child)) {
      made.content.push(child)
      continue
    }
    if (made.content.some((one) => !isBlank(one)) || !(begun || UNMARKED.test(style(it)))) yield made
    begun = true
    yield* htmlItems(child, level + 1, of, source)
    made = item(source, level, of, { goesOn: true })
  }
  if (!begun || made.content.some((one) => !isBlank(one))) yield made
}

function typeOf(list) {
  if (list.nodeName === "UL") return styled(list)
  const said = (list.getAttribute("type") ?? "").trim()
  return TYPES.includes(said) ? said : styled(list) || "1"
}

function styled(it) {
  const said = style(it).match(STYLE)
  return said ? STYLES[said[1]] : ""
}

function numberIn(it, ...names) {
  for (const name of names) {
    const said = (it.getAttribute(name) ?? "").trim()
    if (/^\d{1,4}$/.test(said)) return Number(said)
  }
  return null
}

// --- lists built anew -------------------------------------------------------------------------------------------------
function build(items) {
  const place = items[0].source
  let opened = []
  items.forEach((one, number) => {
    while (opened.length && opened.at(-1).level > one.level) opened.pop()
    if (one.goesOn && opened.length) return opened.at(-1).list.lastElementChild.append(...one.content)
    if (one.literal) {
      opened = []
      const paragraph = place.ownerDocument.createElement("p")
      paragraph.append(`${one.literal} `, ...one.content)
      return place.before(paragraph)
    }
    if (opened.length && opened.at(-1).level === one.level && !takes(opened.at(-1), one)) opened.pop()
    if (!opened.length || opened.at(-1).level < one.level) opened.push(begin(one, items.slice(number + 1, number + 200), opened, place))
    const open = opened.at(-1), li = place.ownerDocument.createElement("li")
    li.append(...one.content)
    open.list.append(li)
    open.letters.push(open.next++)
  })
  new Set(items.map((one) => one.source)).forEach((it) => it.remove())
}

function takes(open, one) {
  if (one.of !== open.of || Boolean(one.readings.length) !== Boolean(open.type)) return false
  if (!one.readings.length) return true
  for (const [type, number] of one.readings) {
    if ((number === null || number === open.next) && type === open.type) return true
    const fromLatin = { đ: "a", Đ: "A" }[type]
    if (number === open.next && fromLatin === open.type && open.letters.every((it) => LATIN[it - 1] === POINTS[it - 1])) {
      open.type = type
      open.list.setAttribute("type", type)
      return true
    }
  }
  return false
}

function begin(one, following, opened, place) {
  const [type, number] = reading(one, following)
  const list = place.ownerDocument.createElement(type ? "ol" : "ul"), holder = opened.at(-1)?.list.lastElementChild
  holder ? holder.append(list) : place.before(list)
  if (number !== null && number !== 1) list.setAttribute("start", number)
  if (type && type !== "1") list.setAttribute("type", type)
  return { level: one.level, list, of: one.of, type, next: number ?? 1, letters: [] }
}

function reading(one, following) {
  if (!one.readings.length) return ["", null]
  const after = following.find((it) => it.level <= one.level && !it.goesOn)
  if (after?.level === one.level)
    for (const [type, number] of one.readings)
      if (number !== null && after.readings.some(([next, its]) => next === type && its === number + 1)) return [type, number]
  return one.readings[0]
}

// The style sheets of a paste, written where they apply, the strongest last: the twin of intake/pasted/style_sheets.py.
const MAX_LENGTH = 2000, MAX_SELECTOR_LENGTH = 200
const COMMENT = /\/\*[\s\S]*?(?:\*\/|$)/g, COMPOUND = /^(?:[a-z]+[1-6]?)?(?:[.#][\w-]+)*$/
// All that counts of a rule for every element of a name: whether it is seen, and its line ends.
const SEEN = /^(?:display|visibility|opacity|color|font-size|mso-hide|overflow|(?:max-)?height|(?:text-decoration|white-space).*)$/

export const style = (it) => it.dataset?.style ?? "" // what applies to an element, once it is written there

export function writeStyles(page, html) {
  const rules = new Map(), declared = new Map()
  blocks(html.toLowerCase()).forEach(([selectors, text], order) => {
    for (const selector of selectors.split(",").map((it) => it.trim())) {
      const compounds = selector.split(/\s+/)
      if (!selector || selector.length >= MAX_SELECTOR_LENGTH || !compounds.every((it) => COMPOUND.test(it))) continue
      const key = compounds.join(" "), rule = rules.get(key) ?? { declarations: new Map() }, isOfEvery = !/[.#]/.test(compounds.at(-1))
      add(rule.declarations, [...declarations(text)].filter(([name]) => !isOfEvery || SEEN.test(name)))
      rules.set(key, { ...rule, order, ids: key.split("#").length, classes: key.split(".").length, names: key.match(/(?:^| )[a-z]/g)?.length ?? 0 })
    }
  })
  for (const it of page.querySelectorAll("*")) {
    it.className = (it.getAttribute("class") ?? "").slice(0, MAX_LENGTH).toLowerCase()
    if (it.id) it.id = it.id.toLowerCase()
    declared.set(it, new Map())
  }
  const strongestLast = [...rules].sort(([, a], [, b]) => a.ids - b.ids || a.classes - b.classes || a.names - b.names || a.order - b.order)
  for (const [selector, rule] of strongestLast)
    if (rule.declarations.size) for (const it of page.querySelectorAll(selector)) add(declared.get(it), rule.declarations)
  for (const [it, all] of declared) {
    add(all, declarations(style(it).toLowerCase()))
    it.dataset.style = [...all].map(([name, value]) => `${name}:${value}`).join(";").slice(0, MAX_LENGTH)
  }
}

function add(declared, more) {
  for (const [name, value] of more) {
    if (!value.includes("!important") && declared.get(name)?.includes("!important")) continue
    declared.delete(name) // the later stands behind the earlier, as a short form behind a long one
    declared.set(name, value)
  }
}

function declarations(text) {
  const declared = new Map()
  for (const part of text.slice(0, MAX_LENGTH).replace(COMMENT, "").split(";")) {
    const [name, ...value] = part.split(":")
    if (name.trim()) add(declared, [[name.trim(), value.join(":").trim()]])
  }
  return declared
}

function blocks(html) {
  const rules = []
  for (let end = 0, start; (start = html.indexOf("<style", end)) >= 0 && (end = html.indexOf("</style", start)) >= 0; ) {
    let depth = 0
    const css = html.slice(html.indexOf(">", start) + 1, end).replace(COMMENT, "").replaceAll("<!--", "").replaceAll("-->", "")
    for (const part of css.split("}")) {
      const opened = part.split("{").length - 1
      if (opened > 1 || depth) {
        depth = Math.max(0, depth + opened - 1)
        continue
      }
      if (opened) rules.push(part.split("{"))
    }
  }
  return rules
}

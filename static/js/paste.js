// What Word, LibreOffice, Google Docs, Zalo or a page put on the clipboard, brought down to a report's own structure.
// It works on the text of the tags first: an element made with a style would be refused by the page's policy, aloud.
const WHOLE = /<(style|script|head|title|svg|xml|o:p|w:sdtpr)\b[^>]*>[\s\S]*?<\/\1\s*>/gi
const BULLET = /<!(?:--)?\[if !supportLists\](?:--)?>([\s\S]*?)<!(?:--)?\[endif\](?:--)?>/gi
const COMMENT = /<!--[\s\S]*?-->|<!\[[^>]*>/g
const TAG = /<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi
const KNOWN = new Set("p h1 h2 h3 h4 h5 h6 b strong i em ul ol li table thead tbody tr th td br div span".split(" "))
const RENAMED = { H1: "h3", H2: "h3", H5: "h4", H6: "h4" }
const BLOCKS = "p, h1, h2, h3, h4, h5, h6, ul, ol, table, div"

export function bare(html) {
  const text = html.replace(BULLET, (_all, sign) => `<span data-sign="${kindOf(sign)}"></span>`)
  const tags = text.replace(WHOLE, "").replace(COMMENT, "").replace(TAG, tag)
  const page = new DOMParser().parseFromString(tags, "text/html").body
  page.querySelectorAll("[data-plain]").forEach((it) => it.replaceWith(...it.childNodes))
  for (const [name, mark] of [["bold", "strong"], ["italic", "em"]])
    page.querySelectorAll(`span[data-${name}]`).forEach((it) => wrap(it, mark))
  page.querySelectorAll("span:not([data-sign])").forEach((it) => it.replaceWith(...it.childNodes))
  page.querySelectorAll("h1, h2, h5, h6").forEach((it) => rename(it, RENAMED[it.tagName]))
  page.querySelectorAll("ul > ul, ul > ol, ol > ul, ol > ol").forEach(intoItem)
  listed(page)
  page.querySelectorAll("div").forEach((it) => (it.querySelector(BLOCKS) ? it.replaceWith(...it.childNodes) : rename(it, "p")))
  page.querySelectorAll("[data-sign]").forEach((it) => it.remove())
  page.querySelectorAll("p").forEach((it) => it.textContent.trim() || it.remove())
  return page.innerHTML
}

// A tag with what its style means said by an attribute of ours.
function tag(_all, end, name, attributes) {
  const known = name.toLowerCase()
  if (!KNOWN.has(known)) return ""
  if (end) return `</${known}>`
  const said = attributes.match(/\b(?:col|row)span\s*=\s*["']?\d{1,2}["']?/gi) ?? []
  const sign = attributes.match(/^ data-sign="\w*"$/)
  const level = attributes.match(/mso-list:\s*l(\d+)\s+level(\d)/i)
  if (sign) said.push(sign[0].trim())
  if (level) said.push(`data-list="${level[1]}" data-level="${level[2]}"`)
  if (/^(b|strong)$/.test(known) && /font-weight:\s*(normal|400)/i.test(attributes)) said.push("data-plain")
  if (/^(i|em)$/.test(known) && /font-style:\s*normal/i.test(attributes)) said.push("data-plain")
  if (known === "span" && /font-weight:\s*(bold|[6-9]00)/i.test(attributes)) said.push("data-bold")
  if (known === "span" && /font-style:\s*italic/i.test(attributes)) said.push("data-italic")
  return `<${[known, ...said].join(" ")}>`
}

function kindOf(sign) {
  const text = sign.replace(/<[^>]*>/g, "").replace(/&nbsp;|&#160;/gi, " ").trim()
  return /^\(?(\d{1,3}|[a-z]|[ivx]{1,5})[.)]/i.test(text) ? "ol" : "ul"
}

// Word says of each paragraph that it is an item, at which level; lists are made of the paragraphs that follow each other.
function listed(page) {
  let open = []
  for (const item of [...page.querySelectorAll("[data-level]")]) {
    const before = item.previousElementSibling
    if (!open.length || before !== open[0].list || item.dataset.list !== open[0].of) open = []
    const level = Number(item.dataset.level), kind = item.querySelector("[data-sign]")?.dataset.sign || "ul"
    while (open.length && open.at(-1).level > level) open.pop()
    if (!open.length || open.at(-1).level < level) {
      const list = page.ownerDocument.createElement(kind)
      if (open.length) open.at(-1).list.lastElementChild.append(list)
      else item.before(list)
      open.push({ level, list, of: item.dataset.list })
    }
    const made = page.ownerDocument.createElement("li")
    made.append(...item.childNodes)
    open.at(-1).list.append(made)
    item.remove()
  }
}

function intoItem(list) {
  if (list.previousElementSibling?.tagName === "LI") list.previousElementSibling.append(list)
}

function wrap(it, mark) {
  const made = it.ownerDocument.createElement(mark)
  made.append(...it.childNodes)
  it.append(made)
}

function rename(it, name) {
  const made = it.ownerDocument.createElement(name)
  made.append(...it.childNodes)
  it.replaceWith(made)
}

// Raised characters, bold and italic, paragraphs and spaces of a paste: the twin of raised, marks and blocks in intake/pasted/.
import { known, patterns } from "trinh/paste-losses"
import { style } from "trinh/paste-styles"

export const BLOCKS = known.blocks ?? "p"
const OWN = "p, h3, h4, ul, ol, li, table, thead, tbody, tr, td, th, hr, body"
const { raised: RAISED, lowered: LOWERED, bold: BOLD, notBold: NOT_BOLD, italic: ITALIC, notItalic: NOT_ITALIC, capitals: CAPITALS } = patterns
const WHITE_SPACE = /(?<![\w-])white-space(?:-collapse)?\s*:\s*(?!inherit|unset)([^;]*)/g
const NOTE = /^(?:[^\p{L}\p{N}_]*|\[.*\])$/u, ENGLISH = /^(?:st|nd|rd|th)$/i, MAX_LENGTH = 20
const HEADINGS = { H1: "h3", H2: "h3", H5: "h4", H6: "h4" }
export const isBlock = (it) => it.nodeType === 1 && it.matches(BLOCKS)
const hasBlocks = (it) => [...it.children].some(isBlock)
const said = (it, what) => what.test(style(it))

export function writeOut(page) {
  for (const it of page.querySelectorAll("a[href]")) {
    const match = it.getAttribute("href").match(patterns.toNote), number = it.textContent.trim()
    if (match && /^[\p{L}\p{N}_]{1,4}$/u.test(number)) it.replaceWith(`[${number}]${match[1] ? " " : ""}`) // no power
  }
  for (const it of [...page.querySelectorAll("*")]) {
    const kind = page.contains(it) && kindOf(it)
    if (!kind) continue
    for (let next; (next = it.nextSibling) && kindOf(next) === kind && isOne(it, next, kind); next.remove()) it.append(...next.childNodes)
    const run = it.textContent.replace(/[\s\u00a0]+/g, " "), text = run.trim(), now = written(text, kind)
    if (now !== text) it.replaceWith(run.replace(text, () => now)) // the spaces at its ends part the words around it
  }
}

function kindOf(it) {
  if (it.nodeType !== 1 || it.matches(BLOCKS) || it.querySelector(BLOCKS) || said(it, patterns.level)) return ""
  return it.tagName === "SUP" || said(it, RAISED) ? "sup" : it.tagName === "SUB" || said(it, LOWERED) ? "sub" : ""
}

// Whether a power goes on in the next run: Word begins one anew wherever something was corrected.
function isOne(it, next, kind) {
  const text = it.textContent + next.textContent, table = kind === "sup" ? known.high : known.low
  return next.textContent && text.length <= MAX_LENGTH && [...text].every((letter) => letter in table)
}

function written(text, kind) {
  const [table, sign] = kind === "sup" ? [known.high, "^"] : [known.low, "_"]
  if (!text || text.length > MAX_LENGTH || NOTE.test(text) || ENGLISH.test(text)) return text
  if (kind === "sup" && text === "o") return "°" // 37 °C
  if ([...text].every((letter) => letter in table)) return [...text].map((letter) => table[letter]).join("")
  return text.length === 1 ? sign + text : `${sign}(${text})`
}

export function settleMarks(page) {
  for (const [name, meant, other] of [["em", ITALIC, NOT_ITALIC], ["strong", BOLD, NOT_BOLD]])
    for (const it of setOff(page, meant, other)) distribute(it, name, other)
  for (const it of [...page.querySelectorAll("*")]) {
    if (said(it, CAPITALS)) for (const text of texts(it)) text.data = text.data.toUpperCase()
    if (it.tagName in HEADINGS) renamed(it, HEADINGS[it.tagName])
    else if (!it.matches(BLOCKS) && it.tagName !== "BR") settleInline(it)
  }
  for (const it of [...page.querySelectorAll("strong, em")]) {
    if (!it.querySelector(BLOCKS)) continue
    distribute(it, it.tagName.toLowerCase())
    it.replaceWith(...it.childNodes)
  }
}

// The outermost blocks whose own style says so.
function setOff(page, meant, other) {
  const within = new Map([[page, false]])
  return [...page.querySelectorAll("*")].filter((it) => {
    const around = within.get(it.parentElement), isHead = it.matches("h1, h2, h3, h4, h5, h6, th")
    within.set(it, isHead || ((around || said(it, meant)) && !said(it, other)))
    return within.get(it) && !around && !isHead && isBlock(it)
  })
}

function settleInline(it) {
  const bold = said(it, BOLD) || (/^(B|STRONG)$/.test(it.tagName) && !said(it, NOT_BOLD))
  const italic = said(it, ITALIC) || (/^(I|EM)$/.test(it.tagName) && !said(it, NOT_ITALIC))
  let inner = it
  for (const name of [bold && "strong", italic && "em"].filter(Boolean)) {
    const within = inner
    inner = made(it, name)
    inner.append(...within.childNodes)
    within.append(inner)
  }
  if (said(it, /display\s*:\s*(?:block|flex|grid|list-item|table)/)) renamed(it, "div")
  else it.replaceWith(...it.childNodes)
}

function distribute(it, name, unless = /(?!)/) {
  let run = []
  for (const child of [...it.childNodes, null]) {
    const isOther = child?.nodeType === 1 && said(child, unless), holdsBlocks = child && (isBlock(child) || child.querySelector?.(BLOCKS))
    if (child && !isOther && !holdsBlocks) {
      run.push(child)
      continue
    }
    if (run.some((one) => one.textContent.trim())) {
      const mark = made(it, name)
      run[0].before(mark)
      mark.append(...run)
    }
    run = []
    if (holdsBlocks && !isOther) distribute(child, name, unless)
  }
}

export function settleBlocks(page) {
  for (const it of [...[...page.querySelectorAll(BLOCKS)].reverse(), page]) {
    if (it.matches("h3, h4")) join(it)
    else if (it.matches("li") || (it.matches("td, th, body") && hasBlocks(it))) wrapRuns(it)
    else if (!it.matches(OWN) || (it.matches("p") && hasBlocks(it))) replace(it)
  }
  page.querySelectorAll("hr").forEach((it) => it.remove())
  for (const it of [page, ...page.querySelectorAll("p, h3, h4, td, th")]) if (!hasBlocks(it)) space(it)
  for (const it of [page, ...page.querySelectorAll("ul, ol, li, table, thead, tbody, tr, td, th")])
    if (hasBlocks(it) || it.matches("ul, ol, table, thead, tbody, tr"))
      for (const child of [...it.childNodes]) if (child.nodeType === 3 && !child.data.trim()) child.remove()
  page.querySelectorAll("p").forEach((it) => it.textContent.trim() || it.remove())
  for (const it of page.querySelectorAll("table")) if (it.querySelectorAll("td, th").length === 1 && !it.textContent.trim()) it.remove()
  for (const it of [...page.querySelectorAll("li, ul, ol")].reverse())
    if (!it.childNodes.length && !(it.matches("ol > li") && it.nextSibling)) it.remove() // else those behind it changed their numbers
  for (const it of page.querySelectorAll("*"))
    for (const { name } of [...it.attributes])
      if (!(it.matches("td, th") && /^(col|row)span$/.test(name)) && !(it.matches("ol") && /^(start|type)$/.test(name))) it.removeAttribute(name)
}

function replace(it) {
  if (it.matches("caption") && it.closest("table")) {
    wrapRuns(it)
    it.closest("table").before(...it.childNodes)
    it.remove()
  } else if (it.matches("tfoot")) {
    it.parentNode.append(...it.childNodes) // shown below, wherever it is written
    it.remove()
  } else if (hasBlocks(it)) {
    wrapRuns(it)
    it.replaceWith(...it.childNodes)
  } else renamed(it, "p")
}

function wrapRuns(it) {
  let run = []
  for (const child of [...it.childNodes, null]) {
    if (child && !isBlock(child)) {
      run.push(child)
      continue
    }
    if (run.some((one) => one.textContent.trim())) {
      const paragraph = made(it, "p")
      run[0].before(paragraph)
      paragraph.append(...run)
    } else run.forEach((one) => one.remove())
    run = []
  }
}

function join(heading) {
  if (heading.querySelector("ul, ol, table")) {
    wrapRuns(heading)
    return heading.replaceWith(...heading.childNodes)
  }
  for (const block of [...heading.querySelectorAll(BLOCKS)]) {
    block.after(" ")
    block.replaceWith(...block.childNodes)
  }
}

// A line break for each line end where they are meant: in `pre`, and under a style that says so.
export function keepLines(page) {
  const kept = new Map([[page, false]])
  for (const it of page.querySelectorAll("*")) {
    const stated = [...style(it).matchAll(WHITE_SPACE)].at(-1)
    kept.set(it, stated ? /pre|break-spaces/.test(stated[1]) : it.tagName === "PRE" || kept.get(it.parentElement))
  }
  for (const text of texts(page)) {
    if (!kept.get(text.parentElement) || text.parentElement.matches("ol, table, tbody, tfoot, thead, tr, ul")) continue
    text.replaceWith(...text.data.split("\n").flatMap((line, number) => (number ? [made(page, "br"), line] : [line])))
  }
}

function space(it) {
  let last = null, atStart = true
  const trim = () => last && (last.data = last.data.replace(/ +$/, ""))
  const walker = it.ownerDocument.createTreeWalker(it, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    if (node.nodeType === 1) {
      if (node.tagName !== "BR") continue
      trim()
      ;[last, atStart] = [null, true]
      continue
    }
    node.data = node.data.replace(/[\s\u00a0]+/g, " ")
    if (atStart) node.data = node.data.replace(/^ +/, "")
    if (node.data) [last, atStart] = [node, node.data.endsWith(" ")]
  }
  trim()
  for (const edge of ["firstChild", "lastChild"])
    while (it[edge] && (it[edge].nodeName === "BR" || (it[edge].nodeType === 3 && !it[edge].data.trim()))) it[edge].remove()
}

function texts(it) {
  const found = [], walker = it.ownerDocument.createTreeWalker(it, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) found.push(walker.currentNode)
  return found
}

function made(near, name) {
  return near.ownerDocument.createElement(name)
}

function renamed(it, name) {
  const now = made(it, name)
  now.append(...it.childNodes)
  if (it.dataset.style) now.dataset.style = it.dataset.style
  it.replaceWith(now)
}

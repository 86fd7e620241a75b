// What Word, LibreOffice, Google Docs, Zalo or a page put on the clipboard, brought down to a report's own structure.
// The server does the same in intake/pasted/; tests/documents/content/clipboards holds the two to one answer.
// It works on the text of the tags first: an element made with a style would be refused by the page's policy, aloud.
import { convert } from "trinh/legacy-letters"
import { isBlock, keepLines, settleBlocks, settleMarks, writeOut } from "trinh/paste-blocks"
import { settleLists } from "trinh/paste-lists"
import { known, Losses, patterns } from "trinh/paste-losses"
import { style, writeStyles } from "trinh/paste-styles"
import { writeSymbols } from "trinh/paste-symbols"

const SIGN = /<!(?:--)?\[if !supportLists\](?:--)?>((?:(?!<!)[\s\S])*)<!(?:--)?\[endif\](?:--)?>/gi
const COMMENT = /<!--[\s\S]*?-->|<[!?][^>]*>/g
const UNSEEN = /<(head|noscript|script|style|template|title|w:sdtpr|xml)\b[^>]*>[\s\S]*?<\/\1\s*>/gi
const TAG = /<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi
const ATTRIBUTE = /([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g
const KEPT = new Set(known.attributes)
const UNKNOWN = /^(head|html|link|meta|noscript|script|style|template|title|xml)$/ // left open, they hold nothing
const DRAWN = "canvas, img, picture", PICTURES = `${DRAWN}, audio, embed, iframe, object, video`
const MAX_COLUMNS = 300 // that are looked at

export function taken(html) {
  const losses = new Losses(), page = read(html)
  leaveOut(page, losses)
  keepLines(page)
  writeSymbols(page, losses)
  convert(page, losses)
  writeOut(page)
  settleLists(page)
  settleMarks(page)
  settleBlocks(page)
  return { html: page.innerHTML, losses }
}

// The words of an element, those of different blocks apart.
function words(it) {
  const walker = it.ownerDocument.createTreeWalker(it, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  let text = ""
  while (walker.nextNode()) text += walker.currentNode.data ?? (isBlock(walker.currentNode) ? " " : "")
  return text.replace(/[\s\u00a0]+/g, " ").trim()
}

function read(html) {
  let text = html.replace(/^Version:[^<]*/, "").replace(SIGN, '<span data-sign="1">$1</span>').replace(COMMENT, "").replace(UNSEEN, "")
  if (!/<table\b/i.test(text)) text = text.replace(/<(\/?)(?:td|th|tr)\b/gi, "<$1div") // cells without a table would run together
  text = text.replace(TAG, tag)
  const page = new DOMParser().parseFromString(text, "text/html").body
  writeStyles(page, html)
  return page
}

function tag(_all, end, name, attributes) {
  const known = { svg: "picture", math: "object", textarea: "pre" }[name.toLowerCase()] ?? name.toLowerCase()
  if (known.includes(":") || UNKNOWN.test(known)) return ""
  if (end) return `</${known}>`
  const kept = []
  for (const [, attribute, value = '""'] of attributes.matchAll(ATTRIBUTE)) {
    const plain = attribute.toLowerCase()
    if (!KEPT.has(plain)) continue
    const quoted = /^["']/.test(value) ? value : `"${value}"`
    kept.push(`${plain === "style" ? "data-style" : plain}=${quoted}`)
  }
  return `<${[known, ...kept].join(" ")}>`
}

// --- what must not become live text -----------------------------------------------------------------------------------
function leaveOut(page, losses) {
  page.querySelectorAll("table").forEach(hideColumns)
  const unseen = whiteOnWhite(page)
  for (const it of [...page.querySelectorAll("*")]) {
    if (!page.contains(it)) continue
    if (isComment(it)) {
      const own = [it, ...it.querySelectorAll("*")].filter((one) => patterns.comment.test(style(one))).length
      losses.count("comments", own || (it.matches("div, p") ? 1 : 0))
      it.remove()
      continue
    }
    const kind = kindOf(it) || (unseen.has(it) && "hidden")
    if (patterns.unmeant.test(it.className)) it.remove()
    if (!kind) continue
    if (words(it)) losses.add(kind, words(it))
    if (it.matches("td, th") && !it.hasAttribute("hidden") && !patterns.notShown.test(style(it))) it.replaceChildren() // its neighbours keep their heads
    else it.remove()
  }
  for (const it of [...page.querySelectorAll(PICTURES)]) if (page.contains(it)) leavePicture(page, it, losses)
}

// Its rows, each with its cells and the columns in which they begin.
export function placed(table) {
  let covered = new Map() // column -> rows for which a cell from above still stands in it
  return [...table.querySelectorAll("tr")].filter((row) => row.closest("table") === table).map((row) => {
    let place = 0
    const cells = [...row.cells].map((cell) => {
      while (covered.has(place)) place++
      const start = place, across = spanOf(cell, "colspan")
      for (let column = place; column < Math.min(place + across, MAX_COLUMNS); column++) covered.set(column, spanOf(cell, "rowspan"))
      place += across
      return [start, cell]
    })
    covered = new Map([...covered].filter(([, rows]) => rows > 1).map(([column, rows]) => [column, rows - 1]))
    return [row, cells]
  })
}

// Cells that reach over a row that goes reach over one less; one that begins there begins where it is seen.
function closeRows(table) {
  const rows = placed(table), stays = rows.map(([row]) => !kindOf(row))
  if (stays.every(Boolean)) return
  rows.forEach(([, cells], number) => cells.forEach(([column, cell]) => {
    const over = stays.slice(number, number + spanOf(cell, "rowspan"))
    if (over.length === 1 || !over.includes(true) || column >= MAX_COLUMNS) return
    cell.setAttribute("rowspan", over.filter(Boolean).length)
    if (over[0]) return
    const [row, its] = rows[number + over.indexOf(true)], behind = its.find(([place]) => place > column)
    behind ? behind[1].before(cell) : row.append(cell)
  }))
}

// Cells that stand in hidden columns alone are hidden, others span those that are shown.
function hideColumns(table) {
  closeRows(table)
  const hidden = hiddenColumns(table)
  if (!hidden.size) return
  for (const [place, cell] of placed(table).flatMap(([, cells]) => cells)) {
    const across = spanOf(cell, "colspan")
    let shown = across
    for (let column = place; column < Math.min(place + across, MAX_COLUMNS); column++) if (hidden.has(column)) shown--
    if (!shown) cell.setAttribute("hidden", "")
    else if (shown < across) cell.setAttribute("colspan", shown)
  }
}

function hiddenColumns(table) {
  const hidden = new Set()
  let place = 0
  for (const it of table.querySelectorAll("col, colgroup")) {
    if (it.closest("table") !== table || it.querySelector("col")) continue
    const isHidden = it.getAttribute("width") === "0" || kindOf(it) === "hidden" || kindOf(it.closest("colgroup") ?? it) === "hidden"
    for (let span = spanOf(it, "span"); span; span--, place++) if (isHidden && place < MAX_COLUMNS) hidden.add(place)
  }
  return hidden
}

function spanOf(it, name) {
  const text = (it.getAttribute(name) ?? "").trim()
  return /^\d{1,5}$/.test(text) ? Math.min(Math.max(1, Number(text)), MAX_COLUMNS) : 1
}

function kindOf(it) {
  if (it.tagName === "DEL" || patterns.deleted.test(it.className)) return "deleted"
  if (/^(S|STRIKE)$/.test(it.tagName) || patterns.struck.test(style(it))) return it.closest('[aria-checked="true"]') ? "" : "struck"
  return (it.hasAttribute("hidden") || patterns.hidden.test(style(it)) || (patterns.cut.test(style(it)) && patterns.flat.test(style(it)))) && !patterns.formula.test(it.className) ? "hidden" : ""
}

// Elements in a cell or beside other words: what is white as a whole may have stood on a dark slide.
function whiteOnWhite(page) {
  const state = new Map([[page, [false, false, false, page]]]), found = [], faint = [], dark = new Set(), seen = new Set()
  const walker = page.ownerDocument.createTreeWalker(page, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  while (walker.nextNode()) {
    const node = walker.currentNode
    let [white, grounded, inCell, block] = state.get(node.parentElement)
    if (node.nodeType === 3) {
      if (white && !grounded && node.data.trim()) faint.push([node, inCell, block])
      if (white || !node.data.trim()) continue
      dark.add(block)
      for (let up = node.parentElement; up; up = up.parentElement) seen.add(up)
      continue
    }
    const color = node.hasAttribute("color") ? `color:${node.getAttribute("color").toLowerCase()}` : style(node)
    if (patterns.color.test(color)) white = patterns.white.test(color)
    grounded ||= node.hasAttribute("bgcolor") || patterns.ground.test(style(node))
    inCell ||= node.matches("td, th")
    if (isBlock(node)) block = node
    state.set(node, [white, grounded, inCell, block])
    if (white && !grounded) found.push([node, inCell, block])
  }
  for (const [text, ...where] of faint) {
    if (!seen.has(text.parentElement)) continue // white words beside others in one element go alone
    const alone = page.ownerDocument.createElement("span")
    text.before(alone)
    alone.append(text)
    found.push([alone, ...where])
  }
  return new Set(found.filter(([it, inCell, block]) => (inCell || dark.has(block)) && !seen.has(it)).map(([it]) => it))
}

function isComment(it) {
  const said = style(it), href = it.getAttribute("href") ?? ""
  if (patterns.comment.test(said) || patterns.comments.test(said) || patterns.commentSign.test(said) || patterns.commentClass.test(it.className)) return true
  if (it.matches("p.msocommenttext")) return [...it.querySelectorAll("*")].some((one) => patterns.commentSign.test(style(one)))
  const first = it.matches("div, p") && it.querySelector('a[href^="#cmnt_ref"]')
  if (first) return !it.querySelector("p") || first.closest("div") === it
  return it.tagName === "A" && /^#(cmnt|_msocom_)/.test(href)
}

function leavePicture(page, it, losses) {
  for (let up = it.parentElement; up && up !== page; up = up.parentElement)
    if (patterns.ignored.test(style(up)) || up.hasAttribute("data-sign")) return it.replaceWith("•") // a bullet that is drawn
  if (it.parentElement.hasAttribute("aria-checked")) return it.remove() // a box to tick that is drawn
  if (it.matches("object") && it.querySelector("table")) return it.replaceWith(...it.childNodes) // as Notes of a Mac frame a table
  const alt = (it.getAttribute("alt") ?? "").trim()
  if (it.tagName === "IMG" && alt && alt.length <= 4 && !/[\p{L}\p{N}_]/u.test(alt)) return it.replaceWith(alt)
  if (!["width", "height"].every((side) => /^[0-2](px)?$/.test(it.getAttribute(side) ?? ""))) {
    const kind = it.matches(DRAWN) ? "pictures" : "objects"
    losses.count(kind, 1)
    losses.example(kind, before(page, it))
  }
  it.remove()
}

function before(page, it) {
  const range = page.ownerDocument.createRange()
  range.setStart(page, 0)
  range.setEndBefore(it)
  return "…" + range.toString().slice(-400).split(/[\s\u00a0]+/).filter(Boolean).slice(-6).join(" ").slice(-50)
}

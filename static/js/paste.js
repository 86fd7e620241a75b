// What Word, LibreOffice, Google Docs, Zalo or a page put on the clipboard, brought down to a report's own structure.
// The server does the same in intake/pasted/; tests/documents/content/clipboards holds the two to one answer.
// It works on the text of the tags first: an element made with a style would be refused by the page's policy, aloud.
import { convert } from "trinh/legacy-letters"
import { BLOCKS, isBlock, keepLines, settleBlocks, settleMarks, writeOut } from "trinh/paste-blocks"
import { settleLists } from "trinh/paste-lists"
import { Losses, patterns } from "trinh/paste-losses"
import { writeStyles } from "trinh/paste-styles"
import { writeSymbols } from "trinh/paste-symbols"

const SIGN = /<!(?:--)?\[if !supportLists\](?:--)?>((?:(?!<!)[\s\S])*)<!(?:--)?\[endif\](?:--)?>/gi
const COMMENT = /<!--[\s\S]*?-->|<[!?][^>]*>/g
const UNSEEN = /<(head|noscript|script|style|template|title|w:sdtpr|xml)\b[^>]*>[\s\S]*?<\/\1\s*>/gi
const TAG = /<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi
const ATTRIBUTE = /([\w:-]+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s"'>]+))?/g
const KEPT = new Set(("alt aria-checked aria-level bgcolor checked class color colspan data-aria-level data-aria-posinset data-sign face height hidden href id reversed rowspan " +
  "span start style type value width").split(" "))
const UNKNOWN = /^(head|html|link|meta|noscript|script|style|template|title|xml)$/ // left open, they hold nothing
const DRAWN = "canvas, img, picture", PICTURES = `${DRAWN}, audio, embed, iframe, object, video`
const MAX_COLUMNS = 300 // that are looked at
const IGNORED = /mso-list\s*:\s*ignore/

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

export const style = (it) => it.dataset?.style ?? ""

// The words of an element, those of different blocks apart.
export function words(it) {
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
  for (const it of [...page.querySelectorAll("*")]) {
    if (!page.contains(it)) continue
    if (isComment(it)) {
      const own = [it, ...it.querySelectorAll("*")].filter((one) => patterns.comment.test(style(one))).length
      losses.count("comments", own || (it.matches("div, p") ? 1 : 0))
      it.remove()
      continue
    }
    const kind = kindOf(it)
    if (patterns.pageBreak.test(it.className)) it.remove()
    if (!kind) continue
    if (words(it)) losses.add(kind, words(it))
    if (it.matches("td, th") && !it.hasAttribute("hidden") && !patterns.notShown.test(style(it))) it.replaceChildren() // its neighbours keep their heads
    else it.remove()
  }
  for (const it of [...page.querySelectorAll(PICTURES)]) if (page.contains(it)) leavePicture(page, it, losses)
}

// Cells that stand in hidden columns alone are hidden, others span those that are shown.
function hideColumns(table) {
  const hidden = hiddenColumns(table)
  if (!hidden.size) return
  let covered = new Map() // column -> rows for which a cell from above still stands in it
  for (const row of table.querySelectorAll("tr")) {
    if (row.closest("table") !== table) continue
    let place = 0
    for (const cell of row.cells) {
      while (covered.has(place)) place++
      const across = spanOf(cell, "colspan")
      let shown = across
      for (let column = place; column < Math.min(place + across, MAX_COLUMNS); column++) {
        covered.set(column, spanOf(cell, "rowspan"))
        if (hidden.has(column)) shown--
      }
      if (!shown) cell.setAttribute("hidden", "")
      else if (shown < across) cell.setAttribute("colspan", shown)
      place += across
    }
    covered = new Map([...covered].filter(([, rows]) => rows > 1).map(([column, rows]) => [column, rows - 1]))
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
  return isWhite(it) || it.hasAttribute("hidden") || patterns.hidden.test(style(it)) || (patterns.cut.test(style(it)) && patterns.flat.test(style(it))) ? "hidden" : ""
}

// White on white, in a cell or beside other words: what is white as a whole may have stood on a dark slide.
function isWhite(it) {
  const says = (one, what) => patterns[what].test(style(one))
  if (!says(it, "white") && !patterns.white.test(`color:${(it.getAttribute("color") ?? "").toLowerCase()}`)) return false
  for (let up = it; up; up = up.parentElement) if (says(up, "ground") || up.getAttribute("bgcolor")) return false
  return Boolean(it.closest("td, th")) || words(it.closest(BLOCKS)) !== words(it)
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
    if (IGNORED.test(style(up)) || up.hasAttribute("data-sign")) return it.replaceWith("•") // a bullet that is drawn
  if (it.parentElement.hasAttribute("aria-checked")) return it.remove() // a box to tick that is drawn
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

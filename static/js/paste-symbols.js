// What a font of symbols, a box to tick or a field to fill in shows, as characters: the twin of intake/pasted/symbols.py.
import { known, patterns } from "trinh/paste-losses"
import { style } from "trinh/paste-styles"

const { fonts: FONTS, withoutFont: WITHOUT_FONT } = known.symbols ?? { fonts: {}, withoutFont: {} }
const FONT = (known.symbols?.named ?? []).map((it) => new RegExp(it))
const PRIVATE = /[\uf000-\uf0ff]/, OTHER = /[^\0-\xff\uf000-\uf0ff]/
const bare = (name) => name.replace(/^["' ]+|["' ]+$/g, "").toLowerCase()

export function writeSymbols(page, losses) {
  const fonts = new Map([[page, ""]]), signs = new Map([[page, false]])
  const walker = page.ownerDocument.createTreeWalker(page, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  while (walker.nextNode()) {
    const node = walker.currentNode, parent = node.parentElement
    if (node.nodeType === 1) {
      fonts.set(node, fontOf(node) || fonts.get(parent))
      signs.set(node, node.hasAttribute("data-sign") || patterns.ignored.test(style(node)) || signs.get(parent))
      continue
    }
    const [now, unknown] = written(node.data, fonts.get(parent))
    if (unknown && !signs.get(parent)) losses.add("symbols", unknown)
    node.data = unknown && signs.get(parent) ? "•" : now
  }
  for (const it of [...page.querySelectorAll("input, [aria-checked]")]) {
    if (it.tagName === "INPUT") it.replaceWith(field(it))
    else tick(it)
  }
}

function written(text, font) {
  const isSigns = font in FONTS && !OTHER.test(text), table = isSigns ? FONTS[font] : WITHOUT_FONT
  let unknown = ""
  const now = [...text].map((letter) => {
    const isPrivate = PRIVATE.test(letter)
    if (!letter.trim() || !(isPrivate || isSigns)) return letter
    const sign = table[isPrivate ? String.fromCharCode(letter.charCodeAt() - 0xf000) : letter]
    if (!sign) unknown ||= letter
    return sign ?? letter
  })
  return [now.join(""), unknown]
}

function fontOf(it) {
  if (it.getAttribute("face")) return bare(it.getAttribute("face").split(",")[0])
  for (const font of FONT) {
    const named = style(it).match(font)
    if (named) return bare(named[1])
  }
  return ""
}

function tick(it) {
  const walker = it.ownerDocument.createTreeWalker(it, NodeFilter.SHOW_TEXT), sign = box(it.getAttribute("aria-checked") === "true")
  while (walker.nextNode()) if (walker.currentNode.data.trim()) return walker.currentNode.before(sign)
  it.append(sign)
}

function field(it) {
  const kind = (it.getAttribute("type") ?? "").trim().toLowerCase()
  if (/^(checkbox|radio)$/.test(kind)) return box(it.hasAttribute("checked"))
  return known.symbols.filledIn.includes(kind) ? it.getAttribute("value") ?? "" : ""
}

const box = (ticked) => (ticked ? "☑ " : "☐ ")

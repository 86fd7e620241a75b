// Text typed before Unicode (TCVN3, VNI), by the tables and the rules that vietnamese/legacy_encodings.py gives the page.
import { known } from "trinh/paste-losses"

const legacy = known.legacy ?? { encodings: [], capitals: "$^", unicode: "$^", syllable: "$^", word: "$^", enough: [1, 1] }
const FONT = /(?:mso-(?:ascii|hansi|bidi)-)?font-family\s*:\s*([^;,]+)|font\s*:[^;]{0,80}?(["']?(?:\.vn|vni-)[^;,]*)/
const UNICODE = new RegExp(legacy.unicode), CAPITALS = new RegExp(`^(?:${legacy.capitals})$`, "i")
const SYLLABLE = new RegExp(`^(?:${legacy.syllable})$`), WORD = new RegExp(legacy.word, "g")
const [ENOUGH_WORDS, ENOUGH_SHARE] = legacy.enough

export const encodings = legacy.encodings.map(({ name, fonts, table }) => {
  const longestFirst = Object.keys(table).sort((a, b) => b.length - a.length)
  const pattern = new RegExp(longestFirst.map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g")
  return { name, fonts: new RegExp(`^(?:${fonts})`, "i"), decoded: (text) => text.replace(pattern, (letter) => table[letter]) }
})

export function convert(page, losses) {
  const under = new Map(), fonts = new Map([[page, null]])
  for (const it of page.querySelectorAll("*")) {
    const name = it.getAttribute("face")?.split(",")[0] || fontOf(it.dataset.style ?? "")
    fonts.set(it, name ? ofFont(name) : fonts.get(it.parentElement))
  }
  const walker = page.ownerDocument.createTreeWalker(page, NodeFilter.SHOW_TEXT)
  while (walker.nextNode()) {
    const text = walker.currentNode, font = fonts.get(text.parentElement)
    if (font && text.data.trim()) under.set(font.encoding, [...(under.get(font.encoding) ?? []), [text, font.capitals]])
  }
  for (const [encoding, texts] of under) {
    if (!readsBetter(texts.map(([text]) => text.data).join(" "), encoding)) continue
    for (const [text, capitals] of texts) {
      const plain = encoding.decoded(text.data), now = capitals ? plain.toUpperCase() : plain
      if (now === text.data) continue
      losses.add("converted", `${short(text.data)} → ${short(now)}`)
      losses.encoding = encoding.name
      text.data = now
    }
  }
}

// The encoding a text without fonts seems to be in: its odd words spell Vietnamese there, and do not as they are.
export function detected(text, enough = ENOUGH_WORDS) {
  if (UNICODE.test(text)) return null
  const odd = oddWords(text), strange = odd.filter((word) => !spells(word))
  if (odd.length < enough || 2 * strange.length < odd.length) return null
  const [best, fits] = encodings.map((it) => [it, share(odd, it)]).sort((a, b) => b[1] - a[1])[0] ?? [null, 0]
  return fits >= ENOUGH_SHARE ? best : null
}

function readsBetter(text, encoding) {
  const odd = oddWords(text)
  return !UNICODE.test(text) && odd.filter(spells).length <= share(odd, encoding) * odd.length
}

function fontOf(style) {
  const named = style.match(FONT)
  return named ? (named[1] ?? named[2] ?? "").trim() : ""
}

function ofFont(name) {
  const bare = name.replace(/^["' ]+|["' ]+$/g, "")
  const encoding = encodings.find((it) => it.fonts.test(bare))
  return encoding ? { encoding, capitals: CAPITALS.test(bare) } : null
}

const oddWords = (text) => (text.match(WORD) ?? []).filter((word) => /[^\0-\x7f]/.test(word))
const share = (words, encoding) => words.filter((word) => spells(encoding.decoded(word))).length / Math.max(words.length, 1)
const short = (text) => text.replace(/[\s\u00a0]+/g, " ").trim().slice(0, 28)

function spells(word) {
  const parts = word.toLowerCase().normalize("NFD"), tones = parts.match(/[\u0300\u0301\u0303\u0309\u0323]/g) ?? []
  return tones.length <= 1 && SYLLABLE.test(parts.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "").normalize("NFC"))
}

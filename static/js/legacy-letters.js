// Text typed before Unicode (TCVN3, VNI), by the tables and the rules that vietnamese/legacy_encodings.py gives the page.
import { BLOCKS } from "trinh/paste-blocks"
import { known } from "trinh/paste-losses"

const legacy = known.legacy ?? { encodings: [], capitals: "$^", unicode: "$^", syllable: "$^", word: "$^", abbreviation: "$^", enough: [1, 1] }
const FONTS = (known.fonts ?? []).map((it) => new RegExp(it))
const UNICODE = new RegExp(legacy.unicode), CAPITALS = new RegExp(`^(?:${legacy.capitals})$`, "i")
const SYLLABLE = new RegExp(`^(?:${legacy.syllable})$`), ABBREVIATION = new RegExp(`^(?:${legacy.abbreviation})$`), WORD = new RegExp(legacy.word, "g")
const [ENOUGH_WORDS, ENOUGH_SHARE] = legacy.enough

export const encodings = legacy.encodings.map(({ name, fonts, table }) => {
  const longestFirst = Object.keys(table).sort((a, b) => b.length - a.length)
  const pattern = new RegExp(longestFirst.map((it) => it.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join("|"), "g")
  return { name, table, fonts: new RegExp(`^(?:${fonts})`, "i"), decoded: (text) => text.replace(pattern, (letter) => table[letter]) }
})

export function convert(page, losses) {
  const under = runsByEncoding(page)
  for (const encoding of encodings) {
    const runs = reallyIn(encoding, under.get(encoding) ?? [])
    keepPairs(runs, encoding)
    for (const { text, capitals } of runs) {
      const plain = encoding.decoded(text.data), now = capitals ? plain.toUpperCase() : plain
      if (now === text.data) continue
      losses.add("converted", `${short(text.data)} → ${short(now)}`)
      losses.encoding = encoding.name
      text.data = now
    }
  }
}

// Words under one old font; `behind` is the run before, where nothing stands between the two.
function runsByEncoding(page) {
  const under = new Map(), fonts = new Map([[page, null]])
  const walker = page.ownerDocument.createTreeWalker(page, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT)
  for (let before = null; walker.nextNode(); ) {
    const node = walker.currentNode
    if (node.nodeType === 1) {
      const name = node.getAttribute("face")?.split(",")[0] || fontOf(node.dataset.style ?? "")
      fonts.set(node, name ? ofFont(name) : fonts.get(node.parentElement))
      if (node.tagName === "BR") before = null
      continue
    }
    const font = fonts.get(node.parentElement)
    if (font && node.data.trim()) {
      if (!under.has(font.encoding)) under.set(font.encoding, [])
      const runs = under.get(font.encoding), last = runs.at(-1), paragraph = node.parentElement.closest(BLOCKS)
      runs.push({ text: node, capitals: font.capitals, paragraph, behind: last?.text === before && last?.paragraph === paragraph ? before : null })
    }
    before = node
  }
  return under
}

// All of them when they read better so, else the paragraphs that do, or the runs of one partly in Unicode.
function reallyIn(encoding, runs) {
  if (readsBetter(joinedWords(runs), encoding)) return runs
  const paragraphs = new Map(runs.map(({ paragraph }) => [paragraph, []]))
  for (const run of runs) paragraphs.get(run.paragraph).push(run)
  const parts = [...paragraphs.values()].flatMap((it) => (UNICODE.test(joinedWords(it)) ? it.map((run) => [run]) : [it]))
  if (parts.every((part) => detected(joinedWords(part), 1) !== encoding)) return [] // a changed font alone makes no old letters
  return parts.filter((part) => readsBetter(joinedWords(part), encoding)).flat()
}

const joinedWords = (runs) => runs.map(({ text, behind }) => (behind ? "" : " ") + text.data).join("")

// A mark goes to the letter that it stands behind, where a run ends between the two.
function keepPairs(runs, { table }) {
  runs.forEach(({ text, behind }, place) => {
    if (!behind || behind !== runs[place - 1]?.text || !(behind.data.slice(-1) + text.data.slice(0, 1) in table)) return
    behind.data += text.data.slice(0, 1)
    text.data = text.data.slice(1)
  })
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
  for (const font of FONTS) {
    const named = style.match(font)
    if (named) return named[1].trim()
  }
  return ""
}

function ofFont(name) {
  const bare = name.replace(/^["' ]+|["' ]+$/g, "")
  const encoding = encodings.find((it) => it.fonts.test(bare))
  return encoding ? { encoding, capitals: CAPITALS.test(bare) } : null
}

const oddWords = (text) => (text.match(WORD) ?? []).filter((word) => /[^\0-\x7f]/.test(word))
const share = (words, encoding) => words.map(encoding.decoded).filter((word) => spells(word) || ABBREVIATION.test(word)).length / Math.max(words.length, 1)
const short = (text) => text.replace(/[\s\u00a0]+/g, " ").trim().slice(0, 28)

function spells(word) {
  const parts = word.toLowerCase().normalize("NFD"), tones = parts.match(/[\u0300\u0301\u0303\u0309\u0323]/g) ?? []
  return tones.length <= 1 && SYLLABLE.test(parts.replace(/[\u0300\u0301\u0303\u0309\u0323]/g, "").normalize("NFC"))
}

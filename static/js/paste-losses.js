// What a paste leaves out or changes, counted while it is read and said afterwards in the server's own sentences.
const SHOWN = 3, WORDS = 60
export const known = JSON.parse(document.getElementById("paste-known")?.textContent || "{}")
export const patterns = Object.fromEntries(Object.entries(known.patterns ?? {}).map(([name, it]) => [name, new RegExp(it)]))

export class Losses {
  counts = {}
  examples = {}
  encoding = ""

  count(kind, by) {
    this.counts[kind] = (this.counts[kind] ?? 0) + by
  }

  example(kind, words) {
    const said = (this.examples[kind] ??= [])
    if (words && !said.includes(words)) said.push(words.length <= WORDS ? words : words.slice(0, WORDS) + "…")
  }

  add(kind, words) {
    this.count(kind, 1)
    this.example(kind, words)
  }

  sentences() {
    return Object.entries(known.losses ?? {}).filter(([kind]) => this.counts[kind]).map(([kind, sentence]) => {
      const all = this.examples[kind] ?? []
      const words = all.slice(0, SHOWN).map((it) => `“${it}”`).join("; ") + (all.length > SHOWN ? " …" : "")
      return filled(sentence, { count: this.counts[kind], words, encoding: this.encoding })
    })
  }
}

export function filled(sentence, values) {
  return sentence.replace(/%\((\w+)\)s|\{(\w+)\}/g, (_all, ours, theirs) => values[ours ?? theirs])
}

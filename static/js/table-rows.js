// A range of Excel or a table of Word pasted into a table of a report fills its rows and columns, whole or not at all.
import { placed, taken } from "trinh/paste"
import { sign } from "trinh/paste-lists"
import { filled } from "trinh/paste-losses"

for (const table of document.querySelectorAll("table[data-paste-rows]")) start(table)

function start(table) {
  const words = table.dataset, limit = Number(words.pasteRows)
  const notice = table.closest(".scroll").nextElementSibling
  const count = table.closest(".scroll").previousElementSibling
  count.addEventListener("rows", ({ detail }) => makeRoom(Math.min(detail, limit)))
  table.addEventListener("paste", (event) => {
    const box = event.target, { cells, losses } = rangeOf(event.clipboardData, limit, Number(words.maxCell))
    if (!box.matches("textarea") || !cells.length) return
    event.preventDefault()
    if (isOne(cells)) cells[0][0] = box.value.slice(0, box.selectionStart) + cells[0][0] + box.value.slice(box.selectionEnd)
    put(box, cells, losses)
  })

  function put(target, range, losses) {
    const row = target.closest("tr").rowIndex - 1, column = target.closest("td").cellIndex
    const labels = [...table.tHead.rows[0].cells].map((cell) => cell.textContent.trim())
    const fit = labels.length - column, said = []
    const used = Math.max(...range.map((line) => line.findLastIndex(Boolean) + 1)) // blank columns beside the range
    let cells = range.map((line) => line.slice(0, Math.max(used, fit)))
    const width = () => Math.max(...cells.map((line) => line.length))
    if (width() === fit + 1 && isOrdinals(cells)) {
      cells = cells.map((line) => line.slice(1))
      said.push(words.withoutNumbers)
    }
    const heads = labels.slice(column, column + cells[0].length).map(folded)
    if (cells.length > 1 && cells[0].every((cell, number) => folded(cell) === heads[number])) {
      cells = cells.slice(1)
      said.push(words.withoutHead)
    }
    if (width() > fit) return say([filled(words.tooWide, { columns: width(), fit })])
    if (row + cells.length > limit) return say([filled(words.tooLong, { rows: cells.length, fit: limit - row })])
    if (cells.flat().some((cell) => cell.length > Number(words.maxCell))) return say([filled(words.cellTooLong, { limit: words.maxCell })])
    makeRoom(row + cells.length)
    const before = []
    cells.forEach((line, down) => line.forEach((cell, across) => {
      const box = table.tBodies[0].rows[row + down].cells[column + across].querySelector("textarea")
      before.push([box, box.value])
      box.value = cell
    }))
    const replaced = before.filter(([box, value]) => value.trim() && value !== box.value).length
    if (replaced && !isOne(cells)) said.push(filled(words.replaced, { count: replaced }))
    told(target)
    say([filled(words.pasted, { rows: cells.length, columns: width() }), ...said, ...losses], () => {
      for (const [box, value] of before) box.value = value
      told(target)
    })
  }

  function makeRoom(rows) {
    const body = table.tBodies[0]
    while (body.rows.length < rows) {
      const number = body.rows.length, row = body.rows[number - 1].cloneNode(true)
      for (const box of row.querySelectorAll("textarea")) {
        box.name = box.name.replace(`-${number - 1}-`, `-${number}-`)
        box.id = `id_${box.name}`
        box.ariaLabel = box.ariaLabel.replace(/\d+(?=\D*$)/, number + 1)
        box.value = box.defaultValue = ""
      }
      body.append(row)
    }
    count.value = body.rows.length
  }

  function say(said, back) {
    notice.replaceChildren(...said.map((sentence) => Object.assign(document.createElement("p"), { textContent: sentence })))
    notice.hidden = !said.length
    if (!back) return
    const button = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: words.undo })
    button.addEventListener("click", () => {
      back()
      say([])
    })
    notice.append(button)
  }
}

function told(box) {
  box.dispatchEvent(new Event("input", { bubbles: true }))
}

function isOrdinals(cells) {
  const head = /^(s(ố)?[\s.]*tt|tt|no|#)\.?$/i, firsts = cells.map((line) => line[0].normalize("NFC").trim())
  const numbers = firsts.filter((cell, place) => cell && (place || !head.test(cell))) // a row of totals has none
  return numbers.length > 0 && numbers.every((cell, place) => /^\d+\.?$/.test(cell) && parseInt(cell) === parseInt(numbers[0]) + place)
}

function folded(text) {
  return text.normalize("NFC").replace(/\s+/g, " ").trim().toLowerCase()
}

function isOne(cells) {
  return cells.length === 1 && cells[0].length === 1
}

// From the table itself, whose cells keep their paragraphs, powers and old letters; else from its text. Words for one
// cell are only touched where their text alone would say something else.
function rangeOf(clipboard, limit, maxCell) {
  const html = clipboard.getData("text/html"), plain = clipboard.getData("text/plain"), cells = inText(plain, html)
  const isRange = cells.length > 0 && !isOne(cells)
  if (!html || cells.length > 2 * limit || (!isRange && plain.length > maxCell)) return { cells: isRange ? cells : [], losses: [] }
  const { html: plainly, losses } = taken(html), page = new DOMParser().parseFromString(plainly, "text/html").body
  const tables = [...page.childNodes], areTables = tables.every((it) => it.nodeName === "TABLE") && page.querySelectorAll("td, th").length > 1
  if (areTables) return { cells: withoutBlankEnd(tables.flatMap(rowsOf)), losses: losses.sentences() }
  if (isRange) return { cells, losses: [] }
  const text = wordsOf(page)
  return { cells: bare(text) === bare(plain) ? [] : [[text]], losses: losses.sentences() }
}

function bare(text) {
  return text.normalize("NFC").replace(/\s+/g, "")
}

function rowsOf(table) {
  const rows = placed(table).map(([, cells]) => cells.reduce((line, [column, cell]) => ((line[column] = wordsOf(cell)), line), []))
  const width = Math.max(...rows.map((line) => line.length))
  return rows.map((line) => Array.from({ length: width }, (_none, column) => line[column] ?? ""))
}

function wordsOf(cell) {
  for (const it of cell.querySelectorAll("li")) {
    const { tagName, type, start, children } = it.parentElement
    it.prepend(tagName === "OL" ? `${sign(type || "1", start + [...children].indexOf(it))} ` : "- ")
  }
  for (const it of cell.querySelectorAll("br")) it.replaceWith("\n")
  for (const it of cell.querySelectorAll("p, h3, h4, td, th")) it.append("\n")
  return cell.textContent.trim()
}

// Text with tabs as Excel writes it: a cell with a line break or a tab stands in quotes, a quote in it twice.
function inText(plain, html) {
  const text = plain.replace(/\r\n?/g, "\n").replace(/\n$/, "")
  if (!text.includes("\t") && !/<(table|tr)\b/i.test(html)) return []
  const rows = [[]]
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? bare).trim())
    if (end === "\n") rows.push([])
    if (!end) break
  }
  return withoutBlankEnd(rows)
}

function withoutBlankEnd(rows) {
  return rows.slice(0, rows.findLastIndex((line) => line.some(Boolean)) + 1)
}

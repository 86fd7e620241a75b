// A range of Excel or a table of Word pasted into a table of a report fills its rows and columns, whole or not at all.
import { filled } from "trinh/paste-losses"

for (const table of document.querySelectorAll("table[data-paste-rows]")) start(table)

function start(table) {
  const words = table.dataset, limit = Number(words.pasteRows)
  const notice = table.closest(".scroll").nextElementSibling
  const count = table.closest(".scroll").previousElementSibling
  count.addEventListener("rows", ({ detail }) => makeRoom(Math.min(detail, limit)))
  table.addEventListener("paste", (event) => {
    const cells = rangeOf(event.clipboardData)
    if (!event.target.matches("textarea") || (cells.length < 2 && (cells[0]?.length ?? 0) < 2)) return
    event.preventDefault()
    put(event.target, cells)
  })

  function put(target, range) {
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
    if (replaced) said.push(filled(words.replaced, { count: replaced }))
    told(target)
    say([filled(words.pasted, { rows: cells.length, columns: width() }), ...said], () => {
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

// Text with tabs as Excel writes it: a cell with a line break or a tab stands in quotes, a quote in it twice.
function rangeOf(clipboard) {
  const text = clipboard.getData("text/plain").replace(/\r\n?/g, "\n").replace(/\n$/, "")
  if (!text.includes("\t") && !/<(table|tr)\b/i.test(clipboard.getData("text/html"))) return []
  const rows = [[]]
  for (const [, quoted, bare, end] of text.matchAll(/(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/g)) {
    rows.at(-1).push((quoted?.replaceAll('""', '"') ?? bare).trim())
    if (end === "\n") rows.push([])
    if (!end) break
  }
  while (rows.length && rows.at(-1).every((cell) => !cell)) rows.pop() // blank rows below the range
  return rows
}

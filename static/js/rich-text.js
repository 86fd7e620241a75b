// Turns a plain box into a small editor: paragraphs, headings, bold, italic, lists, tables. Without scripts the box stays.
import * as kit from "django-prose-editor/editor"

const words = document.getElementById("rich-text-words").dataset

const tools = [
  ["bold", "B", (chain) => chain.toggleBold(), (editor) => editor.isActive("bold")],
  ["italic", "I", (chain) => chain.toggleItalic(), (editor) => editor.isActive("italic")],
  ["heading", "H", (chain) => chain.toggleHeading({ level: 3 }), (editor) => editor.isActive("heading", { level: 3 })],
  ["bullets", "•", (chain) => chain.toggleBulletList(), (editor) => editor.isActive("bulletList")],
  ["numbers", "1.", (chain) => chain.toggleOrderedList(), (editor) => editor.isActive("orderedList")],
  ["table", "▦", (chain) => chain.insertTable({ rows: 3, cols: 3, withHeaderRow: true }), (editor) => editor.isActive("table")],
  ["row", "▦+", (chain) => chain.addRowAfter(), () => false, (editor) => editor.isActive("table")],
  ["remove", "▦×", (chain) => chain.deleteTable(), () => false, (editor) => editor.isActive("table")],
  ["undo", "↶", (chain) => chain.undo(), () => false],
  ["redo", "↷", (chain) => chain.redo(), () => false],
]

for (const place of document.querySelectorAll("[data-rich-text]")) start(place)

function start(place) {
  const box = place.querySelector("textarea")
  const html = place.querySelector("template").content.textContent
  if (box.value !== box.defaultValue) return // somebody typed before we came: their words stay where they are
  if (box.value.trim() && !html.trim()) return // too long to be read as HTML: the plain box keeps every word
  const label = document.querySelector(`label[for="${CSS.escape(box.id)}"]`)
  const frame = kit.crel("div", { className: "rich-text-frame" })
  const bar = kit.crel("div", { className: "rich-text-bar", role: "toolbar", "aria-label": words.tools })
  place.append(bar, frame)
  const editor = new kit.Editor({
    element: frame,
    injectCSS: false,
    content: html,
    extensions: [
      kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Bold, kit.Italic, kit.Heading.configure({ levels: [3, 4] }),
      kit.BulletList, kit.OrderedList, kit.ListItem, kit.Table, kit.TableRow, kit.TableHeader, kit.TableCell, kit.History,
    ],
    editorProps: {
      transformPastedHTML: bare,
      attributes: {
        class: "prose", role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent ?? "", spellcheck: "false",
      },
    },
    onUpdate: ({ editor }) => keep(box, editor),
  })
  const buttons = tools.map(([name, sign, act, active, shown]) => {
    const button = kit.crel("button", { type: "button", textContent: sign, title: words[name], "aria-label": words[name] })
    button.addEventListener("click", () => act(editor.chain().focus()).run())
    bar.append(button)
    return () => {
      button.setAttribute("aria-pressed", active(editor))
      button.hidden = shown ? !shown(editor) : false
    }
  })
  const look = () => buttons.forEach((update) => update())
  editor.on("transaction", look)
  look()
  box.hidden = true
  place.querySelector("[data-form]").value = "html"
  keep(box, editor)
  label?.addEventListener("click", () => editor.commands.focus())
  if (location.hash === `#${box.id}`) editor.commands.focus()
}

// What Word or a page puts on the clipboard, as tags alone: their styles would only be refused by the page's policy.
const WHOLE = /<!--[\s\S]*?-->|<(style|script|head|title|svg|xml)\b[\s\S]*?<\/\1\s*>/gi
const TAG = /<(\/?)([a-z][\w:-]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi
const KNOWN = new Set("p h1 h2 h3 h4 h5 h6 b strong i em ul ol li table thead tbody tr th td br div".split(" "))

function bare(html) {
  return html.replace(WHOLE, "").replace(TAG, (_tag, end, name, attributes) => {
    const tag = name.toLowerCase()
    if (!KNOWN.has(tag)) return ""
    const spans = end ? [] : attributes.match(/\b(?:col|row)span\s*=\s*["']?\d{1,2}["']?/gi) ?? []
    return `<${[end + tag, ...spans].join(" ")}>`
  })
}

function keep(box, editor) {
  box.value = editor.isEmpty ? "" : editor.getHTML()
}

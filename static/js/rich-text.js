// Turns a plain box into a small editor: paragraphs, headings, bold, italic, lists, tables. Without scripts the box stays.
import * as kit from "django-prose-editor/editor"
import { detected } from "trinh/legacy-letters"
import { taken } from "trinh/paste"
import { filled } from "trinh/paste-losses"

const MAX_LENGTH = 200_000 // characters, as the server counts them
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

// Tab goes from cell to cell and out after the last; by itself it would add rows for ever and keep the keyboard inside.
const Table = kit.Table.extend({
  addKeyboardShortcuts() {
    return { ...this.parent(), Tab: () => this.editor.commands.goToNextCell() }
  },
})

// A list keeps its first number and its kind of sign (a, A, i, I, đ) as attributes of its own, as the server stores them.
const OrderedList = kit.OrderedList.extend({
  addAttributes() {
    return {
      start: { default: 1, parseHTML: (it) => (it.hasAttribute("start") ? Number.parseInt(it.getAttribute("start"), 10) || 0 : 1) },
      type: { default: null, parseHTML: (it) => it.getAttribute("type") },
    }
  },
  renderHTML({ HTMLAttributes: { start, type } }) {
    return ["ol", { ...(start !== 1 && { start }), ...(type && type !== "1" && { type }) }, 0]
  },
})

for (const place of document.querySelectorAll("[data-rich-text]")) start(place)

function start(place) {
  const box = place.querySelector("textarea")
  const html = place.querySelector("template").content.textContent
  if (box.value !== box.defaultValue) return // somebody typed before we came: their words stay where they are
  if (box.value.trim() && !html.trim()) return // too long to be read as HTML: the plain box keeps every word
  const label = document.querySelector(`label[for="${CSS.escape(box.id)}"]`)
  const frame = kit.crel("div", { className: "rich-text-frame" })
  let sentences = []
  const refusal = kit.crel("p", { className: "errors", role: "alert" })
  const bar = kit.crel("div", { className: "rich-text-bar", role: "toolbar", "aria-label": words.tools })
  const notice = place.querySelector("[data-left-out]"), saidBefore = [...notice.children].map((it) => it.textContent)
  place.append(bar, frame, refusal, notice)
  const editor = new kit.Editor({
    element: frame,
    injectCSS: false,
    content: html,
    extensions: [
      kit.Document, kit.Paragraph, kit.Text, kit.HardBreak, kit.Bold, kit.Italic, kit.Heading.configure({ levels: [3, 4] }),
      kit.BulletList, OrderedList, kit.ListItem, Table, kit.TableRow, kit.TableHeader, kit.TableCell, kit.History,
    ],
    editorProps: {
      transformPastedHTML: (html) => {
        const { html: text, losses } = taken(html)
        sentences = losses.sentences()
        return text
      },
      handleDOMEvents: {
        paste: (_view, event) => tooLong(event.clipboardData.getData("text/plain").length) && !event.preventDefault(),
        drop: (_view, event) => onlyPictures(event.dataTransfer) && !event.preventDefault(),
      },
      handlePaste: (_view, event, slice) => {
        if (tooLong(slice.size)) return true
        if (onlyPictures(event.clipboardData)) return true
        setTimeout(saidOfPaste) // once it stands there
        return false
      },
      handleDrop: () => {
        if (sentences.length) setTimeout(saidOfPaste)
        return false
      },
      attributes: {
        class: "prose", role: "textbox", "aria-multiline": "true", "aria-label": label?.textContent ?? "", spellcheck: "false",
      },
    },
    onUpdate: ({ editor }) => {
      keep(box, editor)
      box.dispatchEvent(new Event("input", { bubbles: true }))
    },
  })
  function tooLong(length) {
    const refused = length > MAX_LENGTH - box.value.length
    refusal.textContent = refused ? words.tooLong : ""
    return refused // nothing is pasted, and nothing that stood there is lost
  }
  // Files are attached, never written into the text; a clipboard of Excel or Word carries a picture beside its words.
  function onlyPictures(clipboard) {
    if (!clipboard?.files?.length || clipboard.getData("text/plain").trim() || /<(p|table|li)\b/i.test(clipboard.getData("text/html"))) return false
    say([words.onlyPicture])
    return true
  }
  function saidOfPaste() {
    const said = sentences, old = oldLetters(editor)
    sentences = []
    say(said, old)
  }
  function say(said, old) {
    notice.replaceChildren(...said.map((sentence) => kit.crel("p", { textContent: sentence })))
    if (old) {
      const { encoding, text } = old, values = { encoding: encoding.name, before: text.slice(0, 60), after: encoding.decoded(text).slice(0, 60) }
      const button = kit.crel("button", { type: "button", className: "button", textContent: words.convert })
      button.addEventListener("click", () => {
        convertOld(editor)
        say([])
      })
      notice.append(kit.crel("p", { textContent: filled(words.oldLetters, values) }), button)
    }
    notice.hidden = !notice.childNodes.length
  }
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
  say(saidBefore, oldLetters(editor)) // what stands here from before is offered too
  place.querySelector("[data-old-letters]")?.remove() // the editor's own offer takes its place
  box.hidden = true
  place.querySelector("[data-form]").value = "html"
  keep(box, editor)
  label?.addEventListener("click", () => editor.commands.focus())
  place.addEventListener("words", ({ detail }) => {
    const content = detail.html ? detail.value : detail.value.split("\n").map((line) => kit.crel("p", { textContent: line }).outerHTML).join("")
    if (detail.add) editor.chain().focus("end").insertContent(content).run()
    else editor.commands.setContent(content, { emitUpdate: true })
  })
  if (location.hash === `#${box.id}`) editor.commands.focus()
}

function keep(box, editor) {
  box.value = editor.isEmpty ? "" : editor.getHTML()
}

// The first paragraph that seems to be in the letters of an old font, with its encoding.
function oldLetters(editor) {
  let found = null
  editor.state.doc.descendants((node) => {
    const encoding = !found && node.isTextblock ? detected(node.textContent) : null
    if (encoding) found = { encoding, text: node.textContent }
    return !found
  })
  return found
}

function convertOld(editor) {
  const { tr, schema, doc } = editor.state, texts = []
  doc.descendants((node, position) => {
    const encoding = node.isTextblock ? detected(node.textContent, 1) : null
    if (encoding) node.forEach((child, offset) => child.isText && texts.push([child, position + 1 + offset, encoding]))
  })
  for (const [text, from, encoding] of texts.reverse())
    tr.replaceWith(from, from + text.nodeSize, schema.text(encoding.decoded(text.text), text.marks))
  editor.view.dispatch(tr)
}

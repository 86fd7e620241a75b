// A form that saves itself while somebody types. What no server has yet is kept in the browser, and the page says so.
import * as kept from "trinh/kept"

const PAUSE = 2500, AT_THE_LATEST = 15000, AGAIN = 10000 // milliseconds: after the last letter; of typing; after a failure
const words = document.getElementById("autosave-words")?.dataset
const form = document.querySelector("form[data-autosave]")
let lifted = Promise.resolve() // while a finger or a mouse is down nothing moves: the press would fall beside its button
if (form && words) start()

function start() {
  const person = form.dataset.autosave, path = location.pathname
  const copy = form.elements.copy.value ||= self.crypto.randomUUID?.() ?? `${Date.now()}-${Math.random().toString(36).slice(2)}`
  const key = kept.name(person, path, copy)
  const told = {} // by field, what a save left out
  const typedIn = new Map() // what no server has yet: when each field was typed into
  let dirty = false, since = 0, sent = 0, timer = 0, saving = null, stopped = "conflict" in form.dataset, leaving = false, isKept = true

  kept.saved(person, words.savedCopies.split(" "))
  navigator.locks?.request(key, () => new Promise(() => {})) // held while this page lives: its words are nobody's to offer
  if ("unsaved" in form.dataset || typedBeforeUs()) typed(null, fields().map(([name]) => name))
  offer()

  form.addEventListener("input", typed)
  form.addEventListener("change", typed)
  form.addEventListener("submit", submit)
  addEventListener("pointerdown", () => (lifted = new Promise(pressed)))
  addEventListener("online", save)
  addEventListener("offline", () => dirty && !stopped && say(words.lost, "lost"))
  addEventListener("focus", () => dirty && document.querySelector("[data-saved=lost]") && save())
  addEventListener("pagehide", keep)
  addEventListener("pageshow", (event) => event.persisted && !dirty && location.reload())
  addEventListener("beforeunload", (event) => dirty && !leaving && !keep() && event.preventDefault())
  document.addEventListener("visibilitychange", () => document.hidden && dirty && save())
  document.addEventListener("htmx:configRequest", ({ detail }) => {
    detail.headers["X-CSRFToken"] = token()
    delete detail.parameters.csrfmiddlewaretoken
  })
  document.addEventListener("htmx:beforeSwap", ({ detail }) => {
    if ([409, 422].includes(detail.xhr.status)) detail.shouldSwap = true
  })
  for (const failed of ["htmx:sendError", "htmx:responseError"])
    document.addEventListener(failed, ({ detail }) => [409, 422].includes(detail.xhr.status) || say(words.lost, "lost"))

  function typed(event, names = [event.target.name ?? ""]) {
    if (event?.target.name?.startsWith("answer-")) return keep()
    for (const name of names) typedIn.set(entryOf(name), performance.now())
    dirty = true
    since ||= Date.now()
    keep()
    if (!stopped) later(Math.min(PAUSE, Math.max(0, since + AT_THE_LATEST - Date.now())))
  }

  function later(wait) {
    clearTimeout(timer)
    timer = setTimeout(save, wait)
  }

  function keep() {
    const entries = [...typedIn.keys(), ...(answers().length ? ["answer"] : [])]
    if (!entries.length) return true
    isKept = kept.keep(key, { at: Date.now(), seen: form.elements.seen.value, entries, fields: of(entries, fields()) })
    return isKept
  }

  function fields() {
    const carried = new Set(["csrfmiddlewaretoken", "seen", "copy", "writer"])
    return [...new FormData(form)].filter(([name, value]) => !carried.has(name) && typeof value === "string")
  }

  function answers() {
    return [...form.querySelectorAll("textarea[name^=answer-]")].filter((box) => box.value !== box.defaultValue)
  }

  // Whether the server has what the form held when this began.
  async function save() {
    clearTimeout(timer)
    if (!dirty || stopped || leaving) return !dirty
    if (saving) return saving.then(() => dirty && !stopped && later(PAUSE))
    dirty = false
    since = 0
    sent = performance.now()
    say(words.saving, "saving")
    saving = send("auto", fields()).then(renewed).then(hear, lost).finally(() => (saving = null))
    return saving
  }

  function send(go, pairs, seen = form.elements.seen.value) {
    const body = new FormData()
    for (const [name, value] of pairs) body.append(name, value)
    body.append("seen", seen)
    body.append("writer", person)
    body.append("go", go)
    return fetch(path, { method: "POST", body, redirect: "manual", headers: { "X-CSRFToken": token() } })
  }

  // Signing in again elsewhere makes a new token; the same person's page has it.
  async function renewed(answer) {
    if (answer.status !== 403) return answer
    const page = await fetch(path, { redirect: "manual" })
    if (!page.ok) return page
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html").querySelector("form[data-autosave]")
    if (fresh?.dataset.autosave !== person) return answer
    form.elements.csrfmiddlewaretoken.value = fresh.elements.csrfmiddlewaretoken.value
    return send("auto", fields())
  }

  async function hear(answer) {
    const said = answer.headers.get("content-type")?.startsWith("application/json") ? await answer.json() : null
    if (answer.ok && said?.seen) return lifted.then(() => heard(said))
    dirty = true
    keep()
    if (answer.status === 409 && said) return refuse(said)
    if (answer.type === "opaqueredirect" || answer.status === 403) say(words.signIn, "lost", words.signInUrl)
    else if (answer.status === 413) say(words.tooLong, "refused")
    else if (answer.status === 404) refuse({ reasons: [words.gone], html: "" })
    else {
      say(answer.status >= 500 ? words.broken : words.lost, "lost")
      later(AGAIN)
    }
  }

  function heard({ seen, message, faults, fragments, left_out }) {
    form.elements.seen.value = seen
    for (const [id, html] of Object.entries(fragments)) replace(id, html)
    mark(faults)
    tell(left_out)
    say(message, Object.keys(faults).length ? "partly" : "all")
    const faulty = Object.keys(faults).map(entryOf) // stay in the browser until they are sound
    for (const [entry, at] of typedIn) if (at <= sent && !faulty.includes(entry)) typedIn.delete(entry)
    if (typedIn.size || answers().length) keep()
    else kept.drop(key)
    return true
  }

  // What a save left out stands at its field; what was told already is not told with every save.
  function tell(leftOut) {
    for (const [name, sentences] of Object.entries(leftOut)) {
      const fresh = sentences.filter((sentence) => !told[name]?.includes(sentence))
      told[name] = [...(told[name] ?? []), ...fresh]
      const notice = form.elements[name].closest("[data-rich-text]").querySelector("[data-left-out]")
      for (const sentence of fresh) {
        const text = document.createElement("p")
        text.textContent = sentence
        notice.prepend(text)
      }
      if (fresh.length) notice.hidden = false
    }
  }

  function lost() {
    dirty = true
    say(keep() ? words.lost : words.notKept, "lost")
    later(AGAIN)
  }

  function refuse({ reasons, html }) {
    stopped = true
    show(html)
    say([...reasons, words.stopped].join(" "), "refused")
  }

  function show(html) {
    const place = document.getElementById("two-texts-place")
    place.innerHTML = html
    if (!html) return
    place.querySelector("[data-drop-mine]")?.addEventListener("click", () => {
      leaving = true
      dirty = false
      typedIn.clear()
      kept.drop(key)
    })
    place.scrollIntoView({ block: "nearest" })
  }

  // --- sending by hand ----------------------------------------------------------------------------------------------
  // What was typed is saved first, so that a session that ended or a network that is gone costs no words.
  async function submit(event) {
    const button = event.submitter
    if (leaving || stopped || (!dirty && !saving)) return leave()
    event.preventDefault()
    await saving
    const reached = await save()
    if (leaving || !(reached || stopped)) return
    leave() // what was typed meanwhile goes along
    form.requestSubmit(button)
  }

  function pressed(over) {
    for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(over), { once: true })
  }

  function leave() {
    keep()
    clearTimeout(timer)
    leaving = true
    setTimeout(() => (leaving = false), 5000) // a page that did not come leaves this one as it was
  }

  // --- what an earlier page has left --------------------------------------------------------------------------------
  async function offer() {
    const held = new Set((await navigator.locks?.query())?.held.map((lock) => lock.name))
    const [first] = kept.left(person, path, key).filter(([other]) => !held.has(other))
    if (!first || stopped) return
    const [other, entry] = first
    const others = fields().filter(([name]) => !entry.entries.includes(entryOf(name)))
    const answer = await send("compare", [...others, ...entry.fields], entry.seen).catch(() => null)
    const html = answer?.ok ? (await answer.json().catch(() => null))?.html : null
    if (html === "") kept.drop(other)
    if (html === "") return restoreAnswers(entry)
    if (!html) return say(words.offerLater, "lost")
    show(html)
    const place = document.getElementById("two-texts-place")
    place.querySelector("[data-take-kept]").addEventListener("click", () => {
      restore(entry)
      kept.drop(other)
      show("")
      typed(null, entry.entries)
      save()
    })
    place.querySelector("[data-drop-kept]").addEventListener("click", () => {
      kept.drop(other)
      show("")
    })
  }

  function restoreAnswers({ fields }) {
    restore({ entries: [], fields: of(["answer"], fields) })
  }

  function restore({ entries, fields: pairs }) {
    for (const box of form.querySelectorAll("input[type=checkbox], input[type=radio]"))
      if (entries.includes(entryOf(box.name))) box.checked = pairs.some(([name, value]) => name === box.name && value === box.value)
    const asHtml = new Set(pairs.filter(([name, value]) => name.endsWith("-form") && value === "html").map(([name]) => name))
    for (const [name, value] of pairs) if (name.endsWith("-rows")) form.elements[name]?.dispatchEvent?.(new CustomEvent("rows", { detail: Number(value) }))
    for (const [name, value] of pairs) {
      const field = form.elements[name]
      if (!field?.matches?.("input:not([type=hidden], [type=checkbox], [type=radio]), textarea, select")) continue
      const place = field.closest("[data-rich-text]")
      if (place?.querySelector(".rich-text-frame")) place.dispatchEvent(new CustomEvent("words", { detail: { value, html: asHtml.has(`${name}-form`) } }))
      else field.value = value
      field.closest("details")?.setAttribute("open", "")
    }
  }

  // --- the page -----------------------------------------------------------------------------------------------------
  function typedBeforeUs() {
    const boxes = [...form.querySelectorAll("input:not([type=hidden]), textarea")].filter((box) => !box.hidden)
    return boxes.some((box) => (box.type === "checkbox" || box.type === "radio") ? box.checked !== box.defaultChecked : box.value !== box.defaultValue)
  }
}

// What is saved or refused together: a text with its form, a figure with its reason, the rows of a table.
function entryOf(name) {
  return name.replace(/^(figure|reason)-/, "").split("-")[0]
}

function of(entries, pairs) {
  return pairs.filter(([name]) => entries.includes(entryOf(name)))
}

function token() {
  return form.elements.csrfmiddlewaretoken.value
}

async function say(text, how, url) {
  await lifted
  for (const place of document.querySelectorAll("[data-saved]")) {
    place.dataset.saved = how
    const said = place.querySelector("[data-said]")
    said.textContent = text
    if (!url) continue
    const link = document.createElement("a")
    link.href = url
    link.target = "_blank"
    link.textContent = words.signInLink
    said.append(" ", link)
  }
}

// What a page with errors said of a field gives way to what this save says of it.
function mark(faults) {
  const stale = new Set(form.querySelectorAll(".errors:not([role])")) // the editor says its own
  for (const field of form.querySelectorAll("[aria-invalid=true]")) if (!faults[field.name]) field.removeAttribute("aria-invalid")
  for (const [name, sentences] of Object.entries(faults)) {
    const field = form.elements[name]?.matches ? form.elements[name] : form.querySelector(`[id^="id_${CSS.escape(name)}"]`)
    if (!field || field === document.activeElement) continue
    field.setAttribute("aria-invalid", "true")
    const place = field.closest(".figure, .field") ?? field.parentElement
    const before = [...place.children].find((part) => stale.has(part))
    const fault = document.createElement("p")
    fault.className = "errors"
    fault.textContent = sentences.join(" ")
    if (before?.id) fault.id = before.id
    if (before) before.replaceWith(fault)
    else place.append(fault)
  }
  for (const old of stale) old.remove()
  for (const line of document.querySelectorAll(".faults > li:has(> a)")) if (!stands(line, faults)) line.remove()
  document.querySelector(".notice:has(> .faults):not(:has(li))")?.remove()
}

function stands(line, faults) {
  const said = ([name, sentences]) => line.firstElementChild.hash.startsWith(`#id_${name}`) && sentences.some((it) => line.textContent.includes(it))
  return Object.entries(faults).some(said)
}

function replace(name, html) {
  const place = document.querySelector(`[data-fragment="${name}"]`)
  if (!place || place.contains(document.activeElement)) return
  const scrolled = [...place.querySelectorAll("ul, ol"), place].map((box) => [box.scrollLeft, box.scrollTop])
  const holder = document.createElement("template")
  holder.innerHTML = html
  const fresh = holder.content.firstElementChild
  place.replaceWith(fresh)
  ;[...fresh.querySelectorAll("ul, ol"), fresh].forEach((box, number) => box.scrollTo(...(scrolled[number] ?? [0, 0])))
}

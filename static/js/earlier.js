// An earlier text is copied to the end of the section's own, to be worked over.
document.addEventListener("click", ({ target }) => {
  const button = target.closest("[data-copy-in]")
  const box = document.querySelector("#writing textarea[name=text]"), place = box?.closest("[data-rich-text]")
  if (!button || !place) return
  const text = button.closest(".earlier-text").querySelector("[data-text]")
  if (place.querySelector(".rich-text-frame"))
    return place.dispatchEvent(new CustomEvent("words", { detail: { value: text.innerHTML, html: true, add: true } }))
  box.value = [box.value, text.innerText].filter(Boolean).join("\n\n")
  box.dispatchEvent(new Event("input", { bubbles: true }))
})

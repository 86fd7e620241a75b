// Signing out leaves none of one's words in the browser; words that no server has yet are asked about first.
const HEAD = "trinh:kept|"

document.addEventListener("submit", (event) => {
  const form = event.target.closest("form[data-sign-out]")
  if (!form || event.defaultPrevented) return
  const mine = Object.keys(localStorage).filter((key) => key.startsWith(HEAD + form.dataset.signOut + "|"))
  if (mine.length && !confirm(form.dataset.unsaved)) return event.preventDefault()
  mine.forEach((key) => localStorage.removeItem(key))
})

/* A password can be looked at while it is typed, is told whether it is long enough, and a key that fails says so. */
for (const button of document.querySelectorAll("[data-shows]")) {
  const input = button.parentElement.querySelector("input");
  button.addEventListener("click", () => {
    const shown = input.type === "password";
    input.type = shown ? "text" : "password";
    button.setAttribute("aria-pressed", String(shown));
    input.focus();
  });
  input.form?.addEventListener("submit", () => { input.type = "password"; });
}

for (const output of document.querySelectorAll("output[data-least]")) {
  const input = document.getElementById(output.htmlFor.value);
  const say = () => {
    const length = [...input.value.normalize("NFC")].length;
    const { least, short, enough, good } = output.dataset;
    output.dataset.check = length < least ? "warn" : "ok";
    output.value = !length ? "" : (length < least ? short : length < 20 ? enough : good).replace("{n}", length);
  };
  input.addEventListener("input", say);
}

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  for (const note of document.querySelectorAll("[data-key-failed]")) note.hidden = false;
});

"""On a phone everything that is pressed is as large as a fingertip, but for links inside a sentence (WCAG 2.5.8)."""

import pytest

from tests.browser.kit.pages import FORMS, PAGES
from tests.browser.test_access import by_person, furnished, window, windows  # noqa: F401

SMALL = """() => [...document.querySelectorAll("a[href], button, input:not([type=hidden]), select, textarea, summary")].flatMap((it) => {
  const el = it.matches("[type=checkbox], [type=radio]") ? it.closest("label") ?? it : it
  if (!el.checkVisibility({visibilityProperty: true, opacityProperty: true}) || el.closest(".visually-hidden, .skip, .letter")) return []
  const {width, height} = el.getBoundingClientRect(), words = (text) => text.replace(/[\\s·,.–/]+/g, "")
  const grown = ["::before", "::after"].some((part) => getComputedStyle(el, part).position === "absolute")
  if (grown || width < 2 || (width >= 40 && height >= 40)) return []
  const sentence = el.matches("a") && getComputedStyle(el).display === "inline" && el.parentElement.closest("p, li, dd, td, h1, h2, h3")
  const links = sentence ? [...sentence.querySelectorAll("a")].reduce((length, link) => length + words(link.textContent).length, 0) : 0
  return sentence && words(sentence.textContent).length > links + 2 ? [] : [`${Math.round(width)}x${Math.round(height)} ${el.outerHTML.slice(0, 120)}`]
})"""  # noqa: E501


@pytest.mark.trial
def test_whatever_is_pressed_is_as_large_as_a_fingertip(window):  # noqa: F811
    small = {}
    for name in by_person(PAGES | FORMS):
        who, address = (PAGES | FORMS)[name]
        page = window(who)
        page.set_viewport_size({"width": 390, "height": 844})
        page.goto(address())
        if found := page.evaluate(SMALL):
            small[name] = found
    assert small == {}

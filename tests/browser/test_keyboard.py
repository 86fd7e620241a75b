"""Everything with the keyboard alone: the way in, past the menu, to a dossier and its approval."""

from playwright.sync_api import Locator, Page, expect

from documents.demo.office import PASSWORD
from tests.browser.conftest import DESK
from tests.browser.papers import nomination

FAR = 120  # presses of Tab
FOCUSED = "element => element === document.activeElement"
RINGED = """() => {
  const it = document.activeElement
  const drawn = [getComputedStyle(it), getComputedStyle(it, "::after"), getComputedStyle(it.closest("label") ?? it)]
  return drawn.some(style => style.outlineStyle != "none")
}"""


def tab_to(page: Page, target: Locator) -> None:
    """Press Tab until it has the focus; wherever the focus is, it can be seen."""
    expect(target).to_be_visible()
    for _press in range(FAR):
        page.keyboard.press("Tab")
        assert page.evaluate(RINGED), page.evaluate("document.activeElement.outerHTML")
        if target.evaluate(FOCUSED):
            return
    raise AssertionError(f"{target} is not reached by Tab")


def test_a_nomination_is_approved_without_a_mouse(office, open_browser):
    paper = nomination("CD008")
    page = open_browser(**DESK)
    page.goto("/")
    tab_to(page, page.locator("[name=login]"))
    page.keyboard.type("cd008.1")
    tab_to(page, page.locator("[name=password]"))
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.locator(".tasks")).to_be_visible()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, page.locator(f".tasks a[href='{paper.get_absolute_url()}']"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".decision-actions button[form=main-decision]"))
    page.keyboard.press("Enter")
    expect(page.locator(".dossier-meta .state")).to_have_attribute("data-state", "unit_approved")
    tab_to(page, page.locator(".account summary"))
    page.keyboard.press("Enter")
    tab_to(page, page.locator(".account-out"))
    page.keyboard.press("Enter")
    expect(page.locator("[name=login]")).to_be_visible()

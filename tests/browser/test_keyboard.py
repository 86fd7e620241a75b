"""Everything with the keyboard alone: the way in, a decision, many at once, finding, writing, lending one's office."""

from playwright.sync_api import Locator, Page, expect

from accounts.models import Delegation
from documents.demo.office import PASSWORD
from tests.browser.conftest import DESK, PHONE
from tests.browser.kit.papers import nomination, report

FAR = 120  # presses of Tab
FOCUSED = "element => element === document.activeElement"
RINGED = """() => {
  const it = document.activeElement
  const drawn = [getComputedStyle(it), getComputedStyle(it, "::after"), getComputedStyle(it.closest("label") ?? it)]
  return drawn.some(style => style.outlineStyle != "none")
}"""


def tab_to(page: Page, target: Locator, key: str = "Tab") -> None:
    """Press the key until it has the focus; wherever the focus is, it can be seen."""
    expect(target).to_be_visible()
    for _press in range(FAR):
        page.keyboard.press(key)
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


def follow(page: Page, target: Locator) -> None:
    """Tab to it, press Enter, and be on the page that follows."""
    tab_to(page, target)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_a_dossier_is_found_and_opened(office, enter):
    page = enter("kiemtra", **DESK)
    page.goto("/")
    tab_to(page, page.locator("#search"))
    page.keyboard.type("truong mam non")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    follow(page, page.locator(f"main a[href='{report('CD001').get_absolute_url()}']").first)
    expect(page.locator("h1")).to_have_text(report("CD001").subject)


def test_two_reports_are_ticked_and_confirmed(office, enter):
    page, papers = enter("chuyenvien2", **DESK), [report("CD005"), report("CD006")]
    for paper in papers:
        page.goto(paper.get_absolute_url())
    page.goto("/")
    for box in page.locator(".tasks [name=dossier]").all():
        if box.get_attribute("value") in {str(paper.ref) for paper in papers}:
            tab_to(page, box)
            page.keyboard.press("Space")
    expect(page.locator(".tasks [name=dossier]:checked")).to_have_count(2)
    follow(page, page.locator("#bulk button[formaction$='/review/']"))
    for item in page.locator("[name^=affirmed-]").all():
        tab_to(page, item)
        page.keyboard.press("Space")
    follow(page, page.locator("button[form=batch]"))
    expect(page.locator("main .state[data-state=district_reviewed]")).to_have_count(2)


def test_the_editor_and_a_table_in_it_are_entered_and_left(office, enter):
    page = enter("cd007.2", **DESK)
    page.goto(f"{report('CD007').get_absolute_url()}edit/sections/3.1/")
    text, tools = page.get_by_role("textbox").filter(visible=True).first, page.get_by_role("toolbar").first
    tab_to(page, tools.get_by_role("button").first)
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    page.keyboard.type("Đậm.")
    expect(text.locator("strong")).to_have_text("Đậm.")
    page.keyboard.press("Tab")
    expect(text).not_to_be_focused()
    tab_to(page, tools.get_by_text("▦", exact=True), "Shift+Tab")
    page.keyboard.press("Enter")
    expect(text).to_be_focused()
    expect(text.locator("table")).to_be_visible()
    cells = text.locator("th, td").count()
    for number in range(cells):
        page.keyboard.type(f"{number}")
        page.keyboard.press("Tab")
    expect(text).not_to_be_focused()
    expect(text.locator("th, td")).to_have_text([f"{number}" for number in range(cells)])


def test_a_person_is_chosen_and_an_office_lent(office, enter):
    page = enter("cd003.1", **DESK)
    page.goto("/delegations/new/")
    tab_to(page, page.locator("[name=delegate-words]"))
    page.keyboard.type("vu ngoc an")
    tab_to(page, page.locator("[name=delegate]"))
    page.keyboard.press("Space")
    for name, words in (("ends_on", "31/12/2099"), ("reason", "Đi học.")):
        tab_to(page, page.locator(f"[name={name}]"))
        page.keyboard.type(words)
    follow(page, page.locator("main form button[data-kind=primary]"))
    expect(page.locator("main table").first).to_contain_text("Vũ Ngọc Ấn")
    assert Delegation.objects.filter(delegate__username="cd003.2").count() == 1


def test_the_sheet_of_a_decision_closes_and_gives_the_focus_back(office, enter):
    page = enter("cd008.1", **PHONE)
    page.goto(nomination("CD008").get_absolute_url())
    opens, sheet = page.locator(".decision-actions [popovertarget=deciding]"), page.locator("#deciding")
    tab_to(page, opens)
    page.keyboard.press("Enter")
    expect(sheet).to_be_visible()
    page.keyboard.press("Tab")
    assert sheet.evaluate("it => it.contains(document.activeElement)")
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opens).to_be_focused()

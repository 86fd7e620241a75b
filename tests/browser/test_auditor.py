"""An auditor's journey: what happened is found, read, compared and taken out; and nothing can be decided."""

import io

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from audit.verification.verify import Tally, faults
from tests.browser.conftest import DESK
from tests.browser.kit.papers import nomination, report
from tests.browser.kit.steps import press

FAULT = "Số lớp không khớp với lời văn ở mục 2.1."


def test_what_happened_is_found_read_compared_and_taken_out(office, sign_in, scripts, pictured):
    page = sign_in("kiemtra", java_script_enabled=scripts, **DESK)
    search_the_record(page, pictured)
    look_at_the_exceptions(page, pictured)
    read_the_dossier(page, pictured)
    see_who_viewed_it(page, pictured)
    take_the_record_out(page)
    nothing_is_decided(page, pictured)
    assert list(faults(Tally())) == []


def search_the_record(page: Page, pictured) -> None:
    """Words without marks, in a unit and all below it."""
    press(page.locator(".masthead a[href='/history/']"))
    ask(page, words="so lop khong khop", unit="Liên đoàn Lao động quận Long Biên")
    found = page.locator("main tbody tr")
    expect(found).to_have_count(1)
    expect(found).to_contain_text(FAULT)
    expect(found).to_contain_text("CĐCS Trường THCS Đê Vàng")
    pictured(page, "record-searched")
    ask(page, words="so lop khong khop", unit="CD006")
    expect(found).to_have_count(0)


def ask(page: Page, **said: str) -> None:
    for name, words in said.items():
        page.locator(f"main form [name={name}]").fill(words)
    press(page.locator("main form[role=search] button"))


def look_at_the_exceptions(page: Page, pictured) -> None:
    press(page.locator("main a[href='/history/exceptions/']"))
    expect(page.locator("main tbody tr")).to_contain_text("CĐCS Trung tâm Thể dục Thể thao Tả Ngạn")
    press(page.locator("main a[href*='tab=delegated']"))
    expect(page.locator("main tbody tr")).to_contain_text("CĐCS Bệnh viện Đa khoa Tả Ngạn")
    pictured(page, "exceptions")


def read_the_dossier(page: Page, pictured) -> None:
    """Its record filtered to the deeds of one person, then its two versions side by side."""
    press(page.locator("main tbody tr a[href*='/history/']"))
    events = page.locator(".timeline > li")
    expect(events).not_to_have_count(2)
    page.locator("[name=person]").select_option(label="Giang Thị Ất")
    press(page.locator("main form[role=search] button"))
    expect(events).to_have_count(1)
    expect(events).to_contain_text("Chu Thị Lệ Oanh")
    pictured(page, "record-of-the-dossier")
    press(page.locator("main a[href$='/compare/']"))
    expect(page.locator("[name=from]")).to_have_value("1")
    expect(page.locator("[name=to]")).to_have_value("2")
    expect(page.locator("#figures")).to_be_visible()
    pictured(page, "two-versions")


def see_who_viewed_it(page: Page, pictured) -> None:
    press(page.locator(f"main a[href='{report('CD006').get_absolute_url()}']"))
    press(page.locator("main a[href$='/access/']"))
    hers = page.locator("main tbody tr", has_text="Mạc Thị Lan Chi")
    expect(hers.filter(has_text="v1 – v2")).to_have_count(1)
    pictured(page, "who-viewed")


def take_the_record_out(page: Page) -> None:
    """The rows of the workbook are those of the page, as it was filtered."""
    page.goto("/history/?verb=return")
    shown = [" ".join(row.split()) for row in page.locator("main tbody th").all_inner_texts()]
    with page.expect_download() as found:
        page.locator("form[action*='/history/export/'] button").click()
    sheet = load_workbook(io.BytesIO(found.value.path().read_bytes())).worksheets[0]
    rows = [[str(cell) for cell in row if cell is not None] for row in sheet.iter_rows(values_only=True)]
    table = rows[next(number for number, row in enumerate(rows) if len(row) > 10) + 1 :]
    returned = [row for row in table if any(FAULT in cell for cell in row)]
    assert len([row for row in table if len(row) > 5]) == len(shown)
    assert len(returned) == 1


def nothing_is_decided(page: Page, pictured) -> None:
    """No paper that waits for somebody offers the auditor anything to press."""
    for paper in (nomination("CD008"), report("CD005"), report("CD002"), nomination("CD006")):
        page.goto(paper.get_absolute_url())
        expect(page.locator("h1")).to_have_text(paper.subject)
        expect(page.locator("main form[method=post]")).to_have_count(0)
        expect(page.locator(".decision-actions")).to_have_count(0)
    pictured(page, "nothing-to-decide")
    page.goto(f"{nomination('CD008').get_absolute_url()}approval/")
    expect(page.locator("main form[method=post]")).to_have_count(0)
    page.goto("/")
    expect(page.locator("main [name=dossier]")).to_have_count(0)

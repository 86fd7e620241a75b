"""The administrator's journey: the template is filled in with one mistake, mended, imported; the new chair can act."""

import io

from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from accounts.models import User
from administration.models import PeopleImport
from administration.people_import import checking, importing
from audit.verification.verify import Tally, faults
from tests.browser.conftest import DESK
from tests.browser.kit.steps import nothing_sideways, press

UNIT = ["CD099", "CĐCS Trường Mầm non Sen Hồng", "CĐCS MN Sen Hồng", "", "CĐCS", "LDLD-LB"]
CHAIR = ["sen.hong", "Trần Thị Sen Hồng", None, "sen.hong@example.org"]
OFFICE = ["sen.hong", "CD099", "approver", "Chủ tịch CĐCS", "01/01/2026"]


def test_a_new_union_and_its_chair_come_from_one_workbook(office, enter, scripts, pictured, tmp_path):
    page = enter("quantri", java_script_enabled=scripts, **DESK)
    template = download(page)
    send(page, filled(template, wrong(OFFICE)), tmp_path)
    press(page.locator("main a[href*='show=refused']").first)
    expect(page.locator(".faults li")).to_have_count(1)
    pictured(page, "one-row-refused")
    expect(page.locator(".faults li")).to_contain_text("31/02/2026")
    expect(page.locator("form[action$='/confirmation/']")).to_have_count(0)
    page.goto("/office/import/")
    send(page, filled(template, OFFICE), tmp_path)
    expect(page.locator("main tbody tr")).to_have_count(3)
    pictured(page, "ready")
    nothing_sideways(page)
    press(page.locator("form[action$='/confirmation/'] button"))
    expect(page.get_by_role("progressbar")).to_be_visible()
    pictured(page, "under-way")
    importing.run(PeopleImport.objects.get(state="confirmed").pk)  # as the worker does
    expect(page.locator(".notice[data-tone=green]")).to_be_visible()  # the page looks again by itself
    expect(page.get_by_role("progressbar")).to_have_count(0)
    pictured(page, "done")
    chair = User.objects.get(username="sen.hong")
    assert [(by.role, by.unit.code, by.post) for by in chair.authorities] == [("approver", "CD099", "Chủ tịch CĐCS")]
    theirs = enter("sen.hong", java_script_enabled=scripts, **DESK)
    theirs.goto("/")
    expect(theirs.locator(".masthead")).to_contain_text("CĐCS MN Sen Hồng")
    pictured(theirs, "desk-of-the-new-chair")
    assert list(faults(Tally())) == []


def download(page: Page) -> bytes:
    page.goto("/office/import/")
    with page.expect_download() as found:
        page.locator("a[href='/office/import/template/']").click()
    return found.value.path().read_bytes()


def wrong(appointment: list) -> list:
    return [*appointment[:4], "31/02/2026"]


def filled(template: bytes, appointment: list) -> bytes:
    """One row a sheet, under the template's own headings; the kind as its list offers it."""
    book = load_workbook(io.BytesIO(template))
    kind = book.worksheets[-1]["A2"].value
    for sheet, row in zip(book.worksheets, ([*UNIT[:3], kind, *UNIT[4:]], CHAIR, appointment), strict=False):
        for place, value in enumerate(row, 1):
            sheet.cell(2, place, value)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def send(page: Page, data: bytes, folder) -> None:
    path = folder / "danh-sach.xlsx"
    path.write_bytes(data)
    page.locator("[name=workbook]").set_input_files(path)
    press(page.locator("main form[enctype] button[data-kind=primary]"))
    expect(page.get_by_role("progressbar")).to_be_visible()
    checking.examine(PeopleImport.objects.get(state="checking").pk, "vi")  # as the worker does
    expect(page.get_by_role("progressbar")).to_have_count(0)

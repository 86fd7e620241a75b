"""The main pages, in the light and in the dark, on a phone and on a desk: for everybody, and nothing sideways."""

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from django.urls import reverse
from playwright.sync_api import expect

from documents.models import Campaign, Dispatch, Referral
from tests.browser.papers import nomination, report
from tests.browser.steps import nothing_sideways, press

AXE = {"preload": False, "resultTypes": ["violations"]}  # its preload would write styles into the page
LOOKS = {"light": AXE, "dark": AXE | {"runOnly": ["color-contrast"]}}  # the dark changes nothing but colours
WIDTHS = {"phone": (360, 780), "desk": (1440, 900)}


def of(paper, name="workflow:dossier", *more) -> str:
    return reverse(name, args=[paper.ref, *more])


def campaign(name: str, *more) -> str:
    return reverse(name, args=[Campaign.objects.get().pk, *more])


def unanswered() -> int:
    return Referral.objects.filter(outcome="", purpose="action").latest("pk").pk


def begun_nomination(page) -> None:
    page.goto(campaign("documents:nomination-begin", "CD007"))
    page.locator("[name=name]").fill("Tổ may số 3")
    page.locator("[name=award]").select_option(index=1)
    page.locator("[name=target][value=collective]").check()
    press(page.locator("main form button[data-kind=primary]"))


PAGES = {  # name: who, and the address
    "desk of a drafter": ("cd003.3", lambda: "/"),
    "desk of a reviewer": ("chuyenvien", lambda: "/"),
    "desk of a committee member": ("btv1", lambda: "/"),
    "draft report": ("cd007.2", lambda: of(report("CD007"))),
    "returned report": ("cd003.3", lambda: of(report("CD003"))),
    "report to review": ("chuyenvien", lambda: of(report("CD004"))),
    "concluded report": ("kiemtra", lambda: of(report("CD001"))),
    "forwarded report": ("vanthu", lambda: of(report("LDLD-LB", "forwarded"))),
    "submitted nomination": ("cd008.1", lambda: of(nomination("CD008"))),
    "endorsed nomination": ("vanthu", lambda: of(nomination("CD006"))),
    "withdrawn nomination": ("cd010.1", lambda: of(nomination("CD010"))),
    "approval": ("cd008.1", lambda: of(nomination("CD008"), "workflow:decision", "approval")),
    "withdrawal": ("cd008.1", lambda: of(nomination("CD008"), "workflow:decision", "withdrawal")),
    "answers to points": ("cd003.3", lambda: of(report("CD003"), "workflow:points")),
    "comparison": ("chuyenvien", lambda: of(report("CD006"), "workflow:compare")),
    "record of a dossier": ("kiemtra", lambda: of(report("CD006"), "workflow:dossier-history")),
    "history": ("kiemtra", lambda: reverse("workflow:history")),
    "section with tables": ("cd007.2", lambda: of(report("CD007"), "documents:report-section", "2.1")),
    "section with figures": ("cd007.2", lambda: of(report("CD007"), "documents:report-section", "2.4")),
    "returned section": ("cd003.3", lambda: of(report("CD003"), "documents:report-section", "2.1")),
    "attestations": ("cd007.2", lambda: of(report("CD007"), "documents:report-attestations")),
    "attached files": ("cd003.3", lambda: of(report("CD003"), "documents:attachments")),
    "beginning of a report": ("cd010.2", lambda: campaign("documents:report-begin", "CD010")),
    "reports": ("chuyenvien", lambda: reverse("documents:reports")),
    "nominations": ("chuyenvien", lambda: reverse("documents:nominations")),
    "campaigns": ("chuyenvien", lambda: reverse("documents:campaigns")),
    "campaign": ("chuyenvien", lambda: campaign("documents:campaign")),
    "campaign of a unit": ("cd007.2", lambda: campaign("documents:campaign")),
    "outgoing papers": ("vanthu", lambda: reverse("documents:dispatches")),
    "outgoing paper": ("vanthu", lambda: of(Dispatch.objects.get(number=27), "documents:dispatch")),
    "register": ("vanthu", lambda: reverse("documents:register")),
    "not there": ("vanthu", lambda: "/khong-co/"),
    "change of password": ("vanthu", lambda: reverse("account_change_password")),
    "two-step sign-in": ("vanthu", lambda: reverse("mfa_index")),
    "places signed in": ("vanthu", lambda: reverse("usersessions_list")),
}
FORMS = {
    "return": ("cd008.1", lambda: of(nomination("CD008"), "workflow:decision", "return")),
    "review": ("chuyenvien", lambda: of(report("CD004"), "workflow:decision", "review")),
    "endorsement": ("phochutich", lambda: of(report("CD002"), "workflow:decision", "endorsement")),
    "conclusion": ("chuyenvien", lambda: of(report("CD002"), "workflow:decision", "conclusion")),
    "beginning of a nomination": ("cd007.2", lambda: campaign("documents:nomination-begin", "CD007")),
    "reply": ("vanthu", lambda: reverse("documents:referral-reply", args=[unanswered()])),
    "new outgoing paper": ("vanthu", lambda: reverse("documents:dispatch-new")),
}


@pytest.fixture
def standing(server):
    """Nothing here changes anything, so one office is enough."""


def assert_good_for_everybody(page) -> None:
    page.evaluate(AXE_SCRIPT)
    for width, height in WIDTHS.values():
        page.set_viewport_size({"width": width, "height": height})
        nothing_sideways(page)
        for scheme, asked in LOOKS.items():
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found = page.evaluate("asked => axe.run(document, asked)", asked)["violations"]
            assert found == [], f"{scheme}, {width} px wide\n" + "\n".join(told(it) for it in found)


def told(violation) -> str:
    nodes = [f"{node['target']} {node['html'][:120]} {node['failureSummary']}" for node in violation["nodes"]]
    return "\n".join([violation["id"], *nodes[:4]])


@pytest.mark.parametrize("name", PAGES)
def test_page(name, standing, enter):
    username, address = PAGES[name]
    page = enter(username)
    page.goto(address())
    assert_good_for_everybody(page)


@pytest.mark.parametrize("name", FORMS)
def test_form(name, standing, enter):
    """As it opens, and as it comes back with its faults when it is sent empty."""
    username, address = FORMS[name]
    page = enter(username)
    page.goto(address())
    assert_good_for_everybody(page)
    press(page.locator("main form[method=post] button[data-kind=primary]"))
    expect(page.get_by_role("alert")).to_be_visible()
    assert_good_for_everybody(page)


def test_sign_in_page(standing, open_browser):
    page = open_browser()
    page.goto("/")
    assert_good_for_everybody(page)
    page.locator("[name=login]").fill("cd007.2")
    page.locator("[name=password]").fill("không phải")
    press(page.locator("main button[data-kind=primary]"))
    expect(page.get_by_role("alert")).to_be_visible()
    assert_good_for_everybody(page)


def test_nomination_editor(office, enter):
    page = enter("cd007.2")
    begun_nomination(page)
    assert_good_for_everybody(page)

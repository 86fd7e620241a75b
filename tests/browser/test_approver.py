"""An approver's journey on a phone in the dark: returned with two points, answered, and approved."""

import pytest
from playwright.sync_api import Page, expect

from audit.verification.verify import Tally, faults
from tests.browser.conftest import DESK, PHONE
from tests.browser.kit.papers import nomination
from tests.browser.kit.steps import nothing_sideways, press

POINTS = [
    ("field:achievement_summary", "Nêu rõ số sáng kiến của tổ trong năm 2020."),
    ("field:printed_citation", "Viết đủ tên tổ như sẽ in trên giấy khen."),
]
ANSWERS = ["Đã bổ sung: 03 sáng kiến.", "Đã viết đủ tên."]


@pytest.fixture
def paper(office):
    return nomination("CD008")


def test_a_nomination_is_returned_answered_and_approved(paper, sign_in, scripts, pictured):
    chair = sign_in("cd008.1", java_script_enabled=scripts, **PHONE)
    pictured(chair, "desk")
    open_from_the_desk(chair, paper)
    pictured(chair, "nomination")
    return_with_two_points(chair)
    pictured(chair, "returned")
    drafter = sign_in("cd008.2", java_script_enabled=scripts, **DESK)
    answer_and_submit_again(drafter, paper)
    pictured(drafter, "answered")
    chair.goto("/")
    open_from_the_desk(chair, paper)
    for said in ANSWERS:
        expect(chair.locator("#points")).to_contain_text(said)
    chair.locator(".decision-actions [popovertarget=deciding]").tap()
    expect(chair.locator("#deciding .consequence")).to_be_visible()
    nothing_sideways(chair)
    pictured(chair, "about-to-sign")
    press(chair.locator("#deciding button[form=main-decision]"))
    expect(chair.locator(".dossier-meta .state")).to_have_attribute("data-state", "unit_approved")
    expect(chair.locator(".decision-actions")).to_have_count(0)
    pictured(chair, "approved")
    assert list(faults(Tally())) == []


def open_from_the_desk(page: Page, paper) -> None:
    nothing_sideways(page)
    press(page.locator(f".tasks a[href='{paper.get_absolute_url()}']"))
    expect(page.locator("h1")).to_have_text(paper.subject)
    nothing_sideways(page)


def return_with_two_points(page: Page) -> None:
    """Sent first without a word: refused, and what was written stays."""
    press(page.locator(".decision-actions a[href$='/return/']"))
    for number, (place, text) in enumerate(POINTS):
        page.locator(f"[name=points-{number}-place]").select_option(place)
        page.locator(f"[name=points-{number}-text]").fill(text if number else "")
    send = page.locator("main form[method=post] button[data-kind=primary]")
    press(send)
    expect(page.locator("[name=points-1-text]")).to_have_value(POINTS[1][1])
    expect(page.locator(".dossier-meta")).to_have_count(0)
    nothing_sideways(page)
    page.locator("[name=points-0-text]").fill(POINTS[0][1])
    press(send)
    expect(page.locator(".dossier-meta .state")).to_have_attribute("data-state", "returned")
    expect(page.locator("#points")).to_contain_text(POINTS[0][1])


def answer_and_submit_again(page: Page, paper) -> None:
    press(page.locator(f"main a[href='{paper.get_absolute_url()}']").first)
    for number, said in enumerate(ANSWERS, 1):
        page.locator(f"[name=answer-{number}]").fill(said)
    press(page.locator("#points button[data-kind=primary]"))
    expect(page.locator("[name=answer-1]")).to_have_value(ANSWERS[0])
    press(page.locator("main a[href$='/edit/']:visible").first)
    page.locator("[name=achievement_summary]").fill("Ba năm liền hoàn thành kế hoạch, 03 sáng kiến năm 2020.")
    press(page.locator("main form[method=post] button[data-size=large]"))
    page.goto(paper.get_absolute_url())
    press(page.locator(".decision-actions button[form=main-decision]"))
    expect(page.locator(".dossier-meta .state")).to_have_attribute("data-state", "submitted")

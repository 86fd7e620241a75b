"""The chairwoman signs all that waits, one after another and in bulk, on a phone in the dark."""

import pytest
from playwright.sync_api import Page, expect

from accounts.models import User
from audit.verification.verify import Tally, faults
from tests.browser.conftest import PHONE
from tests.browser.kit.steps import nothing_sideways, press
from workflow.desk import sequence


@pytest.fixture
def waiting(office):
    return sequence.waiting(User.objects.get(username="chutich"))


def test_all_that_waits_is_read_and_signed_one_after_another(waiting, sign_in, scripts, pictured):
    chair = sign_in("chutich", java_script_enabled=scripts, **PHONE)
    chair.goto("/signing/")
    for number, paper in enumerate(waiting, 1):
        expect(chair.locator(".queue b")).to_have_text(f"{number}/{len(waiting)}")
        expect(chair.locator("h1")).to_have_text(paper.subject)
        nothing_sideways(chair)
        pictured(chair, f"paper-{number}")
        sign_in_place(chair)
    expect(chair.locator(".queue")).to_have_count(0)
    pictured(chair, "all-signed")
    assert sequence.waiting(User.objects.get(username="chutich")) == []
    assert list(faults(Tally())) == []


def sign_in_place(page: Page) -> None:
    """The sheet from the bottom edge says who signs what before anything is signed."""
    page.locator(".decision-actions [popovertarget=deciding]").tap()
    expect(page.locator("#deciding .consequence")).to_be_visible()
    sheet = page.locator("#main-decision")
    sheet.locator("[name=sitting_on]").fill("15/03/2021")
    sheet.locator("[name=minutes_no]").fill("12/BB-BTV")
    for count in sheet.locator("[name^=count-]:visible").all():
        count.fill("0")
    nothing_sideways(page)
    press(page.locator("#deciding button[form=main-decision]"))


def test_what_was_read_is_signed_together(waiting, sign_in, scripts, pictured):
    chair = sign_in("chutich", java_script_enabled=scripts, **PHONE)
    for paper in waiting:
        chair.goto(paper.url(len(waiting)))
    chair.goto("/")
    for box in chair.locator(".tasks [name=dossier]").all():
        box.check()
    nothing_sideways(chair)
    pictured(chair, "ticked")
    press(chair.locator("#bulk button[formaction$='/endorsement/']"))
    nothing_sideways(chair)
    pictured(chair, "before-it-is-done")
    chair.locator("[name=sitting_on]").fill("15/03/2021")
    chair.locator("[name=minutes_no]").fill("12/BB-BTV")
    press(chair.locator("button[form=batch]"))
    nothing_sideways(chair)
    pictured(chair, "what-came-of-each")
    expect(chair.locator("main .task")).to_have_count(len(waiting))
    expect(chair.locator("main .state[data-state=endorsed]")).to_have_count(len(waiting))
    assert list(faults(Tally())) == []

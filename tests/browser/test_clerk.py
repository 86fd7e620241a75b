"""The records clerk's journey: an endorsed nomination goes to Quận ủy under the next number; its reply comes back."""

from playwright.sync_api import Page, expect

from audit.verification.verify import Tally, faults
from tests.browser.conftest import DESK
from tests.browser.kit.papers import nomination
from tests.browser.kit.steps import press

SUBJECT = "Đề nghị tặng Giấy khen của Quận ủy cho cá nhân tiêu biểu"


def test_a_nomination_is_sent_to_quan_uy_and_its_reply_recorded(office, sign_in, scripts, pictured):
    paper = nomination("CD006")
    clerk = sign_in("vanthu", java_script_enabled=scripts, **DESK)
    prepare(clerk, paper)
    letter = clerk.url
    pictured(clerk, "prepared")
    chair = sign_in("chutich", java_script_enabled=scripts, **DESK)
    sign(chair, letter)
    pictured(chair, "signed")
    send(clerk, letter)
    pictured(clerk, "sent")
    press(clerk.locator(f".tasks a[href='{paper.get_absolute_url()}']"))
    expect(clerk.locator(".dossier-meta .state")).to_have_attribute("data-state", "forwarded")
    record_the_reply(clerk)
    conclude(clerk)
    pictured(clerk, "concluded")
    clerk.goto("/dispatches/")
    press(clerk.locator("main a[href='/register/']"))
    expect(clerk.locator("tr", has_text="28/TTr-LĐLĐ")).to_contain_text(SUBJECT)
    pictured(clerk, "register")
    assert list(faults(Tally())) == []


def prepare(page: Page, paper) -> None:
    """Without a subject it is refused; the choice of dossier and recipient stays."""
    press(page.locator(f".tasks a[href='{paper.get_absolute_url()}']"))
    press(page.locator("#decision a[href*='/dispatches/new/']"))
    chosen, to = page.locator(f"[name=dossiers][value='{paper.ref}']"), page.locator("[name=to-BDV-QU]")
    expect(chosen).to_be_checked()
    for other in page.locator("select[name^=to-]").all():
        other.select_option("")
    to.select_option("action")
    ready = page.locator("main form[method=post] button[data-kind=primary]")
    press(ready)
    expect(page.get_by_role("alert").locator("a[href='#id_subject']")).to_be_visible()
    expect(chosen).to_be_checked()
    expect(to).to_have_value("action")
    page.locator("[name=subject]").fill(SUBJECT)
    press(ready)
    expect(page.locator("h1")).to_have_text(SUBJECT)
    expect(page.locator(".notice[data-tone=green]")).to_be_visible()


def sign(page: Page, letter: str) -> None:
    page.goto("/dispatches/")
    press(page.locator("table a", has_text=SUBJECT))
    expect(page).to_have_url(letter)
    press(page.locator("form[action$='/signature/'] button"))
    expect(page.locator("form[action$='/signature/']")).to_have_count(0)


def send(page: Page, letter: str) -> None:
    page.goto(letter)
    press(page.locator("form[action$='/sending/'] button"))
    expect(page.locator("h1")).to_contain_text("28/TTr-LĐLĐ")
    expect(page.locator(".letter-page")).to_contain_text("Số: 28/TTr-LĐLĐ")


def record_the_reply(page: Page) -> None:
    press(page.locator("#referrals a[href*='/referrals/']"))
    page.locator("[name=outcome][value=awarded]").check()
    page.locator("[name=receipt_no]").fill("415-QĐ/QU")
    press(page.locator("main form[method=post] button[data-kind=primary]"))
    expect(page.locator("#referrals")).to_contain_text("415-QĐ/QU")


def conclude(page: Page) -> None:
    decision = page.locator("#main-decision")
    decision.locator("[name=outcome]").fill("Đã khen thưởng")
    decision.locator("[name=decision_no]").fill("415-QĐ/QU")
    decision.locator("[name=decided_on]").fill("15/03/2021")
    press(page.locator(".decision-actions button[form=main-decision]"))
    expect(page.locator(".dossier-meta .state")).to_have_attribute("data-state", "concluded")

"""A district specialist confirms in bulk what they have read: every item of the checklist by an explicit tick."""

from playwright.sync_api import expect

from accounts.models import User
from audit.verification.verify import Tally, faults
from tests.browser.conftest import DESK
from tests.browser.kit.steps import nothing_sideways, press
from workflow.desk import sequence
from workflow.models import Dossier


def test_reports_that_were_read_are_confirmed_together(office, sign_in, scripts, pictured):
    rows = sequence.waiting(User.objects.get(username="chuyenvien2"))
    reports = Dossier.objects.filter(ref__in=[row.ref for row in rows], kind="documents.report")
    reviewer = sign_in("chuyenvien2", java_script_enabled=scripts, **DESK)
    for report in reports:
        reviewer.goto(report.get_absolute_url())
    reviewer.goto("/")
    for report in reports:
        reviewer.locator(f".tasks [name=dossier][value='{report.ref}']").check()
    pictured(reviewer, "ticked")
    press(reviewer.locator("#bulk button[formaction$='/review/']"))
    press(reviewer.locator("button[form=batch]"))
    expect(reviewer.get_by_role("alert")).to_be_visible()
    for item in reviewer.locator("[name^=affirmed-]").all():
        item.check()
    nothing_sideways(reviewer)
    pictured(reviewer, "before-it-is-done")
    press(reviewer.locator("button[form=batch]"))
    expect(reviewer.locator("main .state[data-state=district_reviewed]")).to_have_count(reports.count())
    pictured(reviewer, "what-came-of-each")
    assert list(faults(Tally())) == []

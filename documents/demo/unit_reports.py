"""What became of each unit's report."""

from accounts.models import Authority, Role
from documents.demo import files
from documents.demo.data import stories
from documents.demo.desk import AWARDS_REVIEWER, REVIEWER, decide, lend, officer, points, review, send_up
from documents.demo.reports import correct, written
from documents.models import Campaign, Report
from workflow.decisions.back.recall import RECALL
from workflow.decisions.back.return_ import RETURN
from workflow.decisions.onward.approve import APPROVE
from workflow.decisions.onward.claim import CLAIM
from workflow.decisions.onward.submit import SUBMIT


def reviewed(campaign: Campaign, code: str) -> Report:
    """Written, approved by the chair and reviewed by the district."""
    report = _sent_up(campaign, code, with_minutes=True)
    review(report, by=REVIEWER, note=stories()["review_notes"][code])
    return report


def returned(campaign: Campaign, code: str) -> None:
    """The district found that figures and words disagree: two points for the drafter to answer."""
    report, story = _sent_up(campaign, code, with_minutes=True), stories()["return"]
    reviewer = officer(REVIEWER, Role.REVIEWER)
    decide(CLAIM, report, reviewer)
    decide(RETURN, report, reviewer, points=points(story), note=story["note"])


def claimed(campaign: Campaign, code: str) -> None:
    decide(CLAIM, _sent_up(campaign, code, drafter=2), officer(REVIEWER, Role.REVIEWER))


def recalled(campaign: Campaign, code: str) -> None:
    """Submitted too early, taken back, mended, submitted again as version 2."""
    report, story = written(campaign, code, by := _drafter(code, 2)), stories()["recall"]
    correct(report, by, values=story["before"])
    decide(SUBMIT, report, by)
    decide(RECALL, report, by, note=story["note"])
    correct(report, by, values=story["after"])
    send_up(report, drafter=by, approver=_chair(code))


def corrected(campaign: Campaign, code: str) -> None:
    """Two digits changed places; the chair saw it, went away for a week, and her delegate signed version 2."""
    report, story = written(campaign, code, by := _drafter(code, 2)), stories()["correction"]
    correct(report, by, values=story["before"])
    files.attach(report, by=by, **stories()["files"][code])
    decide(SUBMIT, report, by)
    decide(RETURN, report, chair := _chair(code), points=points(story), note=story["note"])
    correct(report, by, values=story["after"], answer=story["answer"])
    delegate = f"{code.lower()}.3"
    lend(chair, officer(delegate, Role.DRAFTER).person, days=7, **stories()["delegation"])
    send_up(report, drafter=by, approver=officer(delegate, Role.APPROVER, delegated=True))


def approved_alone(campaign: Campaign, code: str) -> None:
    """The unit has one officer, who writes and signs; the record says so for ever."""
    report = written(campaign, code, by := _drafter(code, 1))
    decide(SUBMIT, report, by)
    decide(APPROVE, report, _chair(code), sole_reason=stories()["sole_officer"])
    review(report, by=AWARDS_REVIEWER, note=stories()["review_notes"][code])


def begun(campaign: Campaign, code: str, **fields) -> None:
    """Still on its drafter's desk."""
    written(campaign, code, _drafter(code, 2), **fields)


def _sent_up(campaign: Campaign, code: str, drafter: int = 3, *, with_minutes: bool = False) -> Report:
    report = written(campaign, code, by := _drafter(code, drafter))
    if with_minutes:
        files.attach(report, by=by, **stories()["files"][code])
    send_up(report, drafter=by, approver=_chair(code))
    return report


def _drafter(code: str, number: int) -> Authority:
    return officer(f"{code.lower()}.{number}", Role.DRAFTER)


def _chair(code: str) -> Authority:
    return officer(f"{code.lower()}.1", Role.APPROVER)

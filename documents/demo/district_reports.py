"""The district's own reports: a quick one, and the consolidated one that replaces it and goes up."""

from accounts.models import Role
from documents.demo import files, letters
from documents.demo.data import read, stories
from documents.demo.desk import AWARDS_REVIEWER, CLERK, REVIEWER, decide, endorse, officer, review, send_up
from documents.demo.reports import written
from documents.models import Attachment, Campaign, Report
from workflow.decisions.back.supersede import SUPERSEDE
from workflow.decisions.onward.conclude import CONCLUDE

DEPUTY = "phochutich"
PLAN = "plan-18-KH-LDLD.md"


def quick(campaign: Campaign) -> Report:
    """Endorsed before the units had reported."""
    return _endorsed(_written(campaign, "quick"), "quick")


def consolidated(campaign: Campaign, replacing: Report) -> Report:
    """Endorsed, put in the place of the quick one, sent to three recipients, received by one."""
    story, report = stories()["consolidated"], _written(campaign, "consolidated", replaces=replacing)
    plan = {"name": story["plan"], "kind": Attachment.Kind.OTHER}
    files.attach(report, read(PLAN), by=officer(REVIEWER, Role.DRAFTER), **plan)
    _endorsed(report, "consolidated")
    decide(SUPERSEDE, replacing, officer(CLERK, Role.CLERK), note=story["replacing"])
    letters.send(report, story["dispatch"])
    letters.record_reply(report, story["reply"])
    return report


def take_in(report: Report, into: Report) -> None:
    """Conclude a unit's report in the consolidated one."""
    decide(CONCLUDE, report, officer(REVIEWER, Role.REVIEWER), into=into, outcome=stories()["taken_in"])


def _written(campaign: Campaign, name: str, **fields) -> Report:
    drafter, subject = officer(REVIEWER, Role.DRAFTER), stories()[name]["subject"]
    return written(campaign, campaign.organizer.code, drafter, file=name, subject=subject, **fields)


def _endorsed(report: Report, name: str) -> Report:
    """Through the district's own office to the sitting of its Standing Committee."""
    story = stories()[name]
    send_up(report, drafter=officer(REVIEWER, Role.DRAFTER), approver=officer(DEPUTY, Role.APPROVER))
    review(report, by=AWARDS_REVIEWER, note=story["review"])
    endorse(report, story["minutes_no"], note=story["sitting"])
    return report

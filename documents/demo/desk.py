"""Short words for the stories: who acts, and one decision on the page as it stands."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import Authority, Delegation, Role, User
from administration.delegations.changes import delegate
from ledger.models import Event
from workflow.decisions.definition import Definition
from workflow.decisions.onward.approve import APPROVE
from workflow.decisions.onward.claim import CLAIM
from workflow.decisions.onward.endorse import ENDORSE
from workflow.decisions.onward.review import REVIEW
from workflow.decisions.onward.submit import SUBMIT
from workflow.models import Dossier

CHAIR, REVIEWER, AWARDS_REVIEWER, CLERK = "chutich", "chuyenvien", "chuyenvien2", "vanthu"


def officer(username: str, role: str, *, delegated: bool = False) -> Authority:
    """This person in this role; `delegated`: in an appointment delegated to them."""
    capacities = User.objects.get(username=username).authorities
    return next(by for by in capacities if by.role == role and bool(by.delegation) == delegated)


def decide(definition: Definition, dossier: Dossier, by: Authority, **facts) -> Event:
    """Take a decision as someone does who has just opened the page."""
    page = Dossier.objects.get(pk=dossier.pk)
    return definition.action(page, by=by, seen=page.seen(), key=uuid4(), **facts)


def send_up(dossier: Dossier, *, drafter: Authority, approver: Authority) -> None:
    """Through the unit's own office: submitted and approved."""
    decide(SUBMIT, dossier, drafter)
    decide(APPROVE, dossier, approver)


def review(dossier: Dossier, *, by: str, note: str) -> None:
    """Taken up and found in order, every item of the checklist answered yes."""
    reviewer = officer(by, Role.REVIEWER)
    decide(CLAIM, dossier, reviewer)
    checklist = {code: "yes" for code, _sentence in dossier.paper().checklist}
    decide(REVIEW, dossier, reviewer, checklist=checklist, note=note)


def endorse(dossier: Dossier, minutes_no: str, **facts) -> None:
    """Signed by the chair for today's sitting of the Standing Committee."""
    sitting = {"sitting_on": timezone.localdate(), "minutes_no": minutes_no}
    decide(ENDORSE, dossier, officer(CHAIR, Role.SIGNATORY), **sitting, **facts)


def lend(holder: Authority, to: User, *, days: int, **fields) -> Delegation:
    """The holder lets another act in this appointment from today."""
    today = timezone.localdate()
    dates = {"starts_on": today, "ends_on": today + timedelta(days=days)}
    delegation = Delegation(appointment=holder.appointment, delegate=to, **dates, **fields)
    delegate(delegation, by=holder, key=uuid4())
    return delegation


def points(story: dict) -> list[tuple[str, str]]:
    """The points of a return as the action takes them."""
    return list(story["points"].items())

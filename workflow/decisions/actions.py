"""The one door for every change of state: a function a verb, always the same shape.

Each raises Refused with every reason, or Stale when `seen` is not what is stored. The same `key` again gives the first
result.
"""

from datetime import date
from uuid import UUID

from django.db.models import Q

from accounts.models import Authority
from ledger.models import Event
from workflow.decisions.deciding import decision, once
from workflow.models import Dossier
from workflow.states import Verb


@once
def submit(dossier, *, by: Authority, seen: str, key: UUID, note: str = "") -> Event:
    """Seal a version and lay it before the unit's approver."""
    with decision(Verb.SUBMIT, dossier, by=by, seen=seen, key=key, note=note) as act:
        act.seal_version()
        act.dossier.submitter = by.person
        act.dossier.submit()
    return act.event


@once
def recall(dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event:
    """Take it back to the drafter's desk before anyone above has taken it up."""
    with decision(Verb.RECALL, dossier, by=by, seen=seen, key=key, note=note) as act:
        act.dossier.recall()
    return act.event


@once
def approve(dossier, *, by: Authority, seen: str, key: UUID, note: str = "") -> Event:
    """Sign for the unit."""
    with decision(Verb.APPROVE, dossier, by=by, seen=seen, key=key, note=note) as act:
        act.dossier.approve()
    return act.event


@once
def approve_as_sole_officer(dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event:
    """Sign for the unit although one's own hand is in it, nobody else being eligible; `note` says why."""
    with decision(Verb.APPROVE, dossier, by=by, seen=seen, key=key, note=note, sole=True) as act:
        act.dossier.approve()
    return act.event


@once
def claim(dossier, *, by: Authority, seen: str, key: UUID, note: str = "") -> Event:
    """Say that one is looking at it: a courtesy, any reviewer in scope may take over."""
    with decision(Verb.CLAIM, dossier, by=by, seen=seen, key=key, note=note) as act:
        act.dossier.claim()
        act.dossier.handler = by.person
    return act.event


@once
def review(dossier, *, by: Authority, seen: str, key: UUID, checklist: dict[str, str], note: str = "") -> Event:
    """Confirm the district's review; `checklist` maps each item's code to yes, na or no."""
    facts = {"checklist": checklist}
    with decision(Verb.REVIEW, dossier, by=by, seen=seen, key=key, note=note, facts=facts) as act:
        act.dossier.review()
    return act.event


@once
def review_as_sole_officer(dossier, *, by: Authority, seen: str, key: UUID, checklist: dict, note: str) -> Event:
    """Confirm the review although one's own hand is in it, nobody else being eligible; `note` says why."""
    facts = {"checklist": checklist}
    with decision(Verb.REVIEW, dossier, by=by, seen=seen, key=key, note=note, facts=facts, sole=True) as act:
        act.dossier.review()
    return act.event


@once
def endorse(
    dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    sitting_on: date,
    minutes_no: str,
    tally: dict | None = None,
    note: str = "",
) -> Event:
    """Sign for the Standing Committee what its sitting of `sitting_on` endorsed; `tally` is the raw count of votes."""
    facts = _sitting(sitting_on, minutes_no, tally)
    with decision(Verb.ENDORSE, dossier, by=by, seen=seen, key=key, note=note, facts=facts) as act:
        act.dossier.endorse()
    return act.event


@once
def endorse_as_sole_officer(
    dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    sitting_on: date,
    minutes_no: str,
    note: str,
    tally: dict | None = None,
) -> Event:
    """Endorse although one's own hand is in it, nobody else being eligible; `note` says why."""
    facts = _sitting(sitting_on, minutes_no, tally)
    with decision(Verb.ENDORSE, dossier, by=by, seen=seen, key=key, note=note, facts=facts, sole=True) as act:
        act.dossier.endorse()
    return act.event


@once
def hand_back(dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event:
    """Give it back to the step before, with a reason."""
    with decision(Verb.HAND_BACK, dossier, by=by, seen=seen, key=key, note=note) as act:
        act.dossier.hand_back()
    return act.event


@once
def forward(dossier, *, by: Authority, seen: str, key: UUID, dispatch: str, note: str = "") -> Event:
    """Send it up with the numbered letter `dispatch` (such as 27/TTr-LĐLĐ)."""
    with decision(Verb.FORWARD, dossier, by=by, seen=seen, key=key, note=note, facts={"dispatch": dispatch}) as act:
        act.dossier.forward()
    return act.event


@once
def record_reply(
    dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    recipient: str,
    outcome: str,
    replied_on: date,
    receipt_no: str = "",
    note: str = "",
) -> Event:
    """Record what one recipient answered; the state stays."""
    facts = {"recipient": recipient, "outcome": outcome, "receipt_no": receipt_no, "replied_on": _iso(replied_on)}
    with decision(Verb.RECORD_REPLY, dossier, by=by, seen=seen, key=key, note=note, facts=facts) as act:
        act.dossier.record_reply()
    return act.event


@once
def conclude(
    dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    outcome: str,
    into: Dossier | None = None,
    decision_no: str = "",
    decided_on: date | None = None,
    note: str = "",
) -> Event:
    """End the road: taken `into` the district's own report, decided by the district, or answered by every recipient."""
    facts = {
        "outcome": outcome,
        "into": str(into.ref) if into else "",
        "decision_no": decision_no,
        "decided_on": _iso(decided_on),
    }
    beside = Q(pk=into.pk) if into else None
    with decision(Verb.CONCLUDE, dossier, by=by, seen=seen, key=key, note=note, facts=facts, beside=beside) as act:
        act.dossier.conclude()
    return act.event


@once
def return_(
    dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    points: list[tuple],
    letter_no: str = "",
    note: str = "",
) -> Event:
    """Send it back with points, each a (place, text) or (place, text, kind of fault).

    Once forwarded, it cites the upper body's letter.
    """
    facts = {"points": [_point(number, *point) for number, point in enumerate(points, 1)]}
    if letter_no:
        facts["letter_no"] = letter_no
    texts = {f"point.{number}": text for number, (_place, text, *_reason) in enumerate(points, 1)}
    with decision(Verb.RETURN, dossier, by=by, seen=seen, key=key, note=note, facts=facts, texts=texts) as act:
        act.dossier.return_()
    return act.event


@once
def reject(dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event:
    """Decline to propose a nomination, with the reason."""
    with decision(Verb.REJECT, dossier, by=by, seen=seen, key=key, note=note) as act:
        act.dossier.reject()
    return act.event


@once
def withdraw(dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event:
    """The unit takes it off the road, with the reason."""
    with decision(Verb.WITHDRAW, dossier, by=by, seen=seen, key=key, note=note) as act:
        act.dossier.withdraw()
    return act.event


@once
def reopen(dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event:
    """Make a draft again of what was declined or withdrawn, with the reason."""
    with decision(Verb.REOPEN, dossier, by=by, seen=seen, key=key, note=note) as act:
        act.dossier.reopen()
    return act.event


@once
def supersede(dossier, *, by: Authority, seen: str, key: UUID, note: str = "") -> Event:
    """Mark it as replaced by the dossier that names it in `replaces`."""
    beside = Q(replaces=dossier.pk)
    with decision(Verb.SUPERSEDE, dossier, by=by, seen=seen, key=key, note=note, beside=beside) as act:
        act.dossier.supersede()
    return act.event


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _point(number: int, place: str, text: str, reason: str = "") -> dict:
    """What the record says openly of a point; its text is committed to."""
    return {"place": place, "number": number} | ({"reason": reason} if reason else {})


def _sitting(sitting_on, minutes_no, tally) -> dict:
    return {"sitting_on": _iso(sitting_on), "minutes_no": minutes_no, "tally": tally}

"""Was a recorded decision lawful: a legal step, by someone who held the office on that day, with four eyes?"""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache

from django.utils import timezone

from accounts.models import Role
from accounts.reach import OWN_UNIT
from audit.verification.standing import Tree
from ledger.models import Event
from workflow.models import Version
from workflow.models.steps import legal_steps, roles
from workflow.states import DRAFTING, FOUR_EYES, State, Verb

BY_THE_DRAFTER = DRAFTING | {Verb.CREATE}


@dataclass
class Past:
    """What a dossier's chain has said so far."""

    tree: Tree
    state: str = ""
    version: int = 0
    submitters: set = field(default_factory=set)
    deciders: list = field(default_factory=list)  # (verb, refs of the people whose decision it was)

    def take(self, event: Event) -> None:
        self.state, self.version = event.to_state, event.version
        if event.verb == Verb.SUBMIT:
            self.submitters |= _people(event)
        elif event.verb in FOUR_EYES:
            self.deciders.append((event.verb, _people(event)))


def unlawful(event: Event, past: Past) -> Iterator[str]:
    """Every way in which this event breaks the law of its dossier, given what came before."""
    if event.from_state != past.state:
        yield f"starts from “{event.from_state}” where the chain stood at “{past.state}”"
    if (event.verb, event.from_state, event.to_state) not in _steps():
        yield f"“{event.verb}” from “{event.from_state}” to “{event.to_state}” is not a legal step"
        return
    yield from _version(event, past)
    yield from _office(event)
    yield from _reach(event, past.tree)
    if event.sole_officer:
        yield from _sole_officer(event)
    elif event.verb in FOUR_EYES:
        yield from _four_eyes(event, past)
    if event.verb == Verb.RETURN:
        yield from _points(event)


def _version(event: Event, past: Past) -> Iterator[str]:
    due = past.version + (event.verb == Verb.SUBMIT)
    if event.version != due:
        yield f"names version {event.version} where {due} was due"
    elif event.content_hash:
        sealed = Version.objects.filter(dossier__ref=event.chain, number=event.version).first()
        if sealed is None or sealed.content_hash != event.content_hash:
            yield f"names content that is not the sealed version {event.version}"
    elif event.version and event.verb not in BY_THE_DRAFTER:
        yield "names no content although a version was sealed"


def _office(event: Event) -> Iterator[str]:
    """The appointment, and the delegation if any, in force on that day, for the right role at the right unit."""
    day, office = timezone.localdate(event.at), event.appointment
    if office is None:
        yield "names no appointment"
        return
    holder = event.acting_for_id or event.actor_id
    if office.user_id != holder or office.role != event.role:
        yield "the appointment is not that of the person and role it names"
    if not _held(office, day, event.at):
        yield "the appointment was not in force on that day"
    if event.acting_for_id:
        lent = event.delegation
        if lent is None or lent.delegate_id != event.actor_id or lent.appointment_id != office.pk:
            yield "acts for another without a delegation"
        elif not _held(lent, day, event.at):
            yield "the delegation was not in force on that day"
    asked = {Role.DRAFTER} if event.verb in BY_THE_DRAFTER else roles(Verb(event.verb), State(event.from_state))
    if event.role not in asked:
        yield f"“{event.verb}” is no right of the role “{event.role}”"


def _reach(event: Event, tree: Tree) -> Iterator[str]:
    """The dossier's own unit, or for the wider offices one that the office's unit covers."""
    office, unit = event.appointment, event.dossier.unit
    if event.unit_id != unit.pk:
        yield "names another unit than its dossier's"
    if office is None:
        return
    if event.role in OWN_UNIT:
        if office.unit_id != unit.pk:
            yield "was taken at another unit than the appointment's"
    elif not tree.covered(office.unit.code, unit.code, event.at):
        yield "was taken for a unit that the appointment's does not cover"


def _sole_officer(event: Event) -> Iterator[str]:
    if event.verb not in FOUR_EYES:
        yield f"marks “{event.verb}” as a sole officer's"
    elif "note" not in _committed(event):
        yield "a sole officer decided without giving a reason"


def _committed(event: Event) -> dict:
    try:
        return json.loads(bytes(event.envelope))["texts"]
    except (ValueError, KeyError, TypeError):
        return {}  # the broken envelope is named elsewhere


def _points(event: Event) -> Iterator[str]:
    """The points as stored against those the return named, and their words where the opening still holds them."""
    stored = list(event.points.order_by("number"))
    named = event.facts.get("points", ())
    said = [(event.dossier.pk, point["number"], point["place"], point.get("reason", "")) for point in named]
    if [(point.dossier_id, point.number, point.place, point.reason) for point in stored] != said:
        yield "the points stored are not those of the return"
    words = event.texts
    if any(words.get(f"point.{point.number}", "") != point.text for point in stored):
        yield "the words of a point are not those of the return"


def _held(dated, day, moment) -> bool:
    within = dated.starts_on <= day and (dated.ends_on is None or day <= dated.ends_on)
    return within and (dated.ended_at is None or moment <= dated.ended_at)


def _four_eyes(event: Event, past: Past) -> Iterator[str]:
    sealed = Version.objects.filter(dossier__ref=event.chain, number=event.version).first()
    try:
        content = json.loads(bytes(sealed.content)) if sealed else {}
        editors, nominees = set(content.get("editors", ())), set(content.get("nominees", ()))
    except (ValueError, AttributeError, TypeError):
        editors, nominees = set(), set()  # the broken content is named elsewhere
    if _people(event) & nominees:
        yield "decided on an award proposed for themselves"
    others = {ref for verb, people in past.deciders if verb != event.verb for ref in people}
    if _people(event) & (editors | past.submitters | others):
        yield "the same hand wrote, submitted or decided before, and it is not marked as a sole officer's"


def _people(event: Event) -> set[str]:
    return {str(person.ref) for person in (event.actor, event.acting_for) if person}


@cache
def _steps() -> frozenset:
    return frozenset(legal_steps())

"""Was a recorded decision lawful: a legal step, by someone who held the office on that day, with four eyes?"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache

from django.utils import timezone

from accounts.models import Role
from accounts.reach import OWN_UNIT
from audit.verification.beside import Beside, DossierRow, Known
from audit.verification.sealed_event import Reading
from audit.verification.standing import Tree
from audit.verification.stream import Row
from ledger.shape import Malformed, points_of, shown
from workflow.models.steps import legal_steps, roles
from workflow.states import DRAFTING, FOUR_EYES, State, Verb

BY_THE_DRAFTER = DRAFTING | {Verb.CREATE}


@dataclass
class Past:
    """What a dossier's chain has said so far."""

    state: str = ""
    version: int = 0
    submitters: set = field(default_factory=set)  # refs
    deciders: list = field(default_factory=list)  # (verb, refs of the people whose decision it was)
    author: int | None = None  # who began it
    begun_at: datetime | None = None
    beginning: object = None  # facts of the first event
    claim: Row | None = None  # the event by which somebody took it up as it now stands
    submitter: int | None = None
    submitted_at: list = field(default_factory=list)
    moved_at: datetime | None = None
    files: set = field(default_factory=set)  # SHA-256 of those attached
    facts: object = None  # of the last event

    def take(self, event: Row, reading: Reading, known: Known) -> None:
        if event.seq == 1:
            self.author, self.begun_at, self.beginning = event.actor, event.at, reading.facts
        if event.from_state != event.to_state:
            self.moved_at, self.claim = event.at, None
        if event.verb in (Verb.ATTACH, Verb.DETACH):
            named = reading.facts.get("sha256") if isinstance(reading.facts, dict) else None
            self.files ^= {named} if isinstance(named, str) else set()
        if event.verb == Verb.CLAIM:
            self.claim = event
        if event.verb == Verb.SUBMIT:
            self.submitters |= _people(event, known)
            self.submitter = event.actor
            self.submitted_at.append(event.at)
        elif event.verb in FOUR_EYES:
            self.deciders.append((event.verb, _people(event, known)))
        self.state, self.version, self.facts = event.to_state, event.version, reading.facts


def unlawful(event: Row, reading: Reading, past: Past, beside: Beside, tree: Tree) -> Iterator[str]:
    """Every way in which this event breaks the law of its dossier, given what came before."""
    dossier = beside.dossiers[event.chain]
    if event.from_state != past.state:
        yield f"starts from “{event.from_state}” where the chain stood at “{past.state}”"
    if (event.verb, event.from_state, event.to_state) not in _steps():
        step = f"“{shown(event.verb)}” from “{event.from_state}” to “{event.to_state}”"
        yield f"{step} is not a legal step"
        return
    yield from _version(event, past, dossier, beside)
    yield from _office(event, beside.known)
    yield from _reach(event, dossier, beside.known, tree)
    if event.sole_officer:
        yield from _sole_officer(event, reading)
    elif event.verb in FOUR_EYES:
        yield from _four_eyes(event, past, dossier, beside)
    if event.verb == Verb.RETURN:
        yield from _points(reading, dossier, beside.points[event.pk])


def _version(event: Row, past: Past, dossier: DossierRow, beside: Beside) -> Iterator[str]:
    due = past.version + (event.verb == Verb.SUBMIT)
    if event.version != due:
        yield f"names version {event.version} where {due} was due"
    elif event.content_hash:
        sealed = beside.sealed(dossier, event.version)
        if sealed is None or sealed.content_hash != event.content_hash:
            yield f"names content that is not the sealed version {event.version}"
    elif event.version and event.verb not in BY_THE_DRAFTER:
        yield "names no content although a version was sealed"


def _office(event: Row, known: Known) -> Iterator[str]:
    """The appointment, and the delegation if any, in force on that day, for the right role at the right unit."""
    office = known.offices.get(event.appointment)
    if office is None:
        yield "names no appointment"
        return
    holder = event.acting_for or event.actor
    if office.holder != holder or office.role != event.role:
        yield "the appointment is not that of the person and role it names"
    if not _in_force(office, event.at):
        yield "the appointment was not in force on that day"
    if event.acting_for:
        delegated = known.delegations.get(event.delegation)
        if delegated is None or delegated.delegate != event.actor or delegated.appointment != event.appointment:
            yield "acts for another without a delegation"
        elif not _in_force(delegated, event.at):
            yield "the delegation was not in force on that day"
    requested = {Role.DRAFTER} if event.verb in BY_THE_DRAFTER else roles(Verb(event.verb), State(event.from_state))
    if event.role not in requested:
        yield f"“{event.verb}” is no right of the role “{shown(event.role)}”"


def _reach(event: Row, dossier: DossierRow, known: Known, tree: Tree) -> Iterator[str]:
    """The dossier's own unit, or for the wider offices one that the office's unit covers."""
    office = known.offices.get(event.appointment)
    if event.unit != dossier.unit:
        yield "names another unit than its dossier's"
    if office is None:
        return
    if event.role in OWN_UNIT:
        if office.unit != dossier.unit:
            yield "was taken at another unit than the appointment's"
    elif event.at and not tree.covered(known.units.get(office.unit), known.units.get(dossier.unit), event.at):
        yield "was taken for a unit that the appointment's does not cover"


def _sole_officer(event: Row, reading: Reading) -> Iterator[str]:
    if event.verb not in FOUR_EYES:
        yield f"marks “{event.verb}” as a sole officer's"
    elif "note" not in reading.commitments:
        yield "a sole officer decided without giving a reason"


def _points(reading: Reading, dossier: DossierRow, stored: list[tuple]) -> Iterator[str]:
    """The points as stored against those the return named, and their words where the opening still holds them."""
    try:
        named = [(dossier.pk, *point) for point in points_of(reading.facts)]
    except Malformed as fault:
        yield str(fault)
        return
    if [(pk, number, place, reason) for pk, number, place, reason, *_words in stored] != named:
        yield "the points stored are not those of the return"
    words = reading.words.get
    if any(
        (words(f"point.{number}", ""), words(f"place.{number}", "")) != (text, label)
        for _pk, number, _place, _reason, text, label in stored
    ):
        yield "the words of a point are not those of the return"


def _in_force(dated, moment: datetime | None) -> bool:
    if moment is None or dated.starts_on is None:
        return False
    day = moment.astimezone(timezone.get_default_timezone()).date()
    within = dated.starts_on <= day and (dated.ends_on is None or day <= dated.ends_on)
    return within and (dated.ended_at is None or moment <= dated.ended_at)


def _four_eyes(event: Row, past: Past, dossier: DossierRow, beside: Beside) -> Iterator[str]:
    sealed, people = beside.sealed(dossier, event.version), _people(event, beside.known)
    if sealed and people & sealed.manifest["nominees"]:
        yield "decided on an award proposed for themselves"
    others = {ref for verb, deciders in past.deciders if verb != event.verb for ref in deciders}
    if people & ((sealed.manifest["editors"] if sealed else set()) | past.submitters | others):
        yield "the same hand wrote, submitted or decided before, and it is not marked as a sole officer's"


def _people(event: Row, known: Known) -> set[str]:
    return {known.people[pk] for pk in (event.actor, event.acting_for) if pk in known.people}


@cache
def _steps() -> frozenset:
    return frozenset(legal_steps())

"""Making and editing a draft: every content write happens under the dossier's row lock, and names its editor."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Authority, Role
from accounts.reach import reaches
from ledger.append import Head, append, head_of
from ledger.canonical import sha256
from ledger.envelope import Entry, Facts
from ledger.models import Event
from ledger.rows import marked
from workflow.decisions.rules import lock_authority, slot_free
from workflow.errors import AlreadyRecorded, Refused
from workflow.models import Dossier, Editor, Point
from workflow.models.steps import sources
from workflow.search.index import index
from workflow.states import State, Verb


@dataclass(frozen=True)
class Missing:
    """Something the outline still wants, and the place of the paper where it belongs."""

    place: str  # as in `Dossier.places()`
    sentence: str


def why_not_edit(dossier: Dossier, by: Authority) -> list[str]:
    """Reasons against changing the content in this capacity now."""
    if by.role != Role.DRAFTER or not reaches(by, dossier):
        return [_("Only a drafter of %(unit)s can change this dossier.") % {"unit": dossier.unit.name}]
    if not dossier.is_open:
        label = State(dossier.state).label
        return [_("This dossier is “%(state)s”: its content is sealed and cannot be changed.") % {"state": label}]
    return []


def create(paper: Dossier, *, by: Authority, key: UUID) -> Event:
    """Begin a dossier: the unsaved child becomes a draft with the first event of its chain.

    The same key again for the same paper gives the first event; take the dossier from it, not from `paper`.
    """
    try:
        with transaction.atomic():
            return _begun(paper, by, key) or _begin(paper, by, key)
    except (IntegrityError, Refused) as refusal:  # a double click or a second drafter was faster
        if earlier := _begun(paper, by, key):
            return earlier
        if isinstance(refusal, IntegrityError) and (reasons := list(slot_free(paper))):
            raise Refused(*reasons) from None
        raise


def _begun(paper: Dossier, by: Authority, key: UUID) -> Event | None:
    earlier = Event.objects.filter(key=key).first()
    if earlier and (earlier.actor_id, earlier.verb) != (by.person.pk, Verb.CREATE):
        raise Refused(_("This form has already been used for another decision. Please open the page again."))
    if earlier:
        paper.begin()
        first = Dossier.objects.get(ref=earlier.chain)
        if (first.kind, first.unit_id, first.slot) != (paper._meta.label_lower, paper.unit_id, paper.slot):
            raise AlreadyRecorded(earlier)
    return earlier


def _begin(paper: Dossier, by: Authority, key: UUID) -> Event:
    if paper.replaces_id:  # dossiers before offices, in every transaction alike
        paper.replaces = Dossier.objects.select_for_update(of=("self",)).get(pk=paper.replaces_id)
    if not by.still_holds() or by.role != Role.DRAFTER or by.unit.pk != paper.unit_id:
        raise Refused(_("Only a drafter of %(unit)s can start this dossier.") % {"unit": paper.unit.name})
    paper.begin()
    if reasons := [*replaceable(paper), *slot_free(paper)]:
        raise Refused(*reasons)
    head = head_of(paper.ref)
    paper.author, paper.state_since, paper.created_at = by.person, head.moment, head.moment
    paper.save()
    _note_editors(paper, by)
    entry = _entry(paper, head, Verb.CREATE, by, key, {"subject": paper.subject}, _beginning(paper))
    event = append(entry, unit=paper.unit)
    index(paper)
    return event


def _beginning(paper: Dossier) -> Facts:
    """What it stays to its end, as `guards.BEGINNING` reads it off the row; its slot hashed: it may name a person."""
    facts = {
        "due_on": paper.due_on.isoformat() if paper.due_on else None,
        "replaces": str(paper.replaces.ref) if paper.replaces else None,
        "slot": sha256(f"{paper.ref} {paper.slot}".encode()).hex() if paper.slot is not None else None,
    }
    return {name: fact for name, fact in facts.items() if fact is not None}


@contextmanager
def edit(dossier: Dossier, *, by: Authority):
    """Hold the dossier's row and yield its paper for changes. Raises Refused when it is not yours or not open."""
    with transaction.atomic():
        locked = Dossier.objects.select_for_update(of=("self",)).select_related("unit").get(pk=dossier.pk)
        if reasons := why_not_edit(locked, by):
            raise Refused(*reasons)
        lock_authority(by)
        _note_editors(locked, by)
        paper = locked.paper()
        indexed = paper.subject, paper.search_terms()
        yield paper
        if (paper.subject, paper.search_terms()) != indexed:
            index(paper)


def attached(paper: Dossier, *, by: Authority, name: str, sha256: str, verb: Verb) -> Event:
    """Record a file added or removed; call inside `edit`. The name is committed to, the hash said openly."""
    entry = _entry(paper, head_of(paper.ref), verb, by, uuid4(), {"file": name}, {"sha256": sha256})
    return append(entry, unit=paper.unit)


def answered(paper: Dossier, points: list[Point], *, by: Authority) -> Event:
    """Record what was said to points of a return; call inside `edit`, with the points saved."""
    key = uuid4()
    standing = marked((key, point) for point in points)
    entry = _entry(paper, head_of(paper.ref), Verb.ANSWER, by, key, {}, {"answers": [point.number for point in points]})
    return append(replace(entry, rows=standing), unit=paper.unit)


def _note_editors(dossier: Dossier, by: Authority) -> None:
    rows = [Editor(dossier_id=dossier.pk, user_id=pk) for pk in sorted(by.people)]
    Editor.objects.bulk_create(rows, ignore_conflicts=True)


def _entry(dossier, head: Head, verb, by, key, texts, facts=None) -> Entry:
    return Entry(
        chain=dossier.ref,
        seq=head.seq + 1,
        prev=head.leaf,
        at=head.moment,
        verb=verb,
        by=by,
        key=key,
        kind=dossier.kind,
        unit=dossier.unit.code,
        before=head.state,
        after=dossier.state,
        version=dossier.version,
        facts=facts or {},
        texts=texts,
    )


def replaceable(dossier: Dossier) -> Iterator[str]:
    """Why not what a new dossier would replace: only one like itself that has come too far to be mended."""
    replaced = dossier.replaces
    if replaced is None:
        return
    if (replaced.kind, replaced.unit_id, replaced.slot) != (dossier._meta.label_lower, dossier.unit_id, dossier.slot):
        yield _("Only a paper of the same kind, unit and campaign can be replaced.")
    elif State(replaced.state) not in sources(Verb.SUPERSEDE):
        yield _("Only a paper that is endorsed, forwarded or concluded can be replaced.")

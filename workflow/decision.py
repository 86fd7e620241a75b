"""What every decision has in common: lock, check, move, save, seal the event, queue the notices; one transaction."""

from contextlib import contextmanager
from functools import wraps
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authority import Authority
from workflow.errors import Refused, Stale
from workflow.ledger.append import append
from workflow.ledger.canonical import canonical, sha256
from workflow.ledger.envelope import Entry
from workflow.models import Dossier, Event, Point, Version
from workflow.notices import queue
from workflow.rules import why_not
from workflow.states import OPEN, State, Verb

MOVED = ["state", "state_since", "version", "submitter", "handler"]


class _Settled(Exception):
    """This key was used before: its first result stands."""

    def __init__(self, event: Event):
        self.event = event


def once(action):
    """The same key again gives the first result and does nothing."""

    @wraps(action)
    def settle(*args, **kwargs) -> Event:
        try:
            return action(*args, **kwargs)
        except _Settled as settled:
            return settled.event

    return settle


class Decision:
    """One decision under way: the locked row to move, its paper to ask, and the event once sealed."""

    def __init__(self, dossier: Dossier, paper: Dossier):
        self.dossier, self.paper = dossier, paper
        self.event: Event | None = None
        self.points: list[tuple[str, str]] = []
        self.content_hash = paper.situation.sealed_hash if dossier.version else ""

    def keep_points(self) -> None:
        """Store the points of a return once its event stands, for the drafter to answer one by one."""
        labels = dict(self.paper.places()) if self.points else {}
        Point.objects.bulk_create(
            Point(
                dossier=self.dossier,
                event=self.event,
                number=number,
                place=place,
                place_label=labels[place],
                text=text,
            )
            for number, (place, text) in enumerate(self.points, 1)
        )

    def seal_version(self, by: Authority) -> None:
        """Freeze what is submitted: the content, its hashes, and everyone who ever edited it."""
        self.dossier.version += 1
        content = canonical(sealed_content(self.paper, self.dossier.version))
        self.content_hash = sha256(content).hex()
        Version.objects.create(
            dossier=self.dossier,
            number=self.dossier.version,
            content=content,
            content_hash=self.content_hash,
            sealed_at=timezone.now(),
        )


def sealed_content(paper: Dossier, number: int) -> dict:
    """The manifest of one version: what, whose, by whom, with the SHA-256 of every part beside the whole."""
    content = paper.content()
    return {
        "v": 1,
        "dossier": str(paper.ref),
        "number": number,
        "kind": paper.kind,
        "unit": paper.unit.code,
        "subject": paper.subject,
        "editors": sorted(str(ref) for ref in paper.situation.editors.values()),
        "content": content,
        "hashes": {place: sha256(canonical(part)).hex() for place, part in content.get("parts", {}).items()},
    }


@contextmanager
def decision(verb, dossier, *, by: Authority, seen: str, key: UUID, note="", facts=None, texts=None, sole=False):
    """Yield a `Decision` whose body moves `act.dossier`. Raises Refused with every reason, Stale when `seen` is old."""
    asked = (facts or {}) | {"note": note}
    with transaction.atomic():
        paper = _paper_of(dossier, _locked_state(dossier), key)
        _settle_if_known(paper, verb, by)
        if not by.still_holds():
            raise Refused(_("Your appointment no longer allows this."))
        if reasons := why_not(verb, paper, by, asked, sole=sole):
            raise Refused(*reasons)
        if seen != paper.seen():
            raise Stale(_("This paper has changed since you opened it. Read the new version before you decide."))
        locked = paper.dossier_ptr  # the same row without its child: what a decision moves and saves
        before, act = locked.state, Decision(locked, paper)
        yield act
        moment = timezone.now()
        if locked.state != before:
            locked.state_since, locked.handler = moment, None
        locked.save(update_fields=MOVED)
        entry = Entry(
            chain=locked.ref,
            seq=paper.situation.head_seq + 1,
            prev=paper.situation.head_leaf,
            at=moment,
            verb=verb,
            by=by,
            key=key,
            kind=locked.kind,
            unit=paper.unit.code,
            before=before,
            after=locked.state,
            version=locked.version,
            content_hash=act.content_hash,
            sole_officer=sole,
            facts=facts or {},
            texts={"note": note} | (texts or {}),
        )
        act.event = append(entry, dossier=locked, unit=paper.unit)
        act.keep_points()
        queue(act.event)


def _locked_state(dossier: Dossier) -> str:
    """Hold the row until the transaction ends; nobody else decides or edits meanwhile."""
    return Dossier.objects.select_for_update(of=("self",)).values_list("state", flat=True).get(pk=dossier.pk)


def _paper_of(dossier: Dossier, state: str, key: UUID) -> Dossier:
    """The child with everything rules ask for, in one statement after the lock (the lock's own sees older tables)."""
    rows = apps.get_model(dossier.kind).objects.with_situation(key).select_related("unit")
    needs_content = state in OPEN or state == State.WITHDRAWN
    return (rows.with_content() if needs_content else rows).get(pk=dossier.pk)


def _settle_if_known(paper: Dossier, verb: Verb, by: Authority) -> None:
    if paper.situation.prior_event_id is None:
        return
    event = Event.objects.select_related("opening").get(pk=paper.situation.prior_event_id)
    if (event.dossier_id, event.verb, event.actor_id) != (paper.pk, verb, by.person.pk):
        raise Refused(_("This form was already used for another decision. Open the page again."))
    raise _Settled(event)

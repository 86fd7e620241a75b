"""What every decision has in common: lock, check, move, save, seal the event, queue the notices; one transaction."""

from contextlib import contextmanager
from functools import wraps
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.authority import Authority
from workflow.errors import Refused, Stale
from workflow.facts import plain
from workflow.ledger.append import append
from workflow.ledger.canonical import canonical, sha256
from workflow.ledger.envelope import Entry
from workflow.ledger.sealing import sealed_content
from workflow.models import Dossier, Event, Point, Version
from workflow.notices import queue
from workflow.rules import hold, why_not
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
        self.content_hash = paper.situation.sealed_hash if dossier.version else ""

    def keep_points(self, named: list[dict], texts: dict[str, str]) -> None:
        """Store the points of a return once its event stands, for the drafter to answer one by one."""
        labels = dict(self.paper.places()) if named else {}
        Point.objects.bulk_create(
            Point(
                dossier=self.dossier,
                event=self.event,
                number=point["number"],
                place=point["place"],
                place_label=labels[point["place"]],
                text=texts[f"point.{point['number']}"],
                reason=point.get("reason", ""),
            )
            for point in named
        )

    def seal_version(self) -> None:
        """Freeze what is submitted: the content, its hashes, everyone who ever edited it, the points answered."""
        self.dossier.version += 1
        content = canonical(sealed_content(self.paper, self.dossier.version))
        self.content_hash = sha256(content).hex()
        Version.objects.create(
            dossier=self.dossier,
            number=self.dossier.version,
            content=content,
            content_hash=self.content_hash,
            sealed_at=self.paper.situation.moment,
        )


@contextmanager
def decision(
    verb,
    dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    note="",
    facts=None,
    texts=None,
    sole=False,
    beside: Q | None = None,
):
    """Yield a `Decision` whose body moves `act.dossier`. Raises Refused with every reason, Stale when `seen` is old.

    `beside`: other dossiers whose state the rules read, to be held as well.
    """
    facts, texts = plain(facts or {}), plain({"note": note} | (texts or {}))
    with transaction.atomic():
        paper = _paper_of(dossier, verb, _locked_state(dossier, beside), key)
        _settle_if_known(paper, verb, by)
        hold(by)
        if reasons := why_not(verb, paper, by, facts | {"note": texts["note"], "texts": texts}, sole=sole):
            raise Refused(*reasons)
        if seen != paper.seen():
            raise Stale(_("This paper has changed since you opened it. Read the new version before you decide."))
        locked = paper.dossier_ptr  # the same row without its child: what a decision moves and saves
        before, act = locked.state, Decision(locked, paper)
        yield act
        moment = paper.situation.moment
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
            facts=facts,
            texts=texts,
        )
        act.event = append(entry, dossier=locked, unit=paper.unit)
        act.keep_points(facts.get("points", []), texts)
        queue(act.event)


def _locked_state(dossier: Dossier, beside: Q | None) -> str:
    """Hold the row until the transaction ends, and those beside it, always in the same order."""
    here = Q(pk=dossier.pk) | beside if beside else Q(pk=dossier.pk)
    rows = Dossier.objects.select_for_update().filter(here).order_by("pk")
    return dict(rows.values_list("pk", "state"))[dossier.pk]


def _paper_of(dossier: Dossier, verb: Verb, state: str, key: UUID) -> Dossier:
    """The child with everything rules ask for, in one statement after the lock (the lock's own sees older tables)."""
    rows = apps.get_model(dossier.kind).objects.with_situation(key).select_related("unit")
    needs_content = state in OPEN or state == State.WITHDRAWN or verb == Verb.RETURN
    return (rows.with_content() if needs_content else rows).get(pk=dossier.pk)


def _settle_if_known(paper: Dossier, verb: Verb, by: Authority) -> None:
    if paper.situation.prior_event_id is None:
        return
    event = Event.objects.select_related("opening").get(pk=paper.situation.prior_event_id)
    if (event.dossier_id, event.verb, event.actor_id) != (paper.pk, verb, by.person.pk):
        raise Refused(_("This form was already used for another decision. Open the page again."))
    raise _Settled(event)

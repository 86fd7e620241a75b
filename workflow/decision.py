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
from workflow.search.index import learn
from workflow.states import OPEN, State, Verb

MOVED = ["state", "state_since", "version", "submitter", "handler"]


class _Settled(Exception):
    """This key was used before: its first result stands."""

    def __init__(self, event: Event):
        self.event = event


def once(action):
    """The same key again gives the first result and does nothing."""

    @wraps(action)
    def decided(*args, **kwargs) -> Event:
        try:
            return action(*args, **kwargs)
        except _Settled as settled:
            return settled.event

    return decided


class Decision:
    """One decision under way: the locked row to move, its paper to ask, and the event once sealed."""

    def __init__(self, verb: Verb, paper: Dossier, by: Authority, key: UUID, facts: dict, texts: dict, sole: bool):
        self.verb, self.paper, self.by, self.key = verb, paper, by, key
        self.facts, self.texts, self.sole = facts, texts, sole
        self.dossier = paper.dossier_ptr  # the same row without its child: what a decision moves and saves
        self.before = self.dossier.state
        self.event: Event | None = None
        self.content_hash = paper.situation.sealed_hash if paper.version else ""

    def check(self, seen: str) -> None:
        """Raise Refused with every reason, Stale when `seen` is not what is stored."""
        said = self.facts | {"note": self.texts["note"], "texts": self.texts}
        if reasons := why_not(self.verb, self.paper, self.by, said, sole=self.sole):
            raise Refused(*reasons)
        if seen != self.paper.seen():
            raise Stale(_("This paper has changed since you opened it. Read the new version before you decide."))

    def date(self) -> None:
        """Have the moved row say since when, and free it of whoever took up the step before."""
        if self.dossier.state != self.before:
            self.dossier.state_since, self.dossier.handler = self.paper.situation.moment, None

    def entry(self) -> Entry:
        """What the dossier's chain is to say of it."""
        situation = self.paper.situation
        return Entry(
            chain=self.dossier.ref,
            seq=situation.head_seq + 1,
            prev=situation.head_leaf,
            at=situation.moment,
            verb=self.verb,
            by=self.by,
            key=self.key,
            kind=self.dossier.kind,
            unit=self.paper.unit.code,
            before=self.before,
            after=self.dossier.state,
            version=self.dossier.version,
            content_hash=self.content_hash,
            sole_officer=self.sole,
            facts=self.facts,
            texts=self.texts,
        )

    def keep_points(self) -> None:
        """Store the points of a return once its event stands, for the drafter to answer one by one."""
        named = self.facts.get("points", [])
        labels = dict(self.paper.places()) if named else {}
        Point.objects.bulk_create(
            Point(
                dossier=self.dossier,
                event=self.event,
                number=point["number"],
                place=point["place"],
                place_label=labels[point["place"]],
                text=self.texts[f"point.{point['number']}"],
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


class Alone:
    """How a decision by itself is held and written: in a transaction of its own."""

    @contextmanager
    def holding(self, dossier: Dossier, verb: Verb, by: Authority, key: UUID, beside: Q | None):
        with transaction.atomic():
            paper = _paper_of(dossier, verb, _locked_state(dossier, beside), key)
            if paper.situation.prior_event_id:
                prior = Event.objects.select_related("opening").get(pk=paper.situation.prior_event_id)
                settle(prior, paper, verb, by)
            hold(by)
            yield paper

    def write(self, act: Decision) -> None:
        act.dossier.save(update_fields=MOVED)
        act.event = append(act.entry(), dossier=act.dossier, unit=act.paper.unit)
        act.keep_points()
        learn(act.event, act.paper)
        queue(act.event)


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

    `beside`: other dossiers whose state the rules read, to be held as well. A paper that `workflow.together` holds is
    decided with the others held there.
    """
    facts, texts = plain(facts or {}), plain({"note": note} | (texts or {}))
    held = getattr(dossier, "together", None) or Alone()
    with held.holding(dossier, verb, by, key, beside) as paper:
        act = Decision(verb, paper, by, key, facts, texts, sole)
        act.check(seen)
        yield act
        act.date()
        held.write(act)


def settle(prior: Event, paper: Dossier, verb: Verb, by: Authority) -> None:
    """This key was used before: end here with its event, unless it was for something else."""
    if (prior.dossier_id, prior.verb, prior.actor_id) != (paper.pk, verb, by.person.pk):
        raise Refused(_("This form has already been used for another decision. Please open the page again."))
    raise _Settled(prior)


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

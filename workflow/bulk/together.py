"""Many decisions of one person in one transaction: each the same decision as ever, held and written with the others."""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from uuid import UUID

from django.apps import apps
from django.db import transaction
from django.db.models import Q

from accounts.models import Authority
from ledger.append import append_each
from ledger.models import Event
from workflow.decisions.deciding import MOVED, Decision, settle
from workflow.decisions.rules import hold
from workflow.models import Dossier
from workflow.notices import queue_many
from workflow.search.index import learn_all
from workflow.states import Verb


class Together:
    """The rows held, the papers read, and the decisions taken so far; their actions are called as ever."""

    def __init__(self, papers: dict[int, Dossier], prior: dict[UUID, Event]):
        self.papers, self.prior = papers, prior
        self.acts: list[Decision] = []
        for paper in papers.values():
            paper.together = self

    @contextmanager
    def holding(self, paper: Dossier, verb: Verb, by: Authority, key: UUID, beside: Q | None):
        """What `decision` asks for: the row has been held since the beginning."""
        if beside is not None:
            raise ValueError(f"{verb} holds other dossiers; it is decided alone.")
        if key in self.prior:
            settle(self.prior[key], paper, verb, by)
        yield paper

    def write(self, act: Decision) -> None:
        self.acts.append(act)

    def write_all(self) -> None:
        """Everything that follows from the decisions taken, in as many statements as for one."""
        if not self.acts:
            return
        _save(self.acts)
        events = append_each([(act.entry(), act.paper.unit) for act in self.acts])
        for act, event in zip(self.acts, events, strict=True):
            act.event = event
            act.keep_points()
        learn_all(events)
        queue_many(events)


def _save(acts: list[Decision]) -> None:
    """Write what changed in the rows: one statement for all in which the same did."""
    alike = defaultdict(list)
    columns = [Dossier._meta.get_field(name).attname for name in MOVED]
    for act in acts:
        now = [(column, getattr(act.dossier, column)) for column in columns]
        changed = tuple((column, value) for column, value in now if value != getattr(act.paper, column))
        alike[changed].append(act.dossier.pk)
    for changed, pks in alike.items():
        Dossier.objects.filter(pk__in=pks).update(**dict(changed))


@contextmanager
def together(dossiers: list[int], by: Authority, keys: list[UUID]) -> Iterator[Together]:
    """Hold the rows in the order of their keys, as every decision does, so that two batches wait instead of locking up.

    Raises Refused when the office has ended; else the decisions taken inside are written at the end, all or none.
    """
    with transaction.atomic():
        held = Together(_papers(dossiers), _prior(keys))
        hold(by)
        yield held
        held.write_all()


def _papers(dossiers: list[int]) -> dict[int, Dossier]:
    """Each as its own kind with everything rules ask for, read after the lock, at one moment."""
    kinds = defaultdict(list)
    rows = Dossier.objects.select_for_update().filter(pk__in=dossiers).order_by("pk")
    for pk, kind in rows.values_list("pk", "kind"):
        kinds[kind].append(pk)
    papers = {paper.pk: paper for kind, pks in kinds.items() for paper in with_rules(kind).filter(pk__in=pks)}
    moment = max((paper.situation.moment for paper in papers.values()), default=None)
    for paper in papers.values():
        paper.situation = replace(paper.situation, moment=moment)
    return {pk: papers[pk] for pk in sorted(papers)}


def with_rules(kind: str):
    """Papers of one kind with what the rules on a sealed version read, and so without its content."""
    model = apps.get_model(kind)
    beside = [field.name for field in model._meta.local_fields if field.many_to_one]
    return model.objects.with_situation().select_related("unit", *beside)


def _prior(keys: list[UUID]) -> dict[UUID, Event]:
    return {event.key: event for event in Event.objects.filter(key__in=keys)}

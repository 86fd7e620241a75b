"""The papers of decisions under their locks, each as its own kind with everything the rules ask for, at one moment."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db.models import Q

from accounts.compiled import Query, compiled, cursor, pipeline
from accounts.models import Authority, Unit, User
from workflow.models import Dossier
from workflow.models.steps import sources
from workflow.states import OPEN, State, Verb

UNREAD = [f"unit__{column}" for column in Unit.PRINTED]  # each costs the server as it is named


def with_rules(kind: str) -> Any:
    """Papers of one kind with what the rules on a sealed version read: neither its content nor the people it names."""
    model = apps.get_model(kind)
    beside = [field.name for field in model._meta.local_fields if field.many_to_one and field.related_model is not User]
    return model.objects.select_related("unit", *beside)


def _sealed(kind: str, keys: Sequence[UUID] = ()) -> Any:
    """The same with their situation, unordered and without what only a printed paper names of its unit."""
    return with_rules(kind).defer(*UNREAD).with_situation(keys).order_by()


@compiled([int])
def locked(pks: list[int]) -> Any:
    """Lock the rows until the transaction ends, always in the same order."""
    rows = Dossier.objects.select_for_update().filter(id__any=pks).order_by("id")
    return rows.values_list("pk", "kind", "state")


@cache
def under_lock(kind: str, content: bool) -> Query:
    """The papers of one kind. Ask after the row lock: a locking statement sees other tables as they were."""

    @compiled([int], [UUID])
    def papers(pks: list[int], keys: list[UUID]) -> Any:
        if not content:
            return _sealed(kind, keys).filter(id__any=pks)
        rows = apps.get_model(kind).objects.with_content().with_sealed_beside().select_related("unit")
        return rows.with_situation(keys).filter(id__any=pks).order_by()

    return papers


@cache
def unlocked(kind: str) -> Query:
    """The same of one paper, for rules that read nothing but its row, its chain and what is sealed."""

    @compiled(int)
    def paper(pk: int) -> Any:
        return _sealed(kind).filter(pk=pk)

    return paper


def as_it_stands(dossier: Dossier) -> dict[int, Dossier]:
    """One paper without a lock; the transaction begins in the same round trip."""
    with cursor() as row:
        with pipeline():
            papers = unlocked(dossier.kind).send(row, dossier.pk)
        return {paper.pk: paper for paper in papers()}


def locked_alone(dossier: Dossier, key: UUID, by: Authority, verb: Verb) -> tuple[dict[int, Dossier], bool]:
    """One paper under its lock, and whether the office is still in force: three statements in one round trip.

    Each sees what was there when the one before it had its lock.
    """
    query, values = by.holding()
    content = any(_needs_content(state, verb) for state in sources(verb))
    with cursor() as lock, cursor() as row, cursor() as office:
        with pipeline():
            locked.send(lock, [dossier.pk])
            papers = under_lock(dossier.kind, content).send(row, [dossier.pk], [key])
            in_force = query.send(office, *values)
        return {paper.pk: paper for paper in papers()}, len(in_force()) == 1


def locked_together(
    dossiers: list[int], keys: list[UUID], content_for: Verb | None, beside: Q | None
) -> dict[int, Dossier]:
    """Many papers under their locks, in the order of their keys, with one moment for all."""
    kinds = defaultdict(list)
    for pk, kind, state in _lock(dossiers, beside):
        kinds[kind, content_for is not None and _needs_content(state, content_for)].append(pk)
    papers: dict[int, Dossier] = {}
    for (kind, content), pks in kinds.items():
        papers |= {paper.pk: paper for paper in under_lock(kind, content)(pks, keys)}
    moment = max((paper.situation.moment for paper in papers.values()), default=None)
    for paper in papers.values():
        paper.situation = replace(paper.situation, moment=moment)  # type: ignore[arg-type]  # never None of a paper
    return {pk: papers[pk] for pk in sorted(papers)}


def _lock(dossiers: list[int], beside: Q | None) -> list[tuple[int, str, str]]:
    """Lock the rows and those beside them, in the order of their keys too."""
    if beside is None:
        return locked(dossiers)
    rows = Dossier.objects.select_for_update().filter(Q(pk__in=dossiers) | beside).order_by("pk")
    return [row for row in rows.values_list("pk", "kind", "state") if row[0] in dossiers]


def _needs_content(state: str, verb: Verb) -> bool:
    """Rules read the content of what is still written, a return names its places, and a withdrawal keeps it."""
    return state in OPEN or state == State.WITHDRAWN or verb in {Verb.RETURN, Verb.WITHDRAW}

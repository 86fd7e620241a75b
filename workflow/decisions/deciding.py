"""How decisions are taken: lock, check, move, save, seal the events, leave errands; one transaction.

One decision is a batch of one, so that single and bulk are one piece of code.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from functools import cached_property
from typing import Any
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Authority, Recorded
from ledger.append import NotAppended, append_each, append_with
from ledger.envelope import Entry, Facts
from ledger.models import Event
from ledger.rows import marked
from vietnamese.text import nfc
from workflow.decisions.definition import Definition
from workflow.decisions.facts import plain
from workflow.decisions.papers import as_it_stands, locked_alone, locked_together
from workflow.decisions.rules import office_has_ended, why_not
from workflow.decisions.sealing import seal
from workflow.errands import ROUND_WAITS, ask_for_a_round, round_waits
from workflow.errors import AlreadyRecorded, Refused, Stale
from workflow.models import Dossier, Errand, Point
from workflow.states import FOUR_EYES, Verb

MOVED = [
    Dossier._meta.get_field(name).attname  # type: ignore[union-attr]  # columns all
    for name in ("state", "state_since", "version", "submitter", "handler")
]
# Of a decision without a lock: that the row stands as it was read, and only then that the office is held, so that all
# lock in one order. That nothing else joined the chain meanwhile is what its guard demands.
STANDS = f" AND ({', '.join(MOVED)}) IS NOT DISTINCT FROM ({', '.join(['%s'] * len(MOVED))}) RETURNING id"
MOVED_IN_OFFICE = "FROM moved WHERE CASE WHEN moved.id > 0 THEN EXISTS (SELECT FROM office) END"


def decide(
    definition: Definition,
    dossier: Dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    note: str = "",
    facts: Facts | None = None,
    texts: dict[str, str] | None = None,
    sole_reason: str | None = None,
    beside: Q | None = None,
    rows: tuple[Recorded, ...] = (),
) -> Event | None:
    """Take one decision; the same key again gives the first event.

    `seen`: the hash on the page. `sole_reason`: decide although one's own hand is in it, nobody else being eligible.
    `beside`: other dossiers whose state the rules read, to be locked as well.
    `rows`: what this decision wrote beside the dossier, saved already in this transaction; each will name the event.
    Raises Refused with every reason, Stale when `seen` is not what is stored.
    A paper that a batch has locked is decided with the others; its event is there once the batch is written.
    """
    note = note if sole_reason is None else sole_reason
    facts, texts = plain(facts or {}), plain({"note": note} | (texts or {}))
    sole = sole_reason is not None
    if batch := getattr(dossier, "batch", None):
        if beside is not None or rows:
            raise ValueError(f"{definition.verb} locks or writes other rows; it is decided alone.")
        return batch.decide(definition, dossier, by, seen, key, facts, texts, sole)  # type: ignore[no-any-return]  # Batch

    def taken(alone: AbstractContextManager[Batch]) -> Event | None:
        with alone as batch:
            prior = batch.decide(definition, batch.papers[dossier.pk], by, seen, key, facts, texts, sole, rows)
        return prior or batch.decisions[0].event

    if definition.verb in FOUR_EYES and beside is None and not rows:
        with suppress(Refused, NotAppended, DatabaseError):  # what is refused is refused of what stands under the lock
            return taken(Batch.unlocked(dossier, by))
    return taken(Batch.of_one(dossier, by, key, definition.verb, beside))


class Decision:
    """One decision under way: the locked row to move, its paper to ask, and the event once sealed."""

    def __init__(
        self,
        definition: Definition,
        paper: Dossier,
        by: Authority,
        key: UUID,
        facts: Facts,
        texts: dict[str, str],
        sole: bool,
        rows: tuple[Recorded, ...],
    ):
        self.definition, self.paper, self.by, self.key = definition, paper, by, key
        self.facts, self.texts, self.sole, self.rows = facts, texts, sole, rows
        self.dossier = paper.dossier_ptr  # the same row without its child: what a decision moves and saves
        self.before = self.dossier.state
        self.event: Event | None = None
        self.content_hash = paper.situation.sealed_hash if paper.version else ""

    def check(self, seen: str) -> None:
        """Raise Refused with every reason, Stale when `seen` is not what is stored."""
        given = self.facts | {"note": self.texts["note"], "texts": self.texts}
        if reasons := why_not(self.definition, self.paper, self.by, given, sole=self.sole):
            raise Refused(*reasons)
        if seen != self.paper.seen():
            raise Stale(_("This paper has changed since you opened it. Read the new version before you decide."))

    def move(self) -> None:
        """Let the machine move the row; say since when, and free it of whoever claimed it in the state before."""
        self.definition.move(self)
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
            verb=self.definition.verb,
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
            texts=self.texts | {f"place.{number}": label for number, label in self.labels.items()},
            rows=marked((self.key, row) for row in self.rows),
        )

    def changed(self) -> tuple[tuple[str, Any], ...]:
        """(column, value) of what moved in the dossier's row."""
        now = [(column, getattr(self.dossier, column)) for column in MOVED]
        return tuple((column, value) for column, value in now if value != getattr(self.paper, column))

    def stood(self) -> list[Any]:
        """The values of what decisions move, as they were read."""
        return [getattr(self.paper, column) for column in MOVED]

    @cached_property
    def labels(self) -> dict[int, str]:
        """Number of each point of a return -> what its place is called in the version that is returned."""
        points = self.facts.get("points", [])
        places = dict(self.paper.places()) if points else {}
        return {point["number"]: nfc(places[point["place"]]) for point in points}

    def points(self) -> list[Point]:
        """The points of a return, for the drafter to answer one by one."""
        return [
            Point(
                dossier=self.dossier,
                event=self.event,
                number=point["number"],
                place=point["place"],
                place_label=self.labels[point["number"]],
                text=self.texts[f"point.{point['number']}"],
                reason=point.get("reason", ""),
            )
            for point in self.facts.get("points", [])
        ]

    def seal_version(self) -> None:
        """Freeze what is submitted: the content, its words, everyone who ever edited it, the points answered."""
        self.dossier.version += 1
        self.content_hash = seal(self.paper, self.dossier.version, self.paper.situation.moment)


class Batch:
    """The rows locked, the papers read under the lock, and the decisions taken so far."""

    def __init__(self, papers: dict[int, Dossier], by: Authority, *, holds: bool | None = None, locked: bool = True):
        self.papers, self.by = papers, by
        self.decisions: list[Decision] = []
        self._holds = holds  # the office of all these decisions; None while nobody has looked
        self._locked = locked  # else all is looked at again by the statement that writes
        for paper in papers.values():
            paper.batch = self  # type: ignore[attr-defined]  # for `decide` to find

    @classmethod
    @contextmanager
    def unlocked(cls, dossier: Dossier, by: Authority) -> Iterator["Batch"]:
        """One sealed paper as it stands; what writes it finds it so still, and the office in force, or writes nothing.

        Raises Refused, or the database's error, where another was faster.
        """
        with transaction.atomic():
            batch = cls(as_it_stands(dossier), by, locked=False)
            yield batch
            batch.write()

    @classmethod
    @contextmanager
    def of_one(cls, dossier: Dossier, by: Authority, key: UUID, verb: Verb, beside: Q | None) -> Iterator["Batch"]:
        """Lock one row, and those beside it where the rules read their state."""
        with transaction.atomic():
            if beside is None:
                papers, holds = locked_alone(dossier, key, by, verb)
                batch = cls(papers, by, holds=holds)
            else:
                batch = cls(locked_together([dossier.pk], [key], verb, beside), by)
            yield batch
            batch.write()

    @classmethod
    @contextmanager
    def locking(cls, dossiers: list[int], by: Authority, keys: list[UUID]) -> Iterator["Batch"]:
        """Lock the rows in the order of their keys, as every decision does, so that two batches wait for each other.

        The decisions taken inside are written at the end, all or none.
        """
        with transaction.atomic():
            batch = cls(locked_together(dossiers, keys, None, None), by)
            yield batch
            batch.write()

    def decide(
        self,
        definition: Definition,
        paper: Dossier,
        by: Authority,
        seen: str,
        key: UUID,
        facts: Facts,
        texts: dict[str, str],
        sole: bool,
        rows: tuple[Recorded, ...] = (),
    ) -> Event | None:
        """Check and move one paper; the first event where this key was used before."""
        if key in (prior := paper.situation.prior_events):
            return _settled(prior[key], paper, definition.verb, by, facts, texts, sole)
        self.hold()
        decision = Decision(definition, paper, by, key, facts, texts, sole, rows)
        decision.check(seen)
        decision.move()
        self.decisions.append(decision)
        return None

    def hold(self) -> None:
        """Hold the office of all these decisions, once. Raises Refused when it has ended."""
        if self._holds is None and self._locked:
            self._holds = self.by.still_holds()
        if self._holds is False:
            raise office_has_ended()

    def write(self) -> None:
        """Everything that follows from the decisions taken: the same statements for two as for hundreds."""
        if not self.decisions:
            return
        alone = len(self.decisions) == 1
        events, comes = self._write_one(*self.decisions) if alone else self._write_all()
        for decision, event in zip(self.decisions, events, strict=True):
            decision.event, event.dossier = event, decision.dossier  # type: ignore[attr-defined]  # see models/chain.py
        if points := [point for decision in self.decisions for point in decision.points()]:
            Point.objects.bulk_create(points)
        if not comes:
            ask_for_a_round()

    def _write_one(self, decision: Decision) -> tuple[list[Event], bool]:
        """The moved row, its event and the errand in one statement, which also says whether the worker will come."""
        before, source = {}, ""
        if changed := decision.changed():
            columns = ", ".join(f"{column} = %s" for column, _value in changed)
            values = [*(value for _column, value in changed), decision.dossier.pk]
            before["moved"] = f"UPDATE workflow_dossier SET {columns} WHERE id = %s", values  # noqa: S608 - of MOVED
        if not self._locked:
            move, values = before["moved"]
            before["moved"] = move + STANDS, values + decision.stood()
            before["office"], source = self.by.holding_sql(), MOVED_IN_OFFICE
        event, comes = append_with(
            decision.entry(),
            decision.paper.unit,
            before=before,
            after={"errand": ("INSERT INTO workflow_errand (event_id) SELECT id FROM event", [])},
            source=source,
            expression=ROUND_WAITS,
        )
        return [event], comes

    def _write_all(self) -> tuple[list[Event], bool]:
        self._save()
        events = append_each([(decision.entry(), decision.paper.unit) for decision in self.decisions])
        Errand.objects.bulk_create([Errand(event=event) for event in events])
        return events, round_waits()

    def _save(self) -> None:
        """Write what changed in the rows: one statement for all in which the same did."""
        alike = defaultdict(list)
        for decision in self.decisions:
            alike[decision.changed()].append(decision.dossier.pk)
        for changed, pks in alike.items():
            if changed:
                Dossier.objects.filter(pk__in=pks).update(**dict(changed))


def _settled(
    prior_pk: int, paper: Dossier, verb: Verb, by: Authority, facts: Facts, texts: dict[str, str], sole: bool
) -> Event:
    """This key was used before: its first event stands, unless it was for something else or said something else."""
    prior: Event = Event.objects.select_related("opening").get(pk=prior_pk)
    if (prior.chain, prior.verb, prior.actor_id) != (paper.ref, verb, by.person.pk):
        raise Refused(_("This form has already been used for another decision. Please open the page again."))
    words = {name: prior.texts.get(name, "") for name in texts}
    first = prior.appointment_id, prior.delegation_id, prior.sole_officer, prior.facts, words
    given = prior.facts | facts  # its move may have added facts of its own
    if first != (by.appointment.pk, by.delegation.pk if by.delegation else None, sole, given, texts):
        raise AlreadyRecorded(prior)
    return prior

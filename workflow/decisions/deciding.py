"""How decisions are taken: lock, check, move, save, seal the events, leave errands; one transaction.

One decision is a batch of one, so that single and bulk are one piece of code.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager, suppress
from uuid import UUID

from django.db import DatabaseError, transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Authority, Recorded
from ledger.append import NotAppended, append_each, append_with
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.decision import MOVED, Decision
from workflow.decisions.definition import Definition
from workflow.decisions.facts import plain
from workflow.decisions.papers import as_it_stands, locked_alone, locked_together
from workflow.decisions.rules import office_has_ended
from workflow.errands import ROUND_WAITS, ask_for_a_round, round_waits
from workflow.errors import AlreadyRecorded, Refused
from workflow.models import Dossier, Errand, Point
from workflow.states import FOUR_EYES, Verb

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


class Batch:
    """The papers as they were read, under the lock of their rows unless it says otherwise, and the decisions so far."""

    def __init__(self, papers: dict[int, Dossier], by: Authority, *, holds: bool | None = None, locked: bool = True):
        self.papers, self.by = papers, by
        self.decisions: list[Decision] = []
        self._holds = holds  # the office of all these decisions; None while nobody has looked
        self._locked = locked  # else the statement that writes looks at row and office
        for paper in papers.values():
            paper.batch = self  # type: ignore[attr-defined]  # for `decide` to find

    @classmethod
    @contextmanager
    def unlocked(cls, dossier: Dossier, by: Authority) -> Iterator["Batch"]:
        """One sealed paper as it stands; what writes it finds it so still, and the office in force, or writes nothing.

        Raises Refused, or the database's error, where another was faster.
        """
        with transaction.atomic():
            batch = cls(as_it_stands(dossier), by, holds=True, locked=False)
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
        if self._holds is None:
            self._holds = self.by.still_holds()
        if not self._holds:
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

"""Sealing events at the head of a chain: a dossier's own, or the registry chain."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime
from itertools import islice
from typing import Any
from uuid import UUID, uuid4

from django.db import connection

from accounts.compiled import cursor
from accounts.models import Authority, Recorded, Unit
from ledger.canonical import leaf_hash
from ledger.envelope import GENESIS, REGISTRY, Entry, Facts
from ledger.models import Event, Opening
from ledger.rows import marked

REGISTRY_LOCK = 0x7472_696E  # advisory lock of the registry chain ("trin")

HEAD = """
SELECT coalesce(head.seq, 0), coalesce(head.leaf_hash, %s), coalesce(head.to_state, ''),
       greatest(clock_timestamp(), head.at)
FROM (SELECT) AS here LEFT JOIN LATERAL (
    SELECT seq, leaf_hash, to_state, at FROM ledger_event WHERE chain = %s ORDER BY seq DESC LIMIT 1
) AS head ON true"""


@dataclass(frozen=True)
class Head:
    """Where a chain ends, and the moment of what follows: by the database's clock, never before the last event."""

    seq: int
    leaf: bytes
    state: str
    moment: datetime


def head_of(chain: UUID) -> Head:
    """Ask after the lock that lets nobody else append here."""
    with connection.cursor() as cursor:
        cursor.execute(HEAD, [GENESIS, chain])
        seq, leaf, state, moment = cursor.fetchone()
    return Head(seq, bytes(leaf), state, moment)


def append(entry: Entry, *, unit: Unit | None = None) -> Event:
    """Seal one event at the head of its chain: two statements. The caller holds the chain's lock."""
    event = _sealed(entry, unit)
    event.save(force_insert=True)
    event.opening.save(force_insert=True)
    return event


def append_each(entries: list[tuple[Entry, Unit]]) -> list[Event]:
    """Seal one event at the head of each of many chains: two statements. The caller holds a lock on each."""
    events = [_sealed(entry, unit) for entry, unit in entries]
    _save(events)
    return events


COLUMNS: tuple[Any, ...] = tuple(field for field in Event._meta.local_concrete_fields if not field.primary_key)
EVENT = f"""INSERT INTO ledger_event ({", ".join(field.column for field in COLUMNS)})
    SELECT {", ".join(["%s"] * len(COLUMNS))}"""
OPENING = "INSERT INTO ledger_opening (event_id, texts, indexed) SELECT id, %s, false FROM event"
TEXTS = Opening._meta.get_field("texts")
Parts = dict[str, tuple[str, list[Any]]]  # name in a WITH -> (statement, values)


class NotAppended(Exception):
    """What an event depends on is no longer so; nothing was written."""


def append_with(
    entry: Entry, unit: Unit, *, before: Parts, after: Parts, source: str = "", expression: str = "NULL"
) -> tuple[Event, Any]:
    """Seal one event, write what goes with it and ask one thing more: one statement.

    Its words are left to whoever looks after `Opening.indexed`; until then they are found without the index.

    `after`: each may read the new id as `SELECT id FROM event`.
    `source`: a FROM that gives one row of what stands in `before` if the event is to be; else NotAppended is raised.
    Without it the caller holds the chain's lock.
    `expression`: answered as of before this statement; its value comes with the event.
    """
    event = _sealed(entry, unit)
    values = [field.get_db_prep_save(getattr(event, field.attname), connection) for field in COLUMNS]
    opening = OPENING, [TEXTS.get_db_prep_save(event.opening.texts, connection)]
    parts = before | {"event": (f"{EVENT} {source} RETURNING id", values), "opening": opening} | after
    statement = ", ".join(f"{name} AS ({sql})" for name, (sql, _values) in parts.items())
    with cursor() as written:
        written.execute(
            f"WITH {statement} SELECT event.id, {expression} FROM event",  # noqa: S608 - our own constants
            [value for _sql, values in parts.values() for value in values],
        )
        if (row := written.fetchone()) is None:
            raise NotAppended
    event.pk, answer = row
    event.opening.event_id, event.opening.indexed = event.pk, False
    for row in event, event.opening:
        row._state.adding, row._state.db = False, connection.alias
    return event, answer


def _sealed(entry: Entry, unit: Unit | None) -> Event:
    """The event and its opening, not saved yet."""
    openings = entry.openings()
    envelope = entry.seal(openings)
    event = Event(
        chain=entry.chain,
        seq=entry.seq,
        prev_hash=entry.prev,
        leaf_hash=leaf_hash(envelope),
        envelope=envelope,
        at=entry.at,
        verb=entry.verb,
        unit=unit,
        from_state=entry.before,
        to_state=entry.after,
        version=entry.version,
        content_hash=entry.content_hash,
        actor=entry.by.person,
        acting_for=entry.by.acting_for,
        role=entry.by.role,
        appointment=entry.by.appointment,
        delegation=entry.by.delegation,
        sole_officer=entry.sole_officer,
        facts=entry.facts,
        rows=sorted(entry.rows),
        key=entry.key,
    )
    Opening(event=event, texts=openings)  # reached as `event.opening`
    return event


def append_to_registry(
    verb: str,
    *,
    by: Authority,
    key: UUID,
    unit: Unit | None = None,
    facts: Facts | None = None,
    texts: dict[str, str] | None = None,
    rows: Iterable[Recorded] = (),
) -> Event:
    """Seal an event about no dossier (appointments, delegations, units, exports). Call inside a transaction.

    `rows`: those this act wrote, saved already; each will name the event, and the event says how each stands.
    """
    lock_the_registry()
    entry = RegistryEntry(verb, unit, facts or {}, texts or {}, tuple(rows))
    standing = marked((key, row) for row in entry.rows)
    return append(entry.entry(head_of(REGISTRY), by, key, standing), unit=unit)


@dataclass(frozen=True)
class RegistryEntry:
    """What the registry chain is to say."""

    verb: str
    unit: Unit | None = None
    facts: Facts = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    rows: tuple[Recorded, ...] = ()

    def entry(self, head: Head, by: Authority, key: UUID, standing: dict[str, str]) -> Entry:
        return Entry(
            chain=REGISTRY,
            seq=head.seq + 1,
            prev=head.leaf,
            at=head.moment,
            verb=self.verb,
            by=by,
            key=key,
            unit=self.unit.code if self.unit else "",
            facts=self.facts,
            texts=self.texts,
            rows={row.row_name: standing[row.row_name] for row in self.rows},
        )


def append_all_to_registry(entries: Iterable[RegistryEntry], *, by: Authority, batch: int = 500) -> Iterator[int]:
    """Seal thousands of events, each on the one before it; yields how many each statement wrote."""
    lock_the_registry()
    entries = iter(entries)
    while some := [(uuid4(), entry) for entry in islice(entries, batch)]:
        standing, head, events = marked((key, row) for key, entry in some for row in entry.rows), head_of(REGISTRY), []
        for key, entry in some:
            event = _sealed(entry.entry(head, by, key, standing), entry.unit)
            head = replace(head, seq=event.seq, leaf=bytes(event.leaf_hash))
            events.append(event)
        _save(events)
        yield len(events)


def _save(events: list[Event]) -> None:
    Event.objects.bulk_create(events)
    Opening.objects.bulk_create([event.opening for event in events])


def lock_the_registry() -> None:
    """Nobody else appends to the registry chain until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTRY_LOCK])

"""The record as it lies: raw columns from a cursor of the server's, in the order of the chains."""

from collections.abc import Iterator
from datetime import datetime
from itertools import islice
from typing import NamedTuple
from uuid import UUID

from django.db import connection
from psycopg.types.datetime import TimestamptzLoader

from ledger import envelope
from ledger.shape import MAX_ENVELOPE, MAX_FACTS, MAX_OPENING

REGISTRY = str(envelope.REGISTRY)  # as rows name it
FETCH = 200  # rows at a time from the server
BATCH = 4000  # events looked at together


def dated(column: str) -> str:
    """A moment, or nothing where it lies beyond every calendar."""
    return f"CASE WHEN {column} > '0002-01-01' AND {column} < '9998-01-01' THEN {column} END"


def bounded(column: str, most: int) -> str:
    """A text or bytes, or nothing where nobody should read so much."""
    return f"CASE WHEN octet_length({column}) <= {most} THEN {column} END"


EVENTS = f"""
SELECT event.id, event.chain::text, event.seq, event.prev_hash, event.leaf_hash,
       {bounded("event.envelope", MAX_ENVELOPE)}, {dated("event.at")}, event.verb, event.unit_id, event.from_state,
       event.to_state, event.version, event.content_hash, event.actor_id, event.acting_for_id, event.role,
       event.appointment_id, event.delegation_id, event.sole_officer, {bounded("event.facts::text", MAX_FACTS)},
       event.rows, event.key::text, opening.event_id IS NOT NULL, {bounded("opening.texts::text", MAX_OPENING)}
FROM ledger_event AS event LEFT JOIN ledger_opening AS opening ON opening.event_id = event.id
WHERE {{chosen}} ORDER BY event.chain, event.seq"""


class Row(NamedTuple):
    """One event as its row says, with the opening beside it."""

    pk: int
    chain: str
    seq: int
    prev_hash: bytes
    leaf_hash: bytes
    envelope: bytes | None
    at: datetime | None
    verb: str
    unit: int | None
    from_state: str
    to_state: str
    version: int
    content_hash: str
    actor: int
    acting_for: int | None
    role: str
    appointment: int | None
    delegation: int | None
    sole_officer: bool
    facts: str | None
    rows: list[str]
    key: str
    opened: bool
    texts: str | None


def rows(question: str, values: list = ()) -> Iterator[tuple]:
    """Rows of a query a few at a time, however many there are."""
    with connection.chunked_cursor() as cursor:
        cursor.adapters.register_loader("timestamptz", TimestamptzLoader)  # in C; Django's own is ten times as slow
        cursor.execute(question, values)
        while some := cursor.fetchmany(FETCH):
            yield from some


def events() -> Iterator[list[Row]]:
    """Every event, thousands at a time."""
    yield from _batches(map(Row._make, rows(EVENTS.format(chosen="true"))))


def events_of(chains: list[UUID], *, registry_after: int) -> Iterator[list[Row]]:
    """Every event of these chains, and those of the registry after this one."""
    chosen = "(event.chain = ANY(%s) AND event.chain <> %s) OR (event.chain = %s AND event.seq > %s)"
    values = [chains, REGISTRY, REGISTRY, registry_after]
    yield from _batches(map(Row._make, rows(EVENTS.format(chosen=chosen), values)))


def _batches(source: Iterator[Row]) -> Iterator[list[Row]]:
    while batch := list(islice(source, BATCH)):
        yield batch

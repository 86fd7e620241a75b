from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import connection

from accounts.authority import Authority
from workflow.ledger.canonical import leaf_hash
from workflow.ledger.envelope import GENESIS, OFFICE, Entry
from workflow.models.event import Event, Opening

OFFICE_LOCK = 0x7472_696E  # advisory lock of the office's own chain ("trin")

HEAD = """
SELECT coalesce(head.seq, 0), coalesce(head.leaf_hash, %s), coalesce(head.to_state, ''),
       greatest(clock_timestamp(), head.at)
FROM (SELECT) AS here LEFT JOIN LATERAL (
    SELECT seq, leaf_hash, to_state, at FROM workflow_event WHERE chain = %s ORDER BY seq DESC LIMIT 1
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


def append(entry: Entry, *, dossier=None, unit=None) -> Event:
    """Seal one event at the head of its chain: two statements. The caller holds the dossier's row lock."""
    openings = entry.openings()
    envelope = entry.seal(openings)
    event = Event.objects.create(
        chain=entry.chain,
        seq=entry.seq,
        prev_hash=entry.prev,
        leaf_hash=leaf_hash(envelope),
        envelope=envelope,
        at=entry.at,
        verb=entry.verb,
        dossier=dossier,
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
        key=entry.key,
    )
    event.opening = Opening.objects.create(event=event, texts=openings)
    return event


def append_to_office(verb: str, *, by: Authority, key: UUID, unit=None, facts=None, texts=None) -> Event:
    """Seal an event about no dossier (appointments, delegations, units, exports). Call inside a transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [OFFICE_LOCK])
    head = head_of(OFFICE)
    entry = Entry(
        chain=OFFICE,
        seq=head.seq + 1,
        prev=head.leaf,
        at=head.moment,
        verb=verb,
        by=by,
        key=key,
        unit=unit.code if unit else "",
        facts=facts or {},
        texts=texts or {},
    )
    return append(entry, unit=unit)

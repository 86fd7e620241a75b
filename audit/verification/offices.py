"""Do the rows of appointments and delegations still say what the office's own chain recorded of them?"""

from collections.abc import Iterable, Iterator
from itertools import islice

from accounts.models import Appointment, Delegation
from ledger.models import Event

BATCH = 500
APPOINTMENT, DELEGATION = ("appointed", "appointment_ended"), ("delegated", "delegation_revoked")


def beside_their_rows(events: Iterable[Event]) -> Iterator[tuple[Event, Appointment | Delegation | None]]:
    """Each event with the row it is about, asked for hundreds at a time: one import records thousands."""
    events = iter(events)
    while some := list(islice(events, BATCH)):
        rows = _named(some, APPOINTMENT, "appointment", Appointment.objects.select_related("user"))
        rows |= _named(some, DELEGATION, "delegation", Delegation.objects.select_related("appointment", "delegate"))
        yield from ((event, rows.get(event.pk)) for event in some)


def _named(events: list[Event], verbs: tuple[str, ...], fact: str, rows) -> dict[int, Appointment | Delegation]:
    asked = {event.pk: event.facts.get(fact) for event in events if event.verb in verbs}
    found = {str(row.ref): row for row in rows.filter(ref__in=set(asked.values()))} if asked else {}
    return {pk: found[ref] for pk, ref in asked.items() if ref in found}


def misstated(event: Event, row: Appointment | Delegation | None) -> Iterator[str]:
    """What the row behind an office event says otherwise than the event; nothing for other events."""
    if event.verb not in APPOINTMENT + DELEGATION:
        return
    if row is None:
        yield "the appointment or delegation it is about is gone"
    elif event.verb in ("appointed", "delegated"):
        if not _as_made(row, event):
            yield "the appointment or delegation is not as it was made"
    elif not _as_ended(row, event):
        yield "what it ended has not ended"


def _as_ended(row: Appointment | Delegation, event: Event) -> bool:
    """At once, or by the last day that the event names."""
    if last_day := event.facts.get("to"):
        return row.ends_on is not None and row.ends_on.isoformat() <= last_day
    return row.ended_at is not None and row.ended_at <= event.at


def _as_made(row: Appointment | Delegation, event: Event) -> bool:
    """Only its end may have moved since, and only forward."""
    office, person = (row, row.user) if isinstance(row, Appointment) else (row.appointment, row.delegate)
    stored = {"person": str(person.ref), "appointment": str(office.ref), "from": row.starts_on.isoformat()}
    if isinstance(row, Appointment):
        stored["role"] = row.role
    elif "prefix" in event.facts:  # the earliest delegations did not say it
        stored["prefix"] = row.prefix
    last_day = row.ends_on.isoformat() if row.ends_on else "9999"
    return (
        event.facts == event.facts | stored
        and event.unit_id == office.unit_id
        and last_day <= (event.facts.get("to") or "9999")
    )

"""Do the rows of appointments and delegations still say what the office's own chain recorded of them?"""

from collections.abc import Iterator

from accounts.models import Appointment, Delegation
from workflow.models import Event


def misstated(event: Event) -> Iterator[str]:
    """What the row behind an office event says otherwise than the event; nothing for other events."""
    if event.verb in ("appointed", "appointment_ended"):
        rows, ref = Appointment.objects.select_related("user"), event.facts.get("appointment")
    elif event.verb in ("delegated", "delegation_revoked"):
        rows, ref = Delegation.objects.select_related("appointment", "delegate"), event.facts.get("delegation")
    else:
        return
    row = rows.filter(ref=ref).first()
    if row is None:
        yield "the appointment or delegation it is about is gone"
    elif event.verb in ("appointed", "delegated"):
        if not _as_made(row, event):
            yield "the appointment or delegation is not as it was made"
    elif row.ended_at is None or row.ended_at > event.at:
        yield "what it ended has not ended"


def _as_made(row: Appointment | Delegation, event: Event) -> bool:
    """Only its end may have moved since, and only forward."""
    office, person = (row, row.user) if isinstance(row, Appointment) else (row.appointment, row.delegate)
    stored = {"person": str(person.ref), "appointment": str(office.ref), "from": row.starts_on.isoformat()}
    if isinstance(row, Appointment):
        stored["role"] = row.role
    last_day = row.ends_on.isoformat() if row.ends_on else "9999"
    return (
        event.facts == event.facts | stored
        and event.unit_id == office.unit_id
        and last_day <= (event.facts.get("to") or "9999")
    )

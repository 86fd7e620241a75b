"""Making an appointment and ending it, each sealed on the registry chain."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Appointment, Authority, Delegation
from administration.rights import administers
from ledger.append import append_to_registry, head_of
from ledger.envelope import REGISTRY
from ledger.models import Event
from workflow.decisions.claims import free_lapsed, lock_claimed
from workflow.errors import Refused
from workflow.recording import recorded


@recorded
def appoint(appointment: Appointment, *, by: Authority, key: UUID) -> Event:
    """Save a new appointment and record it."""
    administers(by, appointment.unit)
    appointment.full_clean()
    if appointment.unit.closed_on:
        raise Refused(_("%(unit)s is closed.") % {"unit": appointment.unit.name})
    if not appointment.user.is_active:
        raise Refused(_("The account of %(person)s is closed.") % {"person": appointment.user})
    appointment.save()
    return append_to_registry(
        "appointed",
        by=by,
        key=key,
        unit=appointment.unit,
        facts=dates(appointment)
        | {
            "appointment": str(appointment.ref),
            "role": str(appointment.role),
            "person": str(appointment.user.ref),
        },
        texts={"person": appointment.user.full_name, "held_post": appointment.post},
        rows=[appointment],
    )


@recorded
def end_appointment(appointment: Appointment, *, by: Authority, key: UUID, note: str = "") -> Event:
    """End it now: it stops working at the next click, and dossiers its holder had claimed are freed."""
    administers(by, appointment.unit)
    if appointment.pk == by.appointment.pk:
        raise Refused(_("You act under this appointment; another administrator must end it."))
    claimed = lock_claimed(Q(handler__in=holders([appointment])))  # dossiers first: decisions lock in that order
    event = end(appointment, by=by, key=key, note=note)
    free_lapsed(claimed)
    return event


def end(appointment: Appointment, *, by: Authority, key: UUID, note: str) -> Event:
    """The appointment alone; the caller has checked the right and locked what was claimed."""
    locked = Appointment.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=appointment.pk)
    if locked.ended_at:
        raise Refused(_("This appointment has already ended."))
    locked.ended_at = head_of(REGISTRY).moment
    locked.save(update_fields=["ended_at"])
    return append_to_registry(
        "appointment_ended",
        by=by,
        key=key,
        unit=locked.unit,
        facts={"appointment": str(locked.ref), "role": str(locked.role), "person": str(locked.user.ref)},
        texts={"person": locked.user.full_name, "held_post": locked.post, "note": note},
        rows=[locked],
    )


def holders(appointments: list[Appointment]) -> set[int]:
    """Primary keys of those who act by these appointments, themselves or for their holder."""
    delegated = Delegation.objects.in_force().filter(appointment__in=appointments)
    return {appointment.user_id for appointment in appointments} | set(delegated.values_list("delegate", flat=True))


def dates(dated) -> dict:
    return {"from": dated.starts_on.isoformat(), "to": dated.ends_on.isoformat() if dated.ends_on else ""}

"""Making a delegation and revoking it, each sealed on the registry chain."""

from uuid import UUID

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Appointment, Authority, Delegation
from administration.appointments.changes import dates
from administration.rights import administers
from ledger.append import append_to_registry, head_of
from ledger.envelope import REGISTRY
from ledger.models import Event
from workflow.decisions.claims import free_lapsed, lock_claimed
from workflow.decisions.rules import lock_authority
from workflow.errors import Refused
from workflow.recording import recorded


@recorded
def delegate(delegation: Delegation, *, by: Authority, key: UUID) -> Event:
    """The holder lets another act in one appointment for a while. A delegate cannot pass it on."""
    holder = delegation.appointment
    if by.delegation or by.person.pk != holder.user_id:
        raise Refused(_("Only the holder can delegate an appointment, and a delegation cannot be passed on."))
    lock_authority(by)
    delegation.full_clean()
    Appointment.objects.select_for_update(no_key=True).get(pk=holder.pk)  # two at once would not see each other
    if reasons := why_not(delegation):
        raise Refused(*reasons)
    delegation.save()
    return append_to_registry(
        "delegated",
        by=by,
        key=key,
        unit=holder.unit,
        facts=dates(delegation)
        | {
            "delegation": str(delegation.ref),
            "appointment": str(holder.ref),
            "person": str(delegation.delegate.ref),
            "prefix": str(delegation.prefix),
        },
        texts={"person": delegation.delegate.full_name, "held_post": holder.post, "note": delegation.reason},
        rows=[delegation],
    )


def why_not(delegation: Delegation) -> list[str]:
    """Every reason against delegating this appointment to this person for these days."""
    appointment, reasons = delegation.appointment, []
    if delegation.delegate_id == appointment.user_id:
        reasons.append(_("An appointment cannot be delegated to its own holder."))
    if not delegation.delegate.is_active:
        reasons.append(_("The account of %(person)s is closed.") % {"person": delegation.delegate})
    if delegation.starts_on < timezone.localdate():
        reasons.append(_("A delegation cannot be backdated: what was done until now was not done under it."))
    if appointment.ends_on and delegation.ends_on > appointment.ends_on:
        until = date_format(appointment.ends_on, "SHORT_DATE_FORMAT")
        reasons.append(_("The appointment itself ends on %(day)s.") % {"day": until})
    return [*reasons, *(_overlap(other) for other in _overlapping(delegation))]


def _overlapping(delegation: Delegation):
    others = Delegation.objects.filter(appointment=delegation.appointment, ended_at=None).select_related("delegate")
    return others.filter(starts_on__lte=delegation.ends_on, ends_on__gte=delegation.starts_on)


def _overlap(other: Delegation) -> str:
    days = [date_format(day, "SHORT_DATE_FORMAT") for day in (other.starts_on, other.ends_on)]
    params = {"person": other.delegate, "first": days[0], "last": days[1]}
    return (
        _("It is already delegated to %(person)s from %(first)s to %(last)s. Please revoke that delegation first.")
        % params
    )


@recorded
def revoke(delegation: Delegation, *, by: Authority, key: UUID, note: str = "") -> Event:
    """End a delegation now; only its giver or an administrator may."""
    claimed = lock_claimed(Q(handler=delegation.delegate_id))  # dossiers first: decisions lock in that order
    if by.person.pk == delegation.appointment.user_id:
        lock_authority(by)
    else:
        administers(by, delegation.appointment.unit)
    locked = Delegation.objects.select_for_update(of=("self",)).select_related("appointment__unit", "delegate")
    locked = locked.get(pk=delegation.pk)
    if locked.ended_at:
        raise Refused(_("This delegation has already been revoked."))
    locked.ended_at = head_of(REGISTRY).moment
    locked.save(update_fields=["ended_at"])
    free_lapsed(claimed)
    return append_to_registry(
        "delegation_revoked",
        by=by,
        key=key,
        unit=locked.appointment.unit,
        facts={"delegation": str(locked.ref), "person": str(locked.delegate.ref)},
        texts={"person": locked.delegate.full_name, "note": note},
        rows=[locked],
    )

"""Running the office: appointments, delegations and grants, each recorded on the office's own chain."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from accounts.authority import Authority
from accounts.models import Appointment, Delegation, Role
from workflow.errors import Refused
from workflow.ledger.append import append_to_office, head_of
from workflow.ledger.envelope import OFFICE
from workflow.models import Dossier, DossierUserObjectPermission, Event
from workflow.models.dossier_query import OWN_UNIT, WHOLE_BRANCH
from workflow.rules import hold, in_scope


@transaction.atomic
def appoint(appointment: Appointment, *, by: Authority, key: UUID) -> Event:
    """Save a new appointment and record it."""
    _only(by, Role.ADMINISTRATOR)
    appointment.full_clean()
    appointment.save()
    return append_to_office(
        "appointed",
        by=by,
        key=key,
        unit=appointment.unit,
        facts=_dates(appointment)
        | {
            "appointment": str(appointment.ref),
            "role": str(appointment.role),
            "person": str(appointment.user.ref),
        },
        texts={"person": appointment.user.full_name, "held_post": appointment.post},
    )


@transaction.atomic
def end_appointment(appointment: Appointment, *, by: Authority, key: UUID, note: str = "") -> Event:
    """End it now: it stops working at the next click, and dossiers its holder had taken up are freed."""
    _only(by, Role.ADMINISTRATOR)
    freed = _taken_up(appointment)  # dossiers first: decisions lock in that order
    held = Appointment.objects.select_for_update(of=("self",)).select_related("user", "unit").get(pk=appointment.pk)
    if held.ended_at:
        raise Refused(_("This appointment has already ended."))
    held.ended_at = head_of(OFFICE).moment
    held.save(update_fields=["ended_at"])
    Dossier.objects.filter(pk__in=freed).update(handler=None)
    return append_to_office(
        "appointment_ended",
        by=by,
        key=key,
        unit=held.unit,
        facts={"appointment": str(held.ref), "role": str(held.role)},
        texts={"person": held.user.full_name, "held_post": held.post, "note": note},
    )


def _taken_up(appointment: Appointment) -> list[int]:
    """Lock what its holder had taken up in this office: only reviewers take dossiers up."""
    if appointment.role != Role.REVIEWER:
        return []
    taken = Dossier.objects.filter(handler=appointment.user, unit__path__startswith=appointment.unit.path)
    return [dossier.pk for dossier in taken.select_for_update(of=("self",)).order_by("pk")]


@transaction.atomic
def delegate(delegation: Delegation, *, by: Authority, key: UUID) -> Event:
    """The holder lets another act in one appointment for a while. A delegate cannot pass it on."""
    holder = delegation.appointment
    if by.delegation or by.person.pk != holder.user_id:
        raise Refused(_("Only the holder can delegate an appointment, and a delegation cannot be passed on."))
    if delegation.delegate_id == holder.user_id:
        raise Refused(_("An appointment cannot be delegated to its own holder."))
    hold(by)
    delegation.full_clean()
    delegation.save()
    return append_to_office(
        "delegated",
        by=by,
        key=key,
        unit=holder.unit,
        facts=_dates(delegation)
        | {
            "delegation": str(delegation.ref),
            "appointment": str(holder.ref),
            "person": str(delegation.delegate.ref),
        },
        texts={"person": delegation.delegate.full_name, "held_post": holder.post, "note": delegation.reason},
    )


@transaction.atomic
def revoke(delegation: Delegation, *, by: Authority, key: UUID, note: str = "") -> Event:
    """End a delegation now; only its giver or an administrator may."""
    if by.person.pk != delegation.appointment.user_id:
        _only(by, Role.ADMINISTRATOR)
    hold(by)
    held = Delegation.objects.select_for_update(of=("self",)).select_related("appointment__unit", "delegate")
    held = held.get(pk=delegation.pk)
    if held.ended_at:
        raise Refused(_("This delegation has already been revoked."))
    held.ended_at = head_of(OFFICE).moment
    held.save(update_fields=["ended_at"])
    return append_to_office(
        "delegation_revoked",
        by=by,
        key=key,
        unit=held.appointment.unit,
        facts={"delegation": str(held.ref)},
        texts={"person": held.delegate.full_name, "note": note},
    )


@transaction.atomic
def share(dossier: Dossier, *, person, until: date, by: Authority, key: UUID) -> Event:
    """Let one person read one dossier until a day (a guardian grant on the dossier row)."""
    if not by.person.has_perm("workflow.view_dossier", dossier):
        raise Refused(_("You cannot share what you cannot read."))
    if by.role not in OWN_UNIT | WHOLE_BRANCH or not in_scope(by, dossier):
        raise Refused(_("Only someone whose own office reaches this dossier can share it."))
    hold(by)
    assign_perm("workflow.view_dossier", person, Dossier.objects.get(pk=dossier.pk))  # never on the child's row
    DossierUserObjectPermission.objects.filter(user=person, content_object=dossier).update(expires_on=until)
    return append_to_office(
        "shared",
        by=by,
        key=key,
        unit=dossier.unit,
        facts={"dossier": str(dossier.ref), "until": until.isoformat()},
        texts={"person": person.full_name},
    )


def _only(by: Authority, role: Role) -> None:
    if by.role != role:
        raise Refused(_("This belongs to: %(roles)s.") % {"roles": role.label})
    hold(by)


def _dates(dated) -> dict:
    return {"from": dated.starts_on.isoformat(), "to": dated.ends_on.isoformat() if dated.ends_on else ""}

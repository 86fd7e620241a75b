"""The view an able Django programmer would write without our guards: permission, locked row, history row, audit row."""

from uuid import UUID

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from accounts.models import Role
from benchmarks.models import PlainAudit, PlainDossier, PlainHistory
from workflow.states import State, Verb


@transaction.atomic
def approval(request, ref):
    rows = PlainDossier.objects.select_for_update(of=("self",)).select_related("unit")
    dossier = get_object_or_404(rows, ref=ref, state=State.SUBMITTED)
    by = approver_of(request.user, dossier)
    before, dossier.state, dossier.state_since = dossier.state, State.UNIT_APPROVED, timezone.now()
    dossier.handler = None
    dossier.save(update_fields=["state", "state_since", "version", "submitter", "handler"])
    step = PlainHistory.objects.create(
        at=dossier.state_since,
        verb=Verb.APPROVE,
        dossier=dossier,
        unit=dossier.unit,
        from_state=before,
        to_state=dossier.state,
        version=dossier.version,
        actor=by.person,
        acting_for=by.acting_for,
        role=by.role,
        appointment=by.appointment,
        delegation=by.delegation,
        key=UUID(request.POST["key"]),
    )
    PlainAudit.objects.create(
        history=step,
        texts={
            "actor": by.person.full_name,
            "post": by.post,
            "at_unit": by.unit.name,
            "note": request.POST["note"],
        },
    )
    return HttpResponse(status=204)


def approver_of(user, dossier):
    for by in user.authorities:
        if by.role == Role.APPROVER and by.unit.pk == dossier.unit_id and dossier.author_id not in by.people:
            return by
    raise PermissionDenied

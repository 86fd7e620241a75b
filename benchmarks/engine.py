"""The smallest view over the engine: find the paper, name the capacity, decide; the rules answer for role and unit."""

from uuid import UUID

from django.http import HttpResponse

from accounts.compiled import compiled
from accounts.models import Role
from workflow.decisions.onward.approve import approve
from workflow.models import Dossier


@compiled(UUID)
def dossier_at(ref):
    return Dossier.objects.filter(ref=ref).only("kind").order_by()


def approval(request, ref):
    (dossier,) = dossier_at(ref)
    by = next(authority for authority in request.user.authorities if authority.role == Role.APPROVER)
    sent = request.POST
    approve(dossier, by=by, seen=sent["seen"], key=UUID(sent["key"]), note=sent["note"])
    return HttpResponse(status=204)

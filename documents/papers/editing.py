"""The way in to writing a paper, whatever its kind."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from documents.nominations.nomination import AwardNomination
from documents.reports.outline_steps import stops
from documents.reports.report import Report
from workflow.models import Dossier


@login_required
def edit(request, ref):
    """To the place to go on writing: a report's first section that wants something, a nomination's form."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), ref=ref)
    if dossier.kind == AwardNomination._meta.label_lower:
        return redirect("documents:nomination-edit", ref)
    if dossier.kind != Report._meta.label_lower:
        raise Http404
    road = stops(dossier.paper())
    return redirect(next((stop.url for stop in road if stop.fill != "all"), road[0].url))

"""What every page of an editor shows around its form, and the way in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from documents.models import AwardNomination, Report
from documents.report_outline import stops, tasks
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


def editor_context(report: Report) -> dict:
    """The outline with its completeness, what is still to do, and where one is."""
    road = stops(report)
    todo = tasks(report)
    return {
        "dossier": report,
        "heading": report.campaign.short_title,
        "stops": road,
        "complete": sum(stop.fill == "all" for stop in road),
        "tasks": todo,
        "wanted": sum(not task.is_warning for task in todo),
    }

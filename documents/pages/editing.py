"""What every page of an editor shows around its form, and the way in."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect

from documents.nominations.nomination import AwardNomination
from documents.reports.outline_steps import point_tasks, stops, tasks
from documents.reports.report import Report
from workflow.drafting.points import last_return
from workflow.models import Dossier, Point


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


def editor_context(report: Report, current: str = "") -> dict:
    """The outline with its completeness, what is still to do, and the points of the last return at their places."""
    road, points = stops(report, current), last_return(report)
    todo = [*tasks(report), *point_tasks(report, points)]
    return {
        "dossier": report,
        "heading": report.campaign.short_title,
        "stops": road,
        "complete": sum(stop.fill == "all" for stop in road),
        "all_points": points,
        "general_points": points_at(points, "general"),
        "tasks": todo,
        "wanted": sum(not task.is_warning for task in todo),
    }


def points_at(points: list[Point], *places: str) -> list[Point]:
    """Those of these points that name one of these places."""
    return [point for point in points if point.place in places]

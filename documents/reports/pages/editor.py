"""What every page of a report's editor shows around its form."""

from documents.reports.outline_steps import point_tasks, stops, tasks
from documents.reports.report import Report
from workflow.drafting.points import last_return
from workflow.models import Point


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
        "missing_count": sum(task.things for task in todo if not task.is_warning),
    }


def points_at(points: list[Point], *places: str) -> list[Point]:
    """Those of these points that name one of these places."""
    return [point for point in points if point.place in places]

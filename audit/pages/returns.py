"""Statistics of reasons for returns, and the points behind each number."""

from urllib.parse import urlencode

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from audit import return_statistics
from audit.exports.exporting import Export, download
from audit.exports.workbook import ColumnHeading
from audit.pages.history_filter import PlaceFilter
from audit.pages.returns_filter import PointFilter
from audit.return_numbers import FromCounts, FromEvents, points_of
from vietnamese.text import number
from workflow.rights import reach

PER_PAGE = 50
TABS = {
    "place": gettext_lazy("By place"),
    "reason": gettext_lazy("By kind of fault"),
    "unit": gettext_lazy("By unit"),
    "topic": gettext_lazy("By campaign"),
    "officer": gettext_lazy("By officer"),
}
OF_POINTS = frozenset({"place", "reason"})


@login_required
def return_reasons(request):
    """One table at a time, with the numbers of all above it."""
    requested = _requested(request, PlaceFilter)
    tabs = {code: label for code, label in TABS.items() if code != "topic" or requested.topics}
    chosen = request.GET.get("by") if request.GET.get("by") in tabs else "place"
    numbers = _numbers(requested, request.user)
    page = Paginator(_lines(chosen, numbers, requested, request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "filter": requested,
        "tabs": tabs.items(),
        "chosen": chosen,
        "columns": _columns(chosen),
        "kinds": return_statistics.by_kind_of_place(numbers) if chosen == "place" else (),
        "page": page,
        "lines": [(line, _address(line, requested), _cells(line, chosen)) for line in page],
        "total": return_statistics.summary(numbers),
        "here": "returns",
    }
    return render(request, "audit/returns.html", context)


def _requested(request, form) -> PlaceFilter:
    if not reach.offices(request.user):
        raise Http404
    return form(request.GET, user=request.user)


def _numbers(requested: PlaceFilter, user) -> return_statistics.Source:
    """What is kept of whole units answers unless a period or a campaign was asked for."""
    if requested.only_places:
        return FromCounts(requested.narrow_units(reach.units(user)))
    return _of_events(requested, user)


def _of_events(requested: PlaceFilter, user) -> FromEvents:
    return FromEvents(requested.narrow(reach.events(user)))


def _lines(by: str, numbers, requested: PlaceFilter, user) -> list[return_statistics.StatisticsRow]:
    if by == "unit":
        return return_statistics.by_unit(numbers, _under(requested, user))
    if by == "topic":
        return return_statistics.by_topic(_of_events(requested, user), requested.topics)
    return {
        "place": return_statistics.by_place,
        "reason": return_statistics.by_reason,
        "officer": return_statistics.by_officer,
    }[by](numbers)


def _cells(line: return_statistics.StatisticsRow, by: str) -> list[tuple[str, str]]:
    """(heading, number as people read it); a dash where there is nothing to measure."""
    values = [(heading, line.numbers.get(name)) for name, heading in _columns(by)]
    return [(heading, "–" if value is None else number(round(value, 1))) for heading, value in values]


def _address(line: return_statistics.StatisticsRow, query) -> str:
    """The points behind a line: what was asked for, and what the line itself counts."""
    requested = {name: query.data.get(name) for name in query.fields if query.data.get(name)}
    return f"{reverse('audit:return-points')}?{urlencode(requested | line.query)}"


def _under(requested, user) -> str:
    """The place in the tree below which units are told apart: the unit asked for, or one's own widest office."""
    return requested.paths[0] if requested.paths else reach.offices(user)[0].unit.path


@login_required
def return_points(request):
    """The points behind a number, the newest first."""
    requested = _requested(request, PointFilter)
    points = requested.narrow_points(points_of(requested.narrow(reach.events(request.user))))
    points = points.select_related("event__opening", "dossier__unit")
    points = points.defer("event__envelope", "event__prev_hash").order_by("-event", "number")
    page = Paginator(points, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "audit/return_points.html", {"filter": requested, "page": page, "here": "returns"})


@login_required
@require_POST
def returns_export(request):
    """Every table as a sheet of one workbook."""
    requested = _requested(request, PlaceFilter)
    numbers = _numbers(requested, request.user)
    tabs = [code for code in TABS if code != "topic" or requested.topics]
    tables = [_table(code, _lines(code, numbers, requested, request.user)) for code in tabs]
    return download("returns", tables, requested=requested.in_words(), by=reach.exporter(request.user))


def _table(by: str, lines: list[return_statistics.StatisticsRow]) -> Export:
    names = dict(_columns(by))
    numbers = [ColumnHeading(heading, 16) for heading in names.values()]
    columns = [ColumnHeading(_("Grouped by"), 48), ColumnHeading(_("Belongs to"), 24), *numbers]
    rows = ([line.label, line.within, *(line.numbers.get(name) for name in names)] for line in lines)
    return Export(str(TABS[by]), columns, rows)


def _columns(by: str) -> list[tuple[str, str]]:
    if by in OF_POINTS:
        share = _("Share of all points, %")
        return [("points", _("Points")), ("share", share), ("returned", _("Dossiers returned"))]
    if by == "officer":
        share = _("Share of decisions, %")
        return [
            ("decided", _("Decisions taken")),
            ("returns", _("Returns")),
            ("share", share),
            ("returned", _("Dossiers returned")),
            ("points", _("Points")),
        ]
    return [
        ("submitted", _("Dossiers submitted")),
        ("returned", _("Dossiers returned")),
        ("share", _("Share of those submitted, %")),
        ("returns", _("Returns")),
        ("points", _("Points")),
        ("accepted", _("Dossiers accepted")),
        ("rounds", _("Average submissions until accepted")),
    ]

"""The record: everything within a reader's reach, and the whole of one dossier's."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.exports.exporting import MAX_ROWS_PER_SHEET, Export, download
from audit.exports.history_sheet import columns, row
from audit.pages.history_filter import HistoryFilter
from audit.pages.timeline_filter import TimelineFilter
from ledger.models import Event
from workflow.history.sentences import line
from workflow.pages.dossier import events_of
from workflow.pages.finding import paper_or_404
from workflow.rights import reach

PER_PAGE = 50


@login_required
def history(request):
    """Everything sealed within this person's reach, the newest first, narrowed as the address says."""
    requested = HistoryFilter(request.GET, user=request.user)
    rows = newest_first(requested.narrow(reach.readable(request.user)), request.GET.get("before", ""))
    events = list(rows[: PER_PAGE + 1])
    context = {
        "filter": requested,
        "lines": [line(event) for event in events[:PER_PAGE]],
        "older": older(events, PER_PAGE),
        "before": request.GET.get("before", ""),
        "here": "history",
        "reaches_dossiers": bool(reach.offices(request.user)),
        "may_export": reach.exporter(request.user) is not None,
        "most": MAX_ROWS_PER_SHEET,
    }
    return render(request, "audit/history.html", context)


def newest_first(rows, before: str = ""):
    """Without the sealed bytes; those before one event when the address names it."""
    if before.isdecimal() and len(before) < 19:
        at = Event.objects.filter(pk=int(before)).values_list("at", flat=True).first()
        rows = rows.filter(at__lte=at).exclude(at=at, pk__gte=int(before)) if at else rows
    return rows.for_reading("dossier", "unit").order_by("-at", "-pk")


def older(events: list[Event], shown: int) -> str | None:
    """What the address of the next page names."""
    return str(events[shown - 1].pk) if len(events) > shown else None


@login_required
@require_POST
def history_export(request):
    """The same list as an Excel workbook; that it was taken out is on the record."""
    by = reach.exporter(request.user)
    if by is None:
        raise Http404
    requested = HistoryFilter(request.GET, user=request.user)
    rows = newest_first(requested.narrow(reach.readable(request.user)))[: MAX_ROWS_PER_SHEET + 1]
    lines = (row(line(event)) for event in rows.iterator(2000))
    table = Export(_("History"), columns(), lines)
    return download("history", [table], requested=requested.in_words(), by=by)


@login_required
def dossier_history(request, ref):
    """The whole record of one dossier with its hashes, narrowed as the address says, and as of a day."""
    paper = paper_or_404(request.user, ref)
    events, places = list(events_of(paper)), dict(paper.places())
    requested = TimelineFilter(request.GET, events=events)
    context = {
        "dossier": paper,
        "filter": requested,
        "lines": [line(event, places) for event in reversed(requested.narrow(events))],
        "total": len(events),
        "then": requested.as_of(events),
        "through_an_office": reach.reaches(request.user, paper),
    }
    return render(request, "audit/dossier_history.html", context)

"""The page of exceptions: what stands out within reach, a tab each."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from audit.exceptions import MAX_EVENTS_COUNTED, TABS, counts, days_late
from audit.exports.exporting import MAX_ROWS_PER_SHEET, Export, download
from audit.exports.history_sheet import columns, row
from audit.exports.workbook import ColumnHeading
from audit.pages.history import PER_PAGE, newest_first, older
from audit.pages.history_filter import PlaceFilter
from workflow.history.sentences import line
from workflow.rights import reach


@login_required
def exceptions(request):
    """What stands out within reach, a tab each, the newest first."""
    chosen, requested, rows = _requested(request)
    before = request.GET.get("before", "")
    events = list(newest_first(TABS[chosen].narrow(rows), before)[: PER_PAGE + 1])
    totals = counts(rows, request.user)
    context = {
        "filter": requested,
        "tabs": [
            {
                "code": code,
                "label": tab.label,
                "count": min(totals[code], MAX_EVENTS_COUNTED),
                "more": totals[code] > MAX_EVENTS_COUNTED,
            }
            for code, tab in TABS.items()
        ],
        "chosen": chosen,
        "meaning": TABS[chosen].meaning,
        "lines": [(line(event), days_late(event, waiting=chosen == "overdue")) for event in events[:PER_PAGE]],
        "older": older(events, PER_PAGE),
        "before": before,
        "here": "exceptions",
        "most": MAX_ROWS_PER_SHEET,
    }
    return render(request, "audit/exceptions.html", context)


def _requested(request):
    """The tab, the filter and the events that it leaves; only for those whose offices reach dossiers."""
    if not reach.offices(request.user):
        raise Http404
    chosen = request.GET.get("tab", "")
    requested = PlaceFilter(request.GET, user=request.user)
    return chosen if chosen in TABS else next(iter(TABS)), requested, requested.narrow(reach.events(request.user))


@login_required
@require_POST
def exceptions_export(request):
    """Every tab as a sheet of one workbook."""
    _chosen, requested, rows = _requested(request)
    tables = [_table(code, newest_first(tab.narrow(rows))[: MAX_ROWS_PER_SHEET + 1]) for code, tab in TABS.items()]
    return download("exceptions", tables, requested=requested.in_words(), by=reach.exporter(request.user))


def _table(code: str, events) -> Export:
    waiting = code == "overdue"
    lines = (
        [*row(line(event)), event.dossier.due_on, days_late(event, waiting=waiting)] for event in events.iterator(2000)
    )
    return Export(
        str(TABS[code].label), [*columns(), ColumnHeading(_("Due date"), 12), ColumnHeading(_("Days late"), 10)], lines
    )

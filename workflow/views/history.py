from django.contrib.auth.decorators import login_required
from django.db.models import Q
from django.shortcuts import render

from accounts.models import Role
from workflow.forms.history import HistoryFilter
from workflow.models import Dossier, Event
from workflow.sentences import line
from workflow.views.dossier import events_of
from workflow.views.finding import paper_or_404

PER_PAGE = 50
READS_THE_OFFICE = frozenset({Role.AUDITOR, Role.COMMITTEE, Role.ADMINISTRATOR})


@login_required
def history(request):
    """Everything sealed within this person's reach, the newest first, narrowed as the address says."""
    wanted = HistoryFilter(request.GET)
    rows = wanted.narrow(readable(request.user)).select_related("opening", "dossier", "unit")
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        rows = rows.filter(pk__lt=int(before))
    events = list(rows.defer("envelope", "prev_hash").order_by("-pk")[: PER_PAGE + 1])
    context = {
        "filter": wanted,
        "lines": [line(event) for event in events[:PER_PAGE]],
        "older": str(events[PER_PAGE - 1].pk) if len(events) > PER_PAGE else None,
        "before": before,
    }
    return render(request, "workflow/history.html", context)


def readable(user):
    """Events of dossiers this person may see; for those who answer for the office, its own chain too."""
    seen = Q(dossier__in=Dossier.objects.visible_to(user).order_by().values("pk"))
    for by in user.authorities:
        if by.role in READS_THE_OFFICE:
            seen |= Q(dossier=None, unit__path__startswith=by.unit.path)
    return Event.objects.filter(seen)


@login_required
def dossier_history(request, ref):
    """The whole record of one dossier with its hashes."""
    paper = paper_or_404(request.user, ref)
    places = dict(paper.places())
    lines = [line(event, places) for event in reversed(events_of(paper))]
    return render(request, "workflow/dossier_history.html", {"dossier": paper, "lines": lines})

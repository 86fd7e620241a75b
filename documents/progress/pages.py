"""A campaign: how far the units have come, and who is late."""

from datetime import timedelta

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from accounts.reach import WHOLE_BRANCH
from accounts.units_named import meant
from documents.progress import board
from vietnamese.text import nfc
from workflow.states import State

PER_PAGE = 50


@login_required
def campaign_list(request):
    """Campaigns within reach, the latest plan first."""
    page = Paginator(board.campaigns_of(request.user), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "documents/campaigns/campaigns.html", {"page": page})


@login_required
def campaign(request, pk):
    """Units by state; a unit's own people see only their own row."""
    chosen = get_object_or_404(board.campaigns_of(request.user).select_related("organizer"), pk=pk)
    rows = board.unit_rows(chosen, request.user)
    counts = board.by_state(rows)
    total, arrived = sum(counts.values()), sum(counts.get(state, 0) for state in board.ARRIVED)
    page = Paginator(_filtered(rows, request.GET).order_by("code"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "campaign": chosen,
        "page": page,
        "bar": board.bar(counts),
        "total": total,
        "arrived": arrived,
        "to_come": total - arrived,
        "returned": counts.get(State.RETURNED, 0),
        "to_review": counts.get(State.UNIT_APPROVED, 0),
        "late": rows.filter(board.late()).count(),
        "days_left": (chosen.due_on - timezone.localdate()) // timedelta(days=1),
        "sees_all": any(by.role in WHOLE_BRANCH for by in request.user.authorities),
        "states": State.choices,
        "filters": request.GET,
    }
    return render(request, "documents/campaigns/campaign.html", context)


def _filtered(rows, filters):
    """As the address says: `state` (or `none`), `late`, and what was typed of the unit."""
    state = filters.get("state", "")
    if state == "none":
        rows = rows.filter(report_state=None)
    elif state in State.values:
        rows = rows.filter(report_state=state)
    if filters.get("late"):
        rows = rows.filter(board.late())
    if name := nfc(filters.get("name", "")).strip()[:100]:
        rows = rows.filter(meant(name))
    return rows

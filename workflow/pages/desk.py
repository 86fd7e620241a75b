"""The desk: what waits for this person."""

from uuid import uuid4

from django.contrib.auth.decorators import login_required
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Role
from accounts.reach import reaches
from workflow.bulk import selection
from workflow.desk import lists
from workflow.desk.paging import BoundedPaginator
from workflow.models.dossier_query import TURN
from workflow.notices import inbox
from workflow.pages.desk_filter import DeskFilter
from workflow.states import State

PER_PAGE = 50
BESIDE = 8  # rows of each list at the side
NEWS = 5


@login_required
def desk(request):
    """What waits for me, what came back, what I wait for, what is new."""
    user = request.user
    requested = DeskFilter(request.GET, user=user)
    rows = requested.narrow(lists.waiting(user))
    counts = lists.counts(rows)
    shown = selection.with_opened(lists.with_sender(rows), user)
    page = BoundedPaginator(shown, PER_PAGE, length=counts["all"]).get_page(request.GET.get("page"))
    context = {
        "filter": requested,
        "page": page,
        "groups": _grouped([_ready(row, user) for row in page], counts),
        "bulk_pages": selection.verb_pages(user) if page else [],
        "kinds": [(name, model._meta.verbose_name_plural) for name, model in requested.kinds.items()],
        "returned": lists.returned(user)[:BESIDE],
        "elsewhere": [_with_whom(row) for row in lists.elsewhere(user)[:BESIDE]],
        "notices": inbox.unread(user)[:NEWS],
        "today": timezone.localdate(),
        "delegated": [by for by in user.authorities if by.delegation],
    }
    return render(request, "desk.html", context)


def _ready(row, user):
    """The row with what can be done from it: tick it for a decision on many, or take it up."""
    row.bulk = row.state in selection.STATES
    row.offered = selection.offered(row)
    reviewers = (by for by in user.authorities if by.role == Role.REVIEWER and reaches(by, row))
    row.claimable = row.state == State.UNIT_APPROVED and row.handler is None and any(reviewers)
    row.key = uuid4() if row.claimable else None
    return row


def _with_whom(row):
    row.with_role = TURN[row.state].label
    return row


def _grouped(rows, counts) -> list[dict]:
    """The rows of this page under their headings, each with how many there are on all pages."""
    groups = {
        name: {"name": name, "label": label, "count": counts[name], "rows": []} for name, label in lists.GROUPS.items()
    }
    for dossier in rows:
        groups[lists.group_of(dossier.due_on)]["rows"].append(dossier)
    return [group for group in groups.values() if group["rows"]]

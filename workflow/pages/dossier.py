"""The page of one dossier."""

import json

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from ledger.models import Event
from workflow.comparison.summary import summary
from workflow.desk import sequence
from workflow.drafting.points import last_return
from workflow.history.road import steps
from workflow.history.sentences import line
from workflow.kinds import kind_of
from workflow.models import AccessLog, Point
from workflow.pages.deciding.answers_form import AnswersForm
from workflow.pages.deciding.panel import decision_panel
from workflow.pages.finding import paper_or_404
from workflow.paper.place import Place
from workflow.states import State

MAX_EVENTS_SHOWN = 12  # events on the dossier's page; all of them are on its history
POINTS_MATTER = frozenset({State.RETURNED, State.SUBMITTED, State.UNIT_APPROVED, State.DISTRICT_REVIEWED})


@login_required
def dossier(request, ref):
    """The paper, where it stands, what this person can do, and what has happened."""
    paper = paper_or_404(request.user, ref)
    AccessLog.objects.create(user=request.user, dossier=paper, act=AccessLog.Kind.VIEWED)
    events, points = list(events_of(paper)), last_points(paper)
    total = sequence.requested_total(request.GET)
    may_edit, places = request.user.has_perm("workflow.change_dossier", paper), dict(paper.places())
    context = {
        "dossier": paper,
        "paper": paper,
        "kind": kind_of(paper),
        "outline": outline(places),
        "previous": previous(paper),
        "points": points,
        "answers": AnswersForm(points) if may_edit and points else None,
        "may_edit": may_edit,
        "comparable": paper.version > 1 or (paper.version and not paper.is_sealed),
        "steps": steps(paper, events),
        "panel": decision_panel(paper, request.user),
        "lines": [line(event, places) for event in events[: -MAX_EVENTS_SHOWN - 1 : -1]],
        "event_count": len(events),
        "queue": total,
        "standing": sequence.standing(request.user, paper.ref, total) if total else None,
        "summary": summary(paper, points),
    }
    return render(request, "workflow/dossier.html", context)


def events_of(paper):
    """Oldest first, with the words said; without the sealed bytes, which only a verifier reads."""
    return Event.objects.filter(dossier=paper).for_reading().order_by("seq")


def outline(places: dict[str, str]) -> list[tuple[str, str, str]]:
    """(anchor, number, heading) of the paper's sections."""
    codes = [(place, Place.of(place).code) for place in places if Place.of(place).kind == "section"]
    return [(f"place-section-{code}", code, places[place].partition(code)[2].strip(" .")) for place, code in codes]


def last_points(paper) -> list[Point]:
    """The points of the last return while they still matter."""
    return last_return(paper) if paper.state in POINTS_MATTER else []


def previous(paper) -> dict | None:
    """The content of the version before this one."""
    return json.loads(bytes(paper.content_before))["content"] if paper.content_before else None

"""Answering the points of a return, one by one, before the paper is submitted again."""

from django.utils import timezone

from accounts.authority import Authority
from workflow import drafting
from workflow.models import Dossier, Point


def last_return(dossier: Dossier) -> list[Point]:
    """The points of the last return in their order; none when it was never returned."""
    points = list(Point.objects.filter(dossier=dossier).select_related("answered_by").order_by("event", "number"))
    return [point for point in points if point.event_id == points[-1].event_id]


def answer(dossier: Dossier, answers: dict[int, str], *, by: Authority) -> None:
    """Save what is said to each point of the last return, by its number. Raises Refused like any other edit."""
    with drafting.edit(dossier, by=by):
        for point in last_return(dossier):
            said = answers.get(point.number, point.answer)
            if said != point.answer:
                point.answer, point.answered_by, point.answered_at = said, by.person, timezone.now()
                point.save(update_fields=["answer", "answered_by", "answered_at"])

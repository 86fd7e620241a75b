"""Who is asked in a campaign and how far each has come, cut to what the reader's offices reach."""

from django.db.models import CharField, Count, DateField, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Cast, Coalesce, Concat
from django.utils import timezone

from accounts.models import Unit
from accounts.reach import reach
from documents.campaigns.campaign import Campaign, campaigns_of
from documents.nominations.nomination import AwardNomination
from documents.reports.report import Report
from workflow.states import ROAD, State

ARRIVED = ROAD[ROAD.index(State.UNIT_APPROVED) :]  # with the district, or past it
ORDER = [*reversed(ROAD[1:]), State.REJECTED, State.RETURNED, State.DRAFT]  # of a bar, from the furthest


def unit_rows(campaign: Campaign, user) -> QuerySet[Unit]:
    """A row a unit asked: its live report's state, version, due date, whether it is late, and its nominations."""
    slot = Concat(Value(f"report:{campaign.pk}:"), Cast(OuterRef("pk"), CharField()))  # found by its own index
    live = Report.objects.live().filter(slot=slot)
    nominations = AwardNomination.objects.live().filter(campaign=campaign, unit=OuterRef("pk"))
    counted = nominations.order_by().values("unit").annotate(n=Count("pk")).values("n")
    due = Value(campaign.due_on, output_field=DateField())
    return (
        Unit.objects.filter(campaigns=campaign)
        .filter(reach(user.authorities, unit=""))
        .annotate(
            report_ref=Subquery(live.values("ref")[:1]),
            report_state=Subquery(live.values("state")[:1]),
            report_since=Subquery(live.values("state_since")[:1]),
            report_version=Subquery(live.values("version")[:1]),
            due=Coalesce(Subquery(live.values("due_on")[:1]), due),
            nominations=Coalesce(Subquery(counted), 0),
        )
    )


def late() -> Q:
    """Past its day and not with the district yet."""
    return Q(due__lt=timezone.localdate()) & (Q(report_state=None) | ~Q(report_state__in=ARRIVED))


def by_state(rows: QuerySet[Unit]) -> dict[str, int]:
    """State (empty where nothing is begun) -> how many units, in one query."""
    counted = rows.order_by().values("report_state").annotate(n=Count("pk")).values_list("report_state", "n")
    return {state or "": n for state, n in counted}


def bar(counts: dict[str, int]) -> list[dict]:
    """The states with their share of the whole bar, in percent, from the furthest to what is not begun."""
    total, at, pieces = sum(counts.values()) or 1, 0.0, []
    for state in [*ORDER, ""]:
        if n := counts.get(state, 0):
            width = n * 100 / total
            pieces.append(
                {
                    "state": state or "none",
                    "label": State(state).label if state else "",
                    "n": n,
                    "x": round(at, 3),
                    "width": round(width, 3),
                }
            )
            at += width
    return pieces


def strips(user) -> list[dict]:
    """The latest campaign within reach as a desk shows it: its bar and how many have arrived. Two queries."""
    campaign = campaigns_of(user).first() if user.authorities else None
    if campaign is None:
        return []
    counts = by_state(unit_rows(campaign, user))
    arrived = sum(counts.get(state, 0) for state in ARRIVED)
    return [{"campaign": campaign, "bar": bar(counts), "arrived": arrived, "total": sum(counts.values())}]

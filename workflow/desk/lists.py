"""What lies on one person's desk: what waits for them, what came back, what they wait for."""

from datetime import date, timedelta

from django.db.models import Count, F, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.reach import OWN_UNIT, reach
from ledger.envelope import REGISTRY
from ledger.models import Event
from workflow.desk.paging import MAX_ROWS_PAGED
from workflow.models import Dossier, Point, Version
from workflow.models.dossier_query import TURN
from workflow.states import ROAD, State

UNDER_WAY = ROAD[1:-1]
GROUPS = {"over": _("Overdue"), "today": _("Due today"), "week": _("This week"), "later": _("Later")}
MAX_OWN_DECISIONS = 200  # of one's own, among which to look for what one waits for


def waiting(user) -> QuerySet[Dossier]:
    """What only this person's offices can move now, the soonest due first; what came back is listed by itself."""
    rows = Dossier.objects.waiting_for(user, [state for state in TURN if state != State.RETURNED])
    return rows.due_soonest()


def with_sender(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """What a row of the desk says besides: who sent it, and the sealed version that a decision from the row names."""
    sealed = Version.objects.filter(dossier=OuterRef("pk"), number=OuterRef("version"))
    seen = Subquery(sealed.values("content_hash"))
    return rows.select_related("unit", "handler").annotate(sent_by=_last_actor(), seen_hash=seen)


def _last_actor() -> Subquery:
    last = Event.objects.filter(chain=OuterRef("ref")).order_by("-seq")
    return Subquery(last.values("actor__full_name")[:1])


# --- by due date ------------------------------------------------------------------------------------------------------
def group_of(due_on: date | None) -> str:
    """Under which heading of the desk a due date falls; the week ends on Sunday."""
    today = timezone.localdate()
    if due_on is None or due_on > _sunday(today):
        return "later"
    return "over" if due_on < today else "today" if due_on == today else "week"


def in_group(name: str) -> Q:
    """The due dates that fall under one heading."""
    today = timezone.localdate()
    return {
        "over": Q(due_on__lt=today),
        "today": Q(due_on=today),
        "week": Q(due_on__gt=today, due_on__lte=_sunday(today)),
        "later": Q(due_on__gt=_sunday(today)) | Q(due_on=None),
    }[name]


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())


def counts(rows: QuerySet[Dossier]) -> dict[str, int]:
    """How many fall under each heading, and `all`: one query that looks at the most pressing only."""
    first = rows.values("pk", "due_on")[: MAX_ROWS_PAGED + 1]
    return first.aggregate(all=Count("pk"), **{name: Count("pk", filter=in_group(name)) for name in GROUPS})


# --- beside it --------------------------------------------------------------------------------------------------------
def returned(user) -> QuerySet[Dossier]:
    """What came back to this person's unit, with how many points want an answer and the first of them."""
    points = Point.objects.filter(dossier=OuterRef("pk"), answer="").order_by("-event", "number")
    number = points.order_by().values("dossier").annotate(n=Count("pk")).values("n")
    rows = Dossier.objects.waiting_for(user, [State.RETURNED]).select_related("unit").due_soonest()
    return rows.annotate(
        first_point=Subquery(points.values("text")[:1]),
        unanswered=Coalesce(Subquery(number), 0),
        sent_by=_last_actor(),
    )


def elsewhere(user) -> QuerySet[Dossier]:
    """Under way with others: dossiers of one's own unit, or of one's latest deeds; the longest waiting first."""
    away = Dossier.objects.filter(state__in=[*UNDER_WAY, State.RETURNED]).order_by()
    of_the_unit = away.filter(reach(by for by in user.authorities if by.role in OWN_UNIT))
    decisions = Event.objects.filter(actor=user).exclude(chain=REGISTRY).order_by("-at")
    mine = Dossier.objects.filter(ref__in=decisions.values("chain")[:MAX_OWN_DECISIONS]).order_by().values("pk")
    rows = Dossier.objects.visible_to(user).filter(pk__in=of_the_unit.values("pk").union(mine))
    others = rows.filter(state__in=[*UNDER_WAY, State.RETURNED]).exclude(Dossier.objects.turn_of(user))
    return others.select_related("unit", "handler").order_by(F("state_since").asc(), "pk")

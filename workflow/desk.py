"""What lies on one person's desk: what waits for them, what came back, what they wait for, what is new."""

from datetime import date, timedelta

from django.apps import apps
from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from workflow.models import Dossier, Event, Point
from workflow.models.dossier_query import OWN_UNIT
from workflow.states import ROAD, State

UNDER_WAY = ROAD[1:-1]
GROUPS = {"over": _("Overdue"), "today": _("Due today"), "week": _("This week"), "later": _("Later")}


def kinds() -> dict[str, type[Dossier]]:
    """Every kind of paper by the name an address uses."""
    papers = (model for model in apps.get_models() if issubclass(model, Dossier) and model is not Dossier)
    return {model._meta.model_name: model for model in papers}


def waiting(user, kind: str = "") -> QuerySet[Dossier]:
    """What only this person's offices can move now, the soonest due first; what came back is listed by itself."""
    rows = Dossier.objects.waiting_for(user).exclude(state=State.RETURNED)
    if model := kinds().get(kind):
        rows = rows.filter(kind=model._meta.label_lower)
    return rows.select_related("unit", "handler").annotate(sent_by=_last_actor()).due_soonest()


def _last_actor() -> Subquery:
    last = Event.objects.filter(dossier=OuterRef("pk")).order_by("-seq")
    return Subquery(last.values("actor__full_name")[:1])


def group_of(due_on: date | None) -> str:
    """Under which heading of the desk a due date falls; the week ends on Sunday."""
    today = timezone.localdate()
    if due_on is None or due_on > _sunday(today):
        return "later"
    return "over" if due_on < today else "today" if due_on == today else "week"


def _sunday(today: date) -> date:
    return today + timedelta(days=6 - today.weekday())


def counts(rows: QuerySet[Dossier]) -> dict[str, int]:
    """How many fall under each heading, and `all`: one query."""
    today = timezone.localdate()
    return rows.order_by().aggregate(
        all=Count("pk"),
        over=Count("pk", filter=Q(due_on__lt=today)),
        today=Count("pk", filter=Q(due_on=today)),
        week=Count("pk", filter=Q(due_on__gt=today, due_on__lte=_sunday(today))),
        later=Count("pk", filter=Q(due_on__gt=_sunday(today)) | Q(due_on=None)),
    )


def returned(user) -> QuerySet[Dossier]:
    """What came back to this person's unit, with the first point of the return."""
    unanswered = Point.objects.filter(dossier=OuterRef("pk")).order_by("-event", "number")
    rows = Dossier.objects.waiting_for(user).filter(state=State.RETURNED).select_related("unit")
    first_point = Subquery(unanswered.values("text")[:1])
    return rows.annotate(first_point=first_point, sent_by=_last_actor()).due_soonest()


def elsewhere(user) -> QuerySet[Dossier]:
    """Under way with others: dossiers of one's own unit, or that one has decided on; the longest waiting first."""
    units = [by.unit.pk for by in user.authorities if by.role in OWN_UNIT]
    mine = Exists(Event.objects.filter(dossier=OuterRef("pk"), actor=user))
    rows = Dossier.objects.visible_to(user).filter(Q(unit__in=units) | mine, state__in=[*UNDER_WAY, State.RETURNED])
    others = rows.exclude(pk__in=Dossier.objects.waiting_for(user).order_by().values("pk"))
    return others.select_related("unit").order_by(F("state_since").asc(), "pk")

"""Who opened, printed or downloaded one dossier: a line a person, day and act."""

from django.db.models import Count, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import TruncDate

from accounts.models import Appointment, Delegation
from workflow.models import AccessLog, Dossier


def by_day(dossier: Dossier, act: str = "") -> QuerySet:
    """Rows {user, user__full_name, day, act, detail, first, last, times, post, unit, for_whom}, the latest first."""
    rows = AccessLog.objects.filter(dossier=dossier.pk)
    if act in AccessLog.Act.values:
        rows = rows.filter(act=act)
    days = rows.annotate(day=TruncDate("at")).values("user", "user__full_name", "day", "act", "detail")
    days = days.annotate(first=Min("at"), last=Max("at"), times=Count("pk"))
    held, lent = _held(dossier), _lent(dossier)
    return days.annotate(
        post=Subquery(held.values("post")[:1]),
        unit=Subquery(held.values("unit__name")[:1]),
        lent_post=Subquery(lent.values("appointment__post")[:1]),
        lent_by=Subquery(lent.values("appointment__user__full_name")[:1]),
    ).order_by("-last", "user", "act", "detail")


def _held(dossier: Dossier) -> QuerySet[Appointment]:
    """The offices a person held on that day, those nearest to the dossier's unit first."""
    rows = Appointment.objects.filter(_on_that_day(), user=OuterRef("user"))
    return rows.order_by(Q(unit=dossier.unit_id).desc(), Q(unit__path__in=dossier.unit.paths_above()).desc(), "pk")


def _lent(dossier: Dossier) -> QuerySet[Delegation]:
    """The offices over this dossier that were lent to a person on that day."""
    above = Q(appointment__unit__path__in=dossier.unit.paths_above())
    return Delegation.objects.filter(_on_that_day(), above, delegate=OuterRef("user")).order_by("pk")


def _on_that_day() -> Q:
    day = OuterRef("day")
    ended = Q(ended_at=None) | Q(ended_at__date__gte=day)
    return Q(Q(ends_on=None) | Q(ends_on__gte=day), ended, starts_on__lte=day)

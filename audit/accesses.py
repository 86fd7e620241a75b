"""Who opened, printed or downloaded one dossier: a line a person, day and act, with the office held on that day."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Max, Min, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import Appointment, Delegation
from workflow.models import AccessLog, Dossier


def by_day(dossier: Dossier, act: str = "") -> QuerySet:
    """Rows {user, user__full_name, day, act, detail, first, last, times}, the latest first."""
    rows = AccessLog.objects.filter(dossier=dossier.pk)
    if act in AccessLog.Kind.values:
        rows = rows.filter(act=act)
    days = rows.annotate(day=TruncDate("at")).values("user", "user__full_name", "day", "act", "detail")
    counted = days.annotate(first=Min("at"), last=Max("at"), times=Count("pk"))
    return counted.order_by("-last", "user", "act", "detail")


@dataclass
class Access:
    """One line, and in what offices the person could have read the dossier on that day."""

    row: dict
    appointment: Appointment | None
    delegation: Delegation | None


def with_offices(rows: Iterable[dict], dossier: Dossier) -> list[Access]:
    """Two queries, however many rows."""
    rows = list(rows)
    people, above = {row["user"] for row in rows}, dossier.unit.paths_above()
    appointments = Appointment.objects.filter(user__in=people).select_related("unit")
    nearest_first = sorted(appointments, key=lambda one: (one.unit.path not in above, -one.unit.depth, one.pk))
    delegated = Delegation.objects.filter(delegate__in=people, appointment__unit__path__in=above).order_by("pk")
    delegated = list(delegated.select_related("appointment__user"))
    return [
        Access(
            row,
            next((one for one in nearest_first if one.user_id == row["user"] and _in_force_on(one, row["day"])), None),
            next((one for one in delegated if one.delegate_id == row["user"] and _in_force_on(one, row["day"])), None),
        )
        for row in rows
    ]


def _in_force_on(dated: Appointment | Delegation, day: date) -> bool:
    ended = dated.ended_at and timezone.localdate(dated.ended_at) < day
    return dated.starts_on <= day and not ended and (dated.ends_on is None or day <= dated.ends_on)

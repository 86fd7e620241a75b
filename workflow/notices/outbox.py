"""What was sent to the people of an administrator's units, and what stands in its way."""

from datetime import timedelta

from django.db.models import Count, Q, QuerySet
from django.db.models.functions import TruncDate
from django.utils import timezone

from accounts.models import Appointment, Role, User
from workflow.models import Mail

DAYS = 14
STUCK = [Mail.State.FAILED, Mail.State.UNSURE]  # what someone may send again, knowing it


def people_appointed_under(administrator) -> QuerySet[User]:
    """Everyone who holds or held an office at an administrator's units or below them."""
    places = Q(pk__in=[])
    for by in administrator.authorities:
        if by.role == Role.ADMINISTRATOR:
            places |= Q(unit__path__startswith=by.unit.path)
    return User.objects.filter(pk__in=Appointment.objects.filter(places).values("user"))


def mails_of(administrator) -> QuerySet[Mail]:
    return Mail.objects.filter(user__in=people_appointed_under(administrator).order_by().values("pk"))


def by_state(mails: QuerySet[Mail]) -> dict[str, int]:
    """How many mails are in each state, none left out."""
    counted = dict(mails.order_by().values_list("state").annotate(n=Count("pk")))
    return {state: counted.get(state, 0) for state in Mail.State.values}


def by_day(mails: QuerySet[Mail]) -> list[dict]:
    """The last days, the newest first: how many were made, and what became of them."""
    since = timezone.localtime() - timedelta(days=DAYS)
    counts = {state: Count("pk", filter=Q(state=state)) for state in Mail.State.values}
    days = mails.filter(created_at__gte=since).order_by().annotate(on=TruncDate("created_at"))
    return list(days.values("on").annotate(made=Count("pk"), **counts).order_by("-on"))


def without_address(administrator) -> int:
    """How many people with an office now can only be told in the page."""
    serving = Appointment.objects.in_force().values("user")
    return people_appointed_under(administrator).filter(pk__in=serving, email="").count()


def send_again(mail: Mail, by) -> bool:
    """Queue once more what failed or may have gone; False when it has moved meanwhile."""
    now = timezone.now()
    stuck = Mail.objects.filter(pk=mail.pk, state__in=STUCK)
    again = {"state": Mail.State.QUEUED, "at": now, "due_at": now, "attempts": 0, "fault": "", "answer": ""}
    return bool(stuck.update(again_by=by, **again))

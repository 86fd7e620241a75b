"""Dossiers that somebody has taken up: freed when the office behind the claim goes."""

from django.db import transaction
from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q, QuerySet

from accounts.models import Appointment, Delegation, Role
from workflow.models import Dossier


def lock_claimed(which: Q) -> list[int]:
    """Lock what is taken up of these, in the order every decision locks; primary keys."""
    claimed = Dossier.objects.filter(which).exclude(handler=None).select_for_update(of=("self",), no_key=True)
    return list(claimed.order_by("pk").values_list("pk", flat=True))


def free_lapsed(dossiers: list[int]) -> int:
    """Free those of them whose claim no longer stands; how many."""
    return lapsed(Dossier.objects.filter(pk__in=dossiers)).update(handler=None)


@transaction.atomic
def free_all_lapsed() -> int:
    """Free whatever somebody took up whose office has run out by its last day, or no longer covers the unit."""
    return free_lapsed(lock_claimed(Q(pk__in=lapsed(Dossier.objects.order_by()).values("pk"))))


def lapsed(dossiers: QuerySet[Dossier], *, without: Q | None = None) -> QuerySet[Dossier]:
    """Taken up by someone who has no office to review them with, leaving out the appointments that fit `without`."""
    here = ExpressionWrapper(OuterRef("unit__path"), output_field=CharField())
    own = Appointment.objects.in_force().filter(role=Role.REVIEWER, user=OuterRef("handler"))
    delegated = Delegation.objects.in_force().filter(appointment__role=Role.REVIEWER, delegate=OuterRef("handler"))
    if without:
        gone = Appointment.objects.filter(without).values("pk")
        own, delegated = own.exclude(pk__in=gone), delegated.exclude(appointment__in=gone)
    stands = Exists(own.alias(here=here).filter(here__startswith=F("unit__path"))) | Exists(
        delegated.alias(here=here).filter(here__startswith=F("appointment__unit__path"))
    )
    return dossiers.exclude(handler=None).exclude(stands)

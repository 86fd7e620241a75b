"""Who else could take a decision today: the question behind “sole officer”."""

from collections.abc import Iterable

from django.db.models import Q

from accounts.models import Appointment, Authority, Delegation, Role, User
from accounts.reach import offices_over
from workflow.models import Dossier
from workflow.states import Verb


def others_eligible(verb: Verb, dossier: Dossier, roles: Iterable[Role], *, besides: Authority) -> list[str]:
    """Full names of people, other than `besides`, whose appointment or delegation in force lets them decide with
    four eyes: neither they nor the person they act for had a hand in the dossier."""
    barred = dossier.situation.hands(verb) | dossier.paper().nominees() | {besides.person.pk}
    here = offices_over(dossier.unit, roles)
    own = Appointment.objects.in_force().filter(here).exclude(user__in=barred)
    delegated = Delegation.objects.in_force().filter(appointment__in=Appointment.objects.filter(here))
    delegated = delegated.exclude(delegate__in=barred).exclude(appointment__user__in=barred)
    people = User.objects.filter(Q(pk__in=own.values("user")) | Q(pk__in=delegated.values("delegate")))
    return list(people.order_by("sort_key").values_list("full_name", flat=True))


def claim_stands(dossier: Dossier) -> bool:
    """Does whoever took it up still hold a right to review it? A claim lapses with the appointment behind it."""
    here = offices_over(dossier.unit, [Role.REVIEWER])
    delegated = Delegation.objects.in_force().filter(appointment__in=Appointment.objects.filter(here))
    return (
        Appointment.objects.in_force().filter(here, user=dossier.handler_id).exists()
        or delegated.filter(delegate=dossier.handler_id).exists()
    )

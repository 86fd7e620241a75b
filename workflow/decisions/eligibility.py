"""Who else could take a decision today: the question behind “sole officer”."""

from django.db.models import Q

from accounts.models import Appointment, Delegation, Role, User
from accounts.reach import OWN_UNIT


def others_eligible(verb, dossier, roles, *, besides) -> list[str]:
    """Full names of people, other than `besides`, whose appointment or delegation in force lets them decide with
    four eyes: neither they nor the person they act for had a hand in the dossier."""
    barred = dossier.situation.hands(verb) | dossier.paper().nominees() | {besides.person.pk}
    here = _reaching(dossier, roles)
    own = Appointment.objects.in_force().filter(here).exclude(user__in=barred)
    lent = Delegation.objects.in_force().filter(appointment__in=Appointment.objects.filter(here))
    lent = lent.exclude(delegate__in=barred).exclude(appointment__user__in=barred)
    people = User.objects.filter(Q(pk__in=own.values("user")) | Q(pk__in=lent.values("delegate")))
    return list(people.order_by("sort_key").values_list("full_name", flat=True))


def claim_stands(dossier) -> bool:
    """Does whoever took it up still hold a right to review it? A claim lapses with the appointment behind it."""
    here = _reaching(dossier, [Role.REVIEWER])
    lent = Delegation.objects.in_force().filter(appointment__in=Appointment.objects.filter(here))
    return (
        Appointment.objects.in_force().filter(here, user=dossier.handler_id).exists()
        or lent.filter(delegate=dossier.handler_id).exists()
    )


def _reaching(dossier, roles) -> Q:
    narrow = [role for role in roles if role in OWN_UNIT]
    wide = [role for role in roles if role not in OWN_UNIT]
    return Q(role__in=narrow, unit=dossier.unit_id) | Q(role__in=wide, unit__path__in=dossier.unit.paths_above())

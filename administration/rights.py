"""Whom and what an administrator reaches: it starts every query; whoever administers nothing finds no page."""

from django.db import models
from django.db.models import Exists, OuterRef, Prefetch, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Appointment, Authority, Delegation, Role, Unit, User
from accounts.reach import NOTHING, branches
from ledger.envelope import REGISTRY
from ledger.models import Event
from workflow.decisions.rules import lock_authority
from workflow.errors import Refused

PER_PAGE = 50


def administrations(user) -> list[Authority]:
    """Every capacity in which this person administers; 404 when there is none."""
    authorities = [by for by in user.authorities if by.role == Role.ADMINISTRATOR]
    if not authorities:
        raise Http404
    return sorted(authorities, key=lambda by: by.unit.path)


def units_of(user):
    """Every unit at or below those this person administers, in the order of the tree."""
    reached = branches((by.unit.path for by in administrations(user)), unit="")
    return Unit.objects.filter(reached).order_by("path")


def over(user, unit: Unit) -> Authority:
    """The capacity in which this person administers a unit; 404 when there is none."""
    for by in administrations(user):
        if by.unit.covers(unit):
            return by
    raise Http404


def unit_or_404(user, pk: int) -> tuple[Authority, Unit]:
    unit = units_of(user).select_related("kind").filter(pk=pk).first()
    if unit is None:
        raise Http404
    return over(user, unit), unit


def people_in_reach(user):
    """People in reach, by given name."""
    reached = NOTHING
    for by in administrations(user):
        reached |= in_reach(by)
    return User.objects.filter(reached).order_by("sort_key", "pk")


def person_or_404(user, ref) -> tuple[Authority, User, list[str]]:
    """The capacity that may change the account where there is one, the person, and why it may not be changed."""
    appointments = Appointment.objects.select_related("unit", "user").order_by("-starts_on", "-pk")
    person = people_in_reach(user).prefetch_related(Prefetch("appointments", appointments)).filter(ref=ref).first()
    if person is None:
        raise Http404
    tried = [(by, why_not_change(person, by)) for by in administrations(user)]
    by, reasons = min(tried, key=lambda pair: len(pair[1]))
    return by, person, reasons


def administers(by: Authority, *units: Unit) -> None:
    """An administrator manages their own unit and what is below it, as the tree stands now; nothing else."""
    if by.role != Role.ADMINISTRATOR:
        raise Refused(_("This is the responsibility of: %(roles)s.") % {"roles": Role.ADMINISTRATOR.label})
    lock_authority(by)
    paths = dict(Unit.objects.filter(pk__in=[by.unit.pk, *(unit.pk for unit in units)]).values_list("pk", "path"))
    for unit in units:
        if not paths[unit.pk].startswith(paths[by.unit.pk]):
            raise Refused(_("%(unit)s is neither your unit nor below it.") % {"unit": unit.name})


def in_reach(by: Authority) -> Q:
    """People an administrator sees: with an appointment there, now or once, or registered there and never appointed."""
    appointed = Appointment.objects.filter(user=OuterRef("pk"))
    return Exists(appointed.filter(unit__path__startswith=by.unit.path)) | Q(
        ~Exists(appointed), ref__in=_registered_within(by)
    )


def _registered_within(by: Authority):
    rows = Event.objects.filter(chain=REGISTRY, verb="person_registered", unit__path__startswith=by.unit.path)
    return rows.values_list(Cast(KT("facts__person"), models.UUIDField()), flat=True)


def why_not_change(user: User, by: Authority) -> list[str]:
    """Every reason against changing this account for an administrator in whose reach it is."""
    elsewhere = offices_beyond(by, [user.pk])
    if not elsewhere:
        return []
    message = _(
        "This person also has an appointment at %(places)s; only an administrator above it can change the account."
    )
    return [message % {"places": ", ".join(dict.fromkeys(name for _person, name in elsewhere))}]


def offices_beyond(by: Authority, people: list[int]) -> list[tuple[int, str]]:
    """(person, unit) of every office beyond reach that these hold or are delegated, now or later: one query.

    Whoever changes an account can come to act by it, so a delegation counts as much as an appointment.
    """
    lasting = Q(ended_at=None) & (Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
    own = Appointment.objects.filter(lasting, user__in=people).exclude(unit__path__startswith=by.unit.path)
    delegated = Delegation.objects.filter(lasting, delegate__in=people, appointment__ended_at=None)
    delegated = delegated.exclude(appointment__unit__path__startswith=by.unit.path)
    named = delegated.order_by().values_list("delegate", "appointment__unit__name")
    return list(own.order_by().values_list("user", "unit__name").union(named))

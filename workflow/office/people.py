from uuid import UUID

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.db.models.fields.json import KT
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authority import Authority
from accounts.models import Appointment, Delegation, User
from accounts.sessions import end_all
from workflow.errors import Refused
from workflow.ledger.append import append_to_office
from workflow.ledger.envelope import OFFICE
from workflow.models import Event
from workflow.office.appointments import holders
from workflow.office.claims import free_lapsed, hold_taken_up
from workflow.office.recording import administers, recorded

DETAILS = ["username", "full_name", "honorific", "email"]


@recorded
def register_person(user: User, *, by: Authority, key: UUID) -> Event:
    """Save a new account without a password; one is given with `accounts.one_time`."""
    administers(by, by.unit)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return _record("person_registered", user, by, key)


@recorded
def change_person(user: User, *, by: Authority, key: UUID, note: str = "") -> Event:
    """Save what differs from the stored row; papers already sealed keep the name as it was."""
    stored = _held(user, by)
    changed = [name for name in DETAILS if getattr(user, name) != getattr(stored, name)]
    if not changed:
        raise Refused(_("Nothing was changed."))
    for name in changed:
        setattr(stored, name, getattr(user, name))
    stored.full_clean(exclude=["password"])
    stored.save(update_fields=[*changed, "sort_key"])
    return _record("person_changed", stored, by, key, facts={"fields": changed}, texts={"note": note})


@recorded
def deactivate_person(user: User, *, by: Authority, key: UUID, note: str = "") -> Event:
    """Close the account: no sign-in, every appointment and delegation rests, what was taken up is freed."""
    if user.pk == by.person.pk:
        raise Refused(_("You cannot close your own account; another administrator must do so."))
    taken = hold_taken_up(Q(handler__in=holders(list(user.appointments.in_force())) | {user.pk}))
    stored = _held(user, by)
    if not stored.is_active:
        raise Refused(_("This account is already closed."))
    stored.is_active = False
    stored.save(update_fields=["is_active"])
    end_all(stored)
    free_lapsed(taken)
    return _record("person_deactivated", stored, by, key, texts={"note": note})


@recorded
def reactivate_person(user: User, *, by: Authority, key: UUID, note: str = "") -> Event:
    """Open the account again: appointments and delegations that have not ended work again."""
    stored = _held(user, by)
    if stored.is_active:
        raise Refused(_("This account is open."))
    stored.is_active = True
    stored.save(update_fields=["is_active"])
    return _record("person_reactivated", stored, by, key, texts={"note": note})


def in_reach(by: Authority) -> Q:
    """People an administrator sees: with an appointment there, now or once, or registered there and never appointed."""
    appointed = Appointment.objects.filter(user=OuterRef("pk"))
    return Exists(appointed.filter(unit__path__startswith=by.unit.path)) | Q(
        ~Exists(appointed), ref__in=_registered_within(by)
    )


def _registered_within(by: Authority):
    rows = Event.objects.filter(chain=OFFICE, verb="person_registered", unit__path__startswith=by.unit.path)
    return rows.values_list(Cast(KT("facts__person"), models.UUIDField()), flat=True)


def why_not_change(user: User, by: Authority) -> list[str]:
    """Every reason against changing this account for an administrator in whose reach it is."""
    elsewhere = offices_beyond(by, [user.pk])
    if not elsewhere:
        return []
    said = _(
        "This person also has an appointment at %(places)s; only an administrator above it can change the account."
    )
    return [said % {"places": ", ".join(dict.fromkeys(name for _person, name in elsewhere))}]


def offices_beyond(by: Authority, people: list[int]) -> list[tuple[int, str]]:
    """(person, unit) of every office beyond reach that these hold or are lent, now or later: one query.

    Whoever changes an account can come to act by it, so a loan counts as much as an appointment.
    """
    lasting = Q(ended_at=None) & (Q(ends_on=None) | Q(ends_on__gte=timezone.localdate()))
    own = Appointment.objects.filter(lasting, user__in=people).exclude(unit__path__startswith=by.unit.path)
    lent = Delegation.objects.filter(lasting, delegate__in=people, appointment__ended_at=None)
    lent = lent.exclude(appointment__unit__path__startswith=by.unit.path)
    named = lent.order_by().values_list("delegate", "appointment__unit__name")
    return list(own.order_by().values_list("user", "unit__name").union(named))


def _held(user: User, by: Authority) -> User:
    administers(by, by.unit)
    held = User.objects.select_for_update(no_key=True).filter(in_reach(by), pk=user.pk).first()
    if held is None:
        raise Refused(_("This person has no appointment in your unit or below it."))
    if reasons := why_not_change(held, by):
        raise Refused(*reasons)
    return held


def _record(verb: str, user: User, by: Authority, key: UUID, *, facts=None, texts=None) -> Event:
    said = {"person": str(user.ref)} | (facts or {})
    names = {"person": user.full_name} | (texts or {})
    return append_to_office(verb, by=by, key=key, unit=by.unit, facts=said, texts=names)

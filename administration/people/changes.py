"""Registering, changing, closing and opening an account, each sealed on the registry chain."""

from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from accounts.models import Authority, User
from accounts.signing_in.sessions import end_all
from administration.appointments.changes import holders
from administration.rights import administers, in_reach, why_not_change
from ledger.append import append_to_registry
from ledger.models import Event
from workflow.decisions.claims import free_lapsed, lock_claimed
from workflow.errors import Refused
from workflow.recording import recorded

DETAILS = ["username", "full_name", "honorific", "email"]


@recorded
def register_person(user: User, *, by: Authority, key: UUID) -> Event:
    """Save a new account without a password; one is given with `accounts.signing_in.one_time`."""
    administers(by, by.unit)
    user.set_unusable_password()
    user.full_clean(exclude=["password"])
    user.save()
    return _record("person_registered", user, by, key)


@recorded
def change_person(user: User, *, by: Authority, key: UUID, note: str = "") -> Event:
    """Save what differs from the stored row; papers already sealed keep the name as it was."""
    stored = _locked(user, by)
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
    """Close the account: no sign-in, every appointment and delegation rests, what was claimed is freed."""
    if user.pk == by.person.pk:
        raise Refused(_("You cannot close your own account; another administrator must do so."))
    claimed = lock_claimed(Q(handler__in=holders(list(user.appointments.in_force())) | {user.pk}))
    stored = _locked(user, by)
    if not stored.is_active:
        raise Refused(_("This account is already closed."))
    stored.is_active = False
    stored.save(update_fields=["is_active"])
    end_all(stored)
    free_lapsed(claimed)
    return _record("person_deactivated", stored, by, key, texts={"note": note})


@recorded
def reactivate_person(user: User, *, by: Authority, key: UUID, note: str = "") -> Event:
    """Open the account again: appointments and delegations that have not ended work again."""
    stored = _locked(user, by)
    if stored.is_active:
        raise Refused(_("This account is open."))
    stored.is_active = True
    stored.save(update_fields=["is_active"])
    return _record("person_reactivated", stored, by, key, texts={"note": note})


def _locked(user: User, by: Authority) -> User:
    administers(by, by.unit)
    stored = User.objects.select_for_update(no_key=True).filter(in_reach(by), pk=user.pk).first()
    if stored is None:
        raise Refused(_("This person has no appointment in your unit or below it."))
    if reasons := why_not_change(stored, by):
        raise Refused(*reasons)
    return stored


def _record(verb: str, user: User, by: Authority, key: UUID, *, facts=None, texts=None) -> Event:
    return append_to_registry(
        verb,
        by=by,
        key=key,
        unit=by.unit,
        facts={"person": str(user.ref)} | (facts or {}),
        texts={"person": user.full_name} | (texts or {}),
        rows=[user],
    )

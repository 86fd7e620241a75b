"""What an office asks of those who decide, and help for those locked out; each recorded on the office's own chain."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Authority, Role, SecurityPolicy, Unit, User
from accounts.signing_in.one_time import give_password
from accounts.signing_in.sessions import end_all
from administration.rights import in_reach, offices_beyond
from ledger.append import append_to_registry
from ledger.models import Event
from workflow.decisions.rules import hold
from workflow.errors import Refused


@transaction.atomic
def set_policy(unit: Unit, *, second_factor: bool, step_up: bool, by: Authority, key: UUID, note: str = "") -> Event:
    """The unit's own policy from now on; it holds for every unit below that has none of its own."""
    _administers(by, unit)
    wanted = {"second_factor": second_factor, "step_up": step_up}
    if SecurityPolicy.objects.filter(unit=unit, **wanted).exists():
        raise Refused(_("This policy is in force already."))
    policy, _new = SecurityPolicy.objects.update_or_create(unit=unit, defaults=wanted)
    texts = {"note": note}
    return append_to_registry("policy_changed", by=by, key=key, unit=unit, facts=wanted, texts=texts, rows=[policy])


@transaction.atomic
def give_one_time_password(user: User, *, by: Authority, key: UUID, note: str) -> str:
    """A password to be told once, for someone who has none or forgot theirs; every session of theirs ends."""
    _answers_for(by, user)
    password = give_password(user)
    _seal(user, "password_given", by=by, key=key, note=note)
    return password


@transaction.atomic
def take_factors_away(user: User, *, by: Authority, key: UUID, note: str) -> Event:
    """For someone who lost their telephone or key; every session of theirs ends."""
    _answers_for(by, user)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Refused(_("This person has no second factor."))
    end_all(user)
    return _seal(user, "factors_removed", by=by, key=key, note=note)


def people_of(by: Authority):
    """Whom an administrator answers for: with an office at their unit or below, now or once, or registered there."""
    return User.objects.filter(in_reach(by))


def _seal(user: User, what: str, *, by: Authority, key: UUID, note: str) -> Event:
    return append_to_registry(
        "sign_in_changed",
        by=by,
        key=key,
        unit=by.unit,
        facts={"what": what, "person": str(user.ref)},
        texts={"person": user.full_name, "note": note},
    )


def _administers(by: Authority, unit: Unit) -> None:
    if by.role != Role.ADMINISTRATOR or not by.unit.covers(unit):
        raise Refused(_("This is the responsibility of: %(roles)s.") % {"roles": Role.ADMINISTRATOR.label})
    hold(by)


def _answers_for(by: Authority, user: User) -> None:
    """Not for oneself or whom one acts for, and not for someone who also acts in an office beyond one's own."""
    _administers(by, by.unit)
    if user.pk in by.people:
        raise Refused(_("Change your own password and second factor on your account page."))
    if not people_of(by).filter(pk=user.pk).exists():
        raise Refused(_("This person has no appointment in your unit or below it."))
    if offices_beyond(by, [user.pk]):
        raise Refused(
            _(
                "This person also has an appointment outside your area of responsibility;"
                " please contact an administrator there."
            )
        )

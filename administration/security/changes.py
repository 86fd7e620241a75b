"""What an office asks of those who decide, and help for those locked out; each recorded on the registry chain."""

from uuid import UUID

from allauth.mfa.models import Authenticator
from django.utils.translation import gettext as _

from accounts.models import Authority, Role, SecurityPolicy, Unit, User
from accounts.signing_in.one_time import give_password
from accounts.signing_in.sessions import end_all
from administration.rights import in_reach, offices_beyond
from ledger.append import append_to_registry
from ledger.models import Event
from workflow.decisions.rules import lock_authority
from workflow.errors import Refused
from workflow.recording import recorded


@recorded
def set_policy(unit: Unit, *, second_factor: bool, step_up: bool, by: Authority, key: UUID, note: str = "") -> Event:
    """The unit's own policy from now on; it holds for every unit below that has none of its own."""
    _administers(by, unit)
    policy_facts = {"second_factor": second_factor, "step_up": step_up}
    if SecurityPolicy.objects.filter(unit=unit, **policy_facts).exists():
        raise Refused(_("This policy is in force already."))
    policy, _new = SecurityPolicy.objects.update_or_create(unit=unit, defaults=policy_facts)
    texts = {"note": note}
    return append_to_registry(
        "policy_changed", by=by, key=key, unit=unit, facts=policy_facts, texts=texts, rows=[policy]
    )


def give_one_time_password(user: User, *, by: Authority, key: UUID, note: str) -> str:
    """For someone who has none or forgot theirs; every session of theirs ends. Empty where the key gave one before."""
    password = ""

    @recorded
    def give(*, by: Authority, key: UUID) -> Event:
        nonlocal password
        _answers_for(by, user)
        given = give_password(user)
        event = _seal(user, "password_given", by=by, key=key, note=note)
        password = given  # only now: a faster click with this key undoes what stands above
        return event

    _is_of(give(by=by, key=key), user, "password_given")
    return password


def take_factors_away(user: User, *, by: Authority, key: UUID, note: str) -> Event:
    """For someone who lost their telephone or key; every session of theirs ends."""
    return _is_of(_take_factors_away(user, by=by, key=key, note=note), user, "factors_removed")


@recorded
def _take_factors_away(user: User, *, by: Authority, key: UUID, note: str) -> Event:
    _answers_for(by, user)
    if not Authenticator.objects.filter(user=user).delete()[0]:
        raise Refused(_("This person has no second factor."))
    end_all(user)
    return _seal(user, "factors_removed", by=by, key=key, note=note)


def people_answered_for(by: Authority):
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


def _is_of(event: Event, user: User, what: str) -> Event:
    """One page holds the key of two buttons: what the other one did is not taken for this."""
    if (event.facts.get("what"), event.facts.get("person")) != (what, str(user.ref)):
        raise Refused(_("This form has already been used for another decision. Please open the page again."))
    return event


def _administers(by: Authority, unit: Unit) -> None:
    if by.role != Role.ADMINISTRATOR or not by.unit.covers(unit):
        raise Refused(_("This is the responsibility of: %(roles)s.") % {"roles": Role.ADMINISTRATOR.label})
    lock_authority(by)


def _answers_for(by: Authority, user: User) -> None:
    """Not for oneself or whom one acts for, and not for someone who also acts in an office beyond one's own."""
    _administers(by, by.unit)
    if user.pk in by.people:
        raise Refused(_("Change your own password and second factor on your account page."))
    if not people_answered_for(by).filter(pk=user.pk).exists():
        raise Refused(_("This person has no appointment in your unit or below it."))
    if offices_beyond(by, [user.pk]):
        raise Refused(
            _(
                "This person also has an appointment outside your area of responsibility;"
                " please contact an administrator there."
            )
        )

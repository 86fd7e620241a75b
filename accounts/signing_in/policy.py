"""What an office asks of those who decide: a second factor, and to prove again who they are."""

from collections.abc import Iterable
from dataclasses import dataclass

from allauth.mfa.models import Authenticator
from allauth.mfa.utils import is_mfa_enabled

from accounts.models import Role, SecurityPolicy, Unit, User

# Those whose decisions carry a paper on, and administrators, who hand these offices out.
DECIDE = frozenset({Role.APPROVER, Role.REVIEWER, Role.SIGNATORY, Role.CLERK, Role.ADMINISTRATOR})
SECOND_FACTORS = [Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]  # recovery codes only stand in for one


@dataclass(frozen=True)
class Requirement:
    """What is asked of one person: whatever any office asks in which they decide."""

    second_factor: bool = False
    step_up: bool = False


def required_of(user: User) -> Requirement:
    """By every policy at or above each unit where this person decides: a unit below may ask more, never less.

    One query, none for the others.
    """
    units = [by.unit for by in user.authorities if by.role in DECIDE]
    if not units:
        return Requirement()
    policies = _policies_over(units).values()
    return Requirement(any(policy.second_factor for policy in policies), any(policy.step_up for policy in policies))


def policy_over(unit: Unit) -> SecurityPolicy | None:
    """A unit's own policy or the nearest above."""
    policies = _policies_over([unit])
    return next((policies[path] for path in reversed(unit.paths_above()) if path in policies), None)


def lacks_second_factor(user: User) -> bool:
    return not is_mfa_enabled(user, SECOND_FACTORS)


def _policies_over(units: Iterable[Unit]) -> dict[str, SecurityPolicy]:
    paths = {path for unit in units for path in unit.paths_above()}
    policies = SecurityPolicy.objects.filter(unit__path__in=paths).select_related("unit")
    return {policy.unit.path: policy for policy in policies}

"""The table of contents: people, units, appointments, delegations and how people sign in."""

from accounts.models.appointment import Appointment, Role
from accounts.models.authority import Authority, authorities
from accounts.models.delegation import Delegation, Prefix
from accounts.models.policy import SecurityPolicy
from accounts.models.recorded import Recorded
from accounts.models.signin import SignIn
from accounts.models.unit import Unit, UnitKind
from accounts.models.user import User

__all__ = [
    "Appointment",
    "Authority",
    "Delegation",
    "Prefix",
    "Recorded",
    "Role",
    "SecurityPolicy",
    "SignIn",
    "Unit",
    "UnitKind",
    "User",
    "authorities",
]

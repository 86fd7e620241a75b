from accounts.models.appointment import Appointment, Role
from accounts.models.delegation import Delegation
from accounts.models.unit import Unit, UnitKind
from accounts.models.user import User

__all__ = ["Appointment", "Delegation", "Role", "Unit", "UnitKind", "User"]

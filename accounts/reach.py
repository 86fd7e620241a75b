"""What an office reaches: a drafter's or approver's its own unit, the others' their whole branch; as SQL and as Python.

An office is an authority or an appointment: whatever has a role and a unit. An administrator's reaches no dossier.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from accounts.models import Appointment, Authority, Role, Unit

OWN_UNIT = frozenset({Role.DRAFTER, Role.APPROVER})
WHOLE_BRANCH = frozenset({Role.REVIEWER, Role.COMMITTEE, Role.SIGNATORY, Role.CLERK, Role.AUDITOR})
NOTHING = Q(pk__in=[])


def reach(offices: Iterable[Authority | Appointment], unit: str = "unit") -> Q:
    """Rows whose `unit` any of these offices reaches; `unit=""` where the rows are units themselves."""
    offices = list(offices)
    own = [by.unit.pk for by in offices if by.role in OWN_UNIT]
    reached = Q(**{f"{unit or 'pk'}__in": own}) if own else NOTHING
    wide = [by.unit.path for by in offices if by.role in WHOLE_BRANCH]
    return reached | branches(wide, unit) if wide else reached


def branch(top: Unit, unit: str = "unit") -> Q:
    """Rows whose `unit` is this one or stands anywhere below it."""
    return branches([top.path], unit)


def branches(paths: Iterable[str], unit: str = "unit") -> Q:
    """Rows whose `unit` stands at one of these places in the tree or anywhere below."""
    below = Q(*(("path__startswith", path) for path in paths), _connector=Q.OR) or NOTHING
    # The branch as a set, not a join: beside an OR a join is tried row by row.
    return Q(**{f"{unit}__in": Unit.objects.filter(below).values("pk")}) if unit else below


def reaches(by: Authority | Appointment, row: Any) -> bool:
    """The Python twin of `reach` for one office and one row with a unit; a property test compares them."""
    return bool(row.unit_id == by.unit.pk) if by.role in OWN_UNIT else reaches_place(by, row.unit.path)


def reaches_place(by: Authority | Appointment, path: str) -> bool:
    """The same where only the unit's place in the tree is known."""
    if by.role in OWN_UNIT:
        return path == by.unit.path
    return by.role in WHOLE_BRANCH and path.startswith(by.unit.path)


# --- from the unit's side ---------------------------------------------------------------------------------------------
def offices_over(unit: Unit, roles: Iterable[Role]) -> Q:
    """Appointments to these roles that reach this unit."""
    narrow = [role for role in roles if role in OWN_UNIT]
    wide = [role for role in roles if role in WHOLE_BRANCH]
    return Q(role__in=narrow, unit=unit) | Q(role__in=wide, unit__path__in=unit.paths_above())


def places_over(role: Role, path: str) -> list[str]:
    """Where in the tree an office of this role must stand to reach the unit at this place."""
    if role in OWN_UNIT:
        return [path]
    step = Unit.steplen
    return [path[:end] for end in range(step, len(path) + 1, step)] if role in WHOLE_BRANCH else []

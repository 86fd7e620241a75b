"""Who holds an office, for many units at once."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import Appointment, Delegation, Role, Unit
from accounts.reach import places_over


class Officers:
    """Everyone who holds or is delegated one of these roles for one of these units: one query, however many."""

    def __init__(self, requested: Iterable[tuple[Role, Unit]]):
        places = {(role, path) for role, unit in requested for path in places_over(role, unit.path)}
        roles, paths = {role for role, _path in places}, {path for _role, path in places}
        own = Appointment.objects.in_force().filter(role__in=roles, unit__path__in=paths)
        delegated = Delegation.objects.in_force().filter(appointment__role__in=roles, appointment__unit__path__in=paths)
        self.at = defaultdict(set)
        holders = own.order_by().values_list("role", "unit__path", "user")
        delegates = delegated.order_by().values_list("appointment__role", "appointment__unit__path", "delegate")
        for role, path, person in holders.union(delegates):
            self.at[role, path].add(person)

    def of(self, role: Role, unit: Unit) -> set[int]:
        """Primary keys: by role within the unit's own line and never by role alone."""
        return set().union(*(self.at[role, path] for path in places_over(role, unit.path)))

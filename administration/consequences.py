"""What stops when appointments stop: whose turn it then is, what nobody could move, what is freed and dies with them.

Counted by unit and state only: an administrator reads no dossier. Four queries, however many appointments.
"""

from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Count, Q
from django.utils import timezone

from accounts.models import Appointment, Delegation, Role, User
from accounts.reach import OWN_UNIT, branch, places_over, reach, reaches_place
from workflow.decisions.claims import lapsed
from workflow.models import Dossier
from workflow.models.dossier_query import TURN
from workflow.states import State

NAMED = 8  # people named as heirs


@dataclass
class Pile:
    """Dossiers of one unit that wait in one state for the office in question."""

    unit: str
    state: str
    count: int
    written: int  # of them by the holder
    heirs: list[str]  # who else can act on them

    @property
    def label(self) -> str:
        return State(self.state).label


@dataclass
class Loss:
    """What one appointment leaves behind."""

    appointment: Appointment
    piles: list[Pile] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(pile.count for pile in self.piles)

    @property
    def written(self) -> int:
        return sum(pile.written for pile in self.piles)

    @property
    def stuck(self) -> list[Pile]:
        return [pile for pile in self.piles if not pile.heirs]

    @property
    def heirs(self) -> list[str]:
        names = list(dict.fromkeys(name for pile in self.piles for name in pile.heirs))
        return names[:NAMED]


@dataclass
class Consequences:
    """Of the end of some appointments, or of closing an account."""

    losses: list[Loss]
    freed: int
    delegations: list[Delegation]

    @property
    def stuck(self) -> int:
        return sum(pile.count for loss in self.losses for pile in loss.stuck)


def of(appointments: list[Appointment], *, closing: User | None = None) -> Consequences:
    """What would be so if these ended now; `closing`: their holder's account is closed with them."""
    gone = [appointment.pk for appointment in appointments]
    dying = list(_dying(gone, closing))
    piles = _waiting(appointments)
    heirs = Heirs(appointments if piles else [], closing)
    losses = [Loss(appointment, _piles(appointment, piles, heirs)) for appointment in appointments]
    return Consequences(losses, _freed(appointments, dying), dying)


def _freed(appointments: list[Appointment], dying: list[Delegation]) -> int:
    """How many claims lapse: only reviewers claim dossiers."""
    stopping = [*appointments, *(delegated.appointment for delegated in dying)]
    if not any(appointment.role == Role.REVIEWER for appointment in stopping):
        return 0
    people = {appointment.user_id for appointment in appointments} | {delegated.delegate_id for delegated in dying}
    gone = Q(pk__in=[appointment.pk for appointment in appointments])
    return lapsed(Dossier.objects.filter(handler__in=people), without=gone).count()


def _dying(gone: list[int], closing: User | None):
    open_ones = Delegation.objects.filter(ended_at=None, ends_on__gte=timezone.localdate())
    mine = Q(appointment__in=gone) | (Q(delegate=closing) if closing else Q(pk__in=[]))
    return open_ones.filter(mine).select_related("delegate", "appointment__user", "appointment__unit").order_by("pk")


def _waiting(appointments: list[Appointment]) -> list[dict]:
    """How many wait, by unit and state, anywhere these appointments reach."""
    if not appointments:
        return []
    reached = Q(pk__in=[])
    for appointment in appointments:
        reached |= reach([appointment]) & Q(state__in=_states(appointment.role))
    rows = Dossier.objects.filter(reached).order_by("unit__path", "state")
    writers = [appointment.user_id for appointment in appointments]
    return list(
        rows.values("unit__path", "unit__name", "state").annotate(
            count=Count("pk"), written=Count("pk", filter=Q(author__in=writers))
        )
    )


def _states(role: str) -> list[State]:
    return [state for state, requested in TURN.items() if requested == role]


def _piles(appointment: Appointment, rows: list[dict], heirs: "Heirs") -> list[Pile]:
    states = _states(appointment.role)
    reached = [row for row in rows if row["state"] in states and reaches_place(appointment, row["unit__path"])]
    return [
        Pile(
            row["unit__name"],
            row["state"],
            row["count"],
            row["written"] if appointment.role in OWN_UNIT else 0,
            heirs.at(appointment.role, row["unit__path"]),
        )
        for row in reached
    ]


class Heirs:
    """Who else holds these roles, or is delegated them, at any unit that could matter."""

    def __init__(self, gone: list[Appointment], closing: User | None):
        self.names = defaultdict(list)
        places = Q(pk__in=[])
        for appointment in gone:
            unit = appointment.unit
            here = Q(unit=unit) if appointment.role in OWN_UNIT else _in_line(unit)
            places |= Q(role=appointment.role) & here
        rows = Appointment.objects.in_force().filter(places).exclude(pk__in=[one.pk for one in gone])
        delegated = Delegation.objects.in_force().filter(appointment__in=rows)
        if closing:
            delegated = delegated.exclude(delegate=closing)
        own = rows.order_by().values_list("role", "unit__path", "user__full_name", "user__sort_key")
        delegated = delegated.order_by().values_list(
            "appointment__role", "appointment__unit__path", "delegate__full_name", "delegate__sort_key"
        )
        for role, path, name, _key in sorted(own.union(delegated), key=lambda row: row[3]) if gone else ():
            self.names[role, path].append(name)

    def at(self, role: str, path: str) -> list[str]:
        """Their names for a dossier of the unit at this place."""
        places = places_over(role, path)
        return list(dict.fromkeys(name for place in places for name in self.names[role, place]))


def _in_line(unit) -> Q:
    return Q(unit__path__in=unit.paths_above()) | branch(unit)

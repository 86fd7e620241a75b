"""In what capacity a person acts now: resolved once at the edge of the system, passed down as `by=`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any

from django.utils import timezone

from accounts.compiled import Query, compiled
from accounts.models.appointment import Appointment
from accounts.models.delegation import Delegation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models.unit import Unit
    from accounts.models.user import User


@dataclass(frozen=True)
class Authority:
    """Who acts, for whom, as what, where. A delegate has the delegated appointment's rights and signs out of `own`."""

    person: User
    appointment: Appointment
    delegation: Delegation | None = None
    own: Appointment | None = None  # of a delegate, where they hold one at all

    @property
    def acting_for(self) -> User | None:
        return self.appointment.user if self.delegation else None

    @property
    def role(self) -> str:
        return self.appointment.role

    @property
    def unit(self) -> Unit:
        """Where the rights are."""
        return self.appointment.unit

    @property
    def office(self) -> Appointment | None:
        """The appointment that this person holds themselves: a delegate never has the holder's title."""
        return self.own if self.delegation else self.appointment

    @property
    def post(self) -> str:
        return self.office.post if self.office else ""

    @property
    def at(self) -> Unit | None:
        """Where they hold that post."""
        return self.office.unit if self.office else None

    @property
    def holder_post(self) -> str:
        return self.appointment.post if self.delegation else ""

    @property
    def ref(self) -> str:
        """What a form carries to name this capacity."""
        return str(self.delegation.ref if self.delegation else self.appointment.ref)

    @property
    def people(self) -> frozenset[int]:
        """Primary keys of everyone whose hand this is: the person and, if any, whom they act for."""
        return frozenset({self.person.pk, self.appointment.user_id})

    def still_holds(self) -> bool:
        """Ask the database again, holding the row, so that an appointment cannot end under a decision."""
        query, values = self.holding()
        return len(query(*values)) == 1

    def holding_sql(self) -> tuple[str, list[Any]]:
        """The same as a statement and its values, to stand within one that depends on it."""
        query, values = self.holding()
        compiled = query.compiled()
        return compiled.sql, compiled.bound(values)

    def holding(self) -> tuple[Query, tuple[int, int, date]]:
        """The query that finds and locks what this person holds, with its values; one row while they hold it."""
        today = timezone.localdate()
        if self.delegation:
            return locked_delegation, (self.delegation.pk, self.person.pk, today)
        return locked_appointment, (self.appointment.pk, self.person.pk, today)


@compiled(int, int, date)
def locked_appointment(pk: int, user: int, day: date) -> QuerySet[Appointment]:
    rows = Appointment.objects.in_force(day).filter(pk=pk, user=user)
    return rows.order_by().only("ref").select_for_update(of=("self",), no_key=True)


@compiled(int, int, date)
def locked_delegation(pk: int, user: int, day: date) -> QuerySet[Delegation]:
    rows = Delegation.objects.in_force(day).filter(pk=pk, delegate=user).select_related("appointment")
    return rows.order_by().only("appointment__ref").select_for_update(of=("self", "appointment"), no_key=True)


@compiled(int, date)
def appointments_of(user: int, day: date) -> QuerySet[Appointment]:
    return Appointment.objects.in_force(day).filter(user=user).select_related("unit", "user")


@compiled(int, date)
def delegations_to(user: int, day: date) -> QuerySet[Delegation]:
    rows = Delegation.objects.in_force(day).filter(delegate=user)
    return rows.select_related("appointment__unit", "appointment__user")


def authorities(user: User) -> list[Authority]:
    """Every capacity in force for this person today: their own appointments first, then those delegated to them."""
    if not (user.is_authenticated and user.is_active):
        return []
    today = timezone.localdate()
    own, delegated = appointments_of(user.pk, today), delegations_to(user.pk, today)
    return [Authority(user, appointment) for appointment in own] + [
        Authority(user, delegation.appointment, delegation, _nearest(own, delegation.appointment.unit))
        for delegation in delegated
    ]


def _nearest(offices: list[Appointment], unit: Unit) -> Appointment | None:
    """The one at this unit, else at the nearest above it, else the first."""
    return max(offices, key=lambda office: len(office.unit.path) if office.unit.covers(unit) else 0, default=None)

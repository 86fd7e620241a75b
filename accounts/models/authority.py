"""In what capacity a person acts now: resolved once at the edge of the system, passed down as `by=`."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from accounts.models.appointment import Appointment
from accounts.models.delegation import Delegation

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from accounts.models.unit import Unit
    from accounts.models.user import User


@dataclass(frozen=True)
class Authority:
    """Who acts, for whom, as what, where. A delegate has the rights of the appointment lent and signs out of `own`."""

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
        held: QuerySet[Delegation] | QuerySet[Appointment]
        if self.delegation:
            rows = Delegation.objects.in_force().filter(pk=self.delegation.pk, delegate=self.person)
            rows = rows.select_related("appointment").only("appointment__ref")
            held = rows.select_for_update(of=("self", "appointment"), no_key=True)
        else:
            own = Appointment.objects.in_force().filter(pk=self.appointment.pk, user=self.person)
            held = own.only("ref").select_for_update(of=("self",), no_key=True)
        return len(held) == 1


def authorities(user: User) -> list[Authority]:
    """Every capacity in force for this person today: their own appointments first, then those delegated to them."""
    if not (user.is_authenticated and user.is_active):
        return []
    own = list(Appointment.objects.in_force().filter(user=user).select_related("unit", "user"))
    lent = Delegation.objects.in_force().filter(delegate=user).select_related("appointment__unit", "appointment__user")
    return [Authority(user, appointment) for appointment in own] + [
        Authority(user, delegation.appointment, delegation, _nearest(own, delegation.appointment.unit))
        for delegation in lent
    ]


def _nearest(offices: list[Appointment], unit: Unit) -> Appointment | None:
    """The one at this unit, else at the nearest above it, else the first."""
    return max(offices, key=lambda held: len(held.unit.path) if held.unit.covers(unit) else 0, default=None)

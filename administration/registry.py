"""Every change of the office in one list: units, people, appointments and delegations, each on the registry chain."""

from administration.appointments.changes import appoint, end_appointment
from administration.delegations.changes import delegate, revoke
from administration.people.changes import change_person, deactivate_person, reactivate_person, register_person
from administration.units.changes import change_unit, close_unit, move_unit, open_unit

__all__ = [
    "appoint",
    "change_person",
    "change_unit",
    "close_unit",
    "deactivate_person",
    "delegate",
    "end_appointment",
    "move_unit",
    "open_unit",
    "reactivate_person",
    "register_person",
    "revoke",
]

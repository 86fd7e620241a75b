"""Running the office: units, people, appointments, delegations and sharing, each change on the office's own chain."""

from workflow.office.appointments import appoint, end_appointment
from workflow.office.delegations import delegate, revoke
from workflow.office.people import change_person, deactivate_person, reactivate_person, register_person
from workflow.office.sharing import share, unshare
from workflow.office.units import change_unit, close_unit, move_unit, open_unit

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
    "share",
    "unshare",
]

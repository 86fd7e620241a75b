"""How an office begins: its kinds of unit, units and first administrator in the first event of the registry chain."""

from uuid import uuid4

from accounts.models import Appointment, Authority, Recorded
from ledger.append import append_to_registry


def found(rows: list[Recorded], first: Appointment) -> Authority:
    """Record what was put in by nobody's act, once; call inside the transaction that saved it."""
    by = Authority(first.user, first)
    append_to_registry("founded", by=by, key=uuid4(), unit=first.unit, rows=[*rows, first.user, first])
    return by

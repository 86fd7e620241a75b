"""Whoever was there before the story begins: what a test puts in directly is on record as this person's work."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from uuid import uuid4

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import Appointment, Authority, Recorded, Role, Unit, UnitKind, User
from ledger.append import RegistryEntry, append_all_to_registry, append_to_registry
from ledger.envelope import REGISTRY
from ledger.models import Event

USERNAME = "sang-lap"  # closed account, ended appointment, a unit above nobody: on no list that a story looks at


@dataclass
class Waiting:
    """What will be on record once all of it is there."""

    by: Authority
    entries: list[RegistryEntry] = field(default_factory=list)


_waiting: Waiting | None = None


@contextmanager
def together() -> Iterator[None]:
    """Put everything that is recorded in here on record at the end: an event each as ever, in few statements."""
    global _waiting
    with transaction.atomic():
        _waiting = waiting = Waiting(founder())
        try:
            yield
        finally:
            _waiting = None
        for _written in append_all_to_registry(waiting.entries, by=waiting.by):
            pass


def founder() -> Authority:
    """Where the story's office was founded by its own administrator, that person."""
    if _waiting:
        return _waiting.by
    founding = Event.objects.filter(verb="founded").select_related("actor", "appointment__unit").first()
    return Authority(founding.actor, founding.appointment) if founding else _founded()


@transaction.atomic
def recorded(verb: str, *rows: Recorded) -> None:
    """Have these rows, saved already in this transaction, on record. Of no unit: on no page of the record's."""
    if _waiting:
        _waiting.entries.append(RegistryEntry(verb, rows=rows))
    else:
        append_to_registry(verb, by=founder(), key=uuid4(), rows=rows)


def office_chain() -> QuerySet[Event]:
    """The office's own chain without what the founder put in."""
    return Event.objects.filter(chain=REGISTRY).exclude(actor__username=USERNAME)


def _founded() -> Authority:
    kind, _new = UnitKind.objects.get_or_create(code="union", defaults={"name": "Công đoàn"})
    names = {"name": "Ban vận động", "short_name": "Ban vận động", "symbol": "BVĐ", "code": "0"}
    now = timezone.now()
    unit = Unit.objects.add_root(create_kwargs={"kind": kind, "closed_on": timezone.localdate(), **names})
    user = User.objects.create_user(USERNAME, "Hoàng Văn Sáng Lập", is_active=False)
    held = Appointment.objects.create(user=user, unit=unit, role=Role.ADMINISTRATOR, post="Trưởng ban", ended_at=now)
    by = Authority(user, held)
    append_to_registry("founded", by=by, key=uuid4(), rows=[kind, unit, user, held])  # of no unit, as all that follows
    return by

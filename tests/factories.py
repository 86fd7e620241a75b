"""A small named cast and the places they work at; no surprises, nothing random."""

from datetime import timedelta
from uuid import uuid4

from django.db import transaction
from django.utils import timezone

from accounts.models import Appointment, Authority, Delegation, Recorded, Role, Unit, UnitKind, User, authorities
from tests.founder import founder, recorded
from tests.testapp.models import Memo
from workflow.drafting import editing as drafting

YESTERDAY = timedelta(days=1)


@transaction.atomic
def unit(code: str, parent: Unit | None = None, **fields) -> Unit:
    founder()
    kind, _ = UnitKind.objects.get_or_create(code="union", defaults={"name": "Công đoàn"})
    values = {"code": code, "kind": kind, "name": f"Đơn vị {code}", "short_name": code, "symbol": "CĐCS"} | fields
    if parent is None:
        made = Unit.objects.add_root(create_kwargs=values)
    else:
        above = Unit.objects.get(pk=parent.pk)
        made = Unit.objects.add_child(above, create_kwargs=values | {"above_code": above.code})
    recorded("unit_opened", made)
    return made


@transaction.atomic
def person(username: str, name: str = "", **fields) -> User:
    made = User.objects.create_user(username, name or f"Nguyễn Văn {username.title()}", **fields)
    recorded("person_registered", made)
    return made


@transaction.atomic
def appoint(user: User, at: Unit, role: Role, **fields) -> Appointment:
    values = {"post": Role(role).label, "starts_on": timezone.localdate() - YESTERDAY} | fields
    made = Appointment.objects.create(user=user, unit=at, role=role, **values)
    recorded("appointed", made)
    return made


@transaction.atomic
def lend(appointment: Appointment, to: User, **fields) -> Delegation:
    today = timezone.localdate()
    values = {"starts_on": today, "ends_on": today + YESTERDAY, "reason": "Đi công tác"} | fields
    made = Delegation.objects.create(appointment=appointment, delegate=to, **values)
    recorded("delegated", made)
    return made


@transaction.atomic
def ended(dated: Appointment | Delegation, **fields) -> None:
    """End it behind the back of every rule, yet on record: at once, unless `fields` say otherwise."""
    rewritten("appointment_ended" if isinstance(dated, Appointment) else "delegation_revoked", dated, **fields)


@transaction.atomic
def rewritten(verb: str, row: Recorded, **fields) -> None:
    """Change a row behind the back of every rule, yet on record."""
    type(row).objects.filter(pk=row.pk).update(**fields or {"ended_at": timezone.now()})
    recorded(verb, row)


def acting(user: User, role: Role, at: Unit | None = None) -> Authority:
    """The capacity in which `user` holds `role` (at one unit, where there are several), asked afresh."""
    held = authorities(User.objects.get(pk=user.pk))
    return next(by for by in held if by.role == role and (at is None or by.unit.pk == at.pk))


def memo(at: Unit, drafter: User, **fields) -> Memo:
    values = {"subject": "Giấy trình thử", "text": "Nội dung."} | fields
    paper = Memo(unit=at, **values)
    drafting.create(paper, by=acting(drafter, Role.DRAFTER, at), key=uuid4())
    return Memo.objects.get(pk=paper.pk)

"""A small named cast and the places they work at; no surprises, nothing random."""

from datetime import date, timedelta
from uuid import uuid4

from django.contrib.auth.models import Permission
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from accounts.models import (
    Appointment,
    Authority,
    Delegation,
    Recorded,
    Role,
    SecurityPolicy,
    Unit,
    UnitKind,
    User,
    authorities,
)
from administration.units.changes import move
from ledger.append import append_to_registry
from tests.founder import founder, recorded
from tests.testapp.models import Memo
from workflow.drafting import editing
from workflow.drafting.points import answer, last_return
from workflow.models import Dossier, DossierUserObjectPermission

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


BEHIND = {  # the act that a change of such a row would be, where it is not the first of its kind
    Appointment: "appointment_ended",
    Delegation: "delegation_revoked",
    DossierUserObjectPermission: "shared",
    SecurityPolicy: "policy_changed",
    Unit: "unit_changed",
    User: "person_changed",
}


@transaction.atomic
def rewritten(rows: QuerySet, **fields) -> None:
    """Change rows behind the back of every rule, yet on record."""
    pks = list(rows.values_list("pk", flat=True))
    rows.model.objects.filter(pk__in=pks).update(**fields)
    for row in rows.model.objects.filter(pk__in=pks):
        recorded(BEHIND.get(type(row), row.acts[0]), row)


@transaction.atomic
def saved(row: Recorded) -> None:
    """The same for a row changed in hand."""
    row.refresh_from_db(fields=["recorded"])
    row.save()
    recorded(BEHIND.get(type(row), row.acts[0]), row)


@transaction.atomic
def moved(unit: Unit, *, under: Unit) -> None:
    """Put a unit elsewhere in the tree past every rule, yet on record."""
    unit, above = (Unit.objects.get(pk=place.pk) for place in (unit, under))
    facts, put = {"from": unit.above_code, "to": above.code}, move(unit, under=above)
    append_to_registry("unit_moved", by=founder(), key=uuid4(), unit=put, facts=facts, rows=[put])


def granted(person: User, dossier: Dossier, until: date | None = None) -> None:
    """Share a dossier past every rule, yet on record."""
    grant, _new = DossierUserObjectPermission.objects.get_or_create(
        user=person,
        content_object_id=dossier.pk,
        permission=Permission.objects.get(codename="view_dossier", content_type__app_label="workflow"),
    )
    grant.expires_on = until
    saved(grant)


def answered(paper: Dossier, said: str, *numbers: int) -> None:
    """The drafter answers these points of the last return, or all of them."""
    given = {point.number: said for point in last_return(paper) if point.number in (numbers or [point.number])}
    answer(paper, given, by=acting(paper.author, Role.DRAFTER, paper.unit))


def acting(user: User, role: Role, at: Unit | None = None) -> Authority:
    """The capacity in which `user` holds `role` (at one unit, where there are several), asked afresh."""
    held = authorities(User.objects.get(pk=user.pk))
    return next(by for by in held if by.role == role and (at is None or by.unit.pk == at.pk))


def memo(at: Unit, drafter: User, **fields) -> Memo:
    values = {"subject": "Giấy trình thử", "text": "Nội dung."} | fields
    paper = Memo(unit=at, **values)
    editing.create(paper, by=acting(drafter, Role.DRAFTER, at), key=uuid4())
    return Memo.objects.get(pk=paper.pk)

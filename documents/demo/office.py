"""Units, people and their appointments. The first administrator founds the office, as in every installation; the rest
is the administrator's own recorded work."""

import os
from datetime import timedelta
from uuid import uuid4

from django.contrib.auth.hashers import make_password
from django.utils import timezone

from accounts.models import Appointment, Authority, Role, Unit, UnitKind, User
from administration import founding, registry
from ledger.append import append_to_registry

PASSWORD = os.environ.get("TRINH_DEMO_PASSWORD") or "hoa-gao-ben-song"
IN_OFFICE_FOR = timedelta(days=200)


def found(said: dict) -> Unit:
    """Build the whole office and return its district federation."""
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    UnitKind.objects.bulk_create(UnitKind(code=code, name=name) for code, name in said["kinds"].items())
    city = Unit.objects.add_root(_unit(said["city_federation"]))
    district = Unit.objects.add_child(city, _unit(said["district_federation"]) | {"above_code": city.code})
    administrator = _first_administrator(said["people"][0], city, district, password)
    for person in said["people"][1:]:
        user = _registered(person, person["username"], password, administrator)
        _appoint(user, district, person["roles"], person["post"], administrator)
    for unit in said["units"]:
        _grassroots(unit, district, password, administrator)
    return district


def _unit(said: dict) -> dict:
    head, secretary = said.get("employer_head") or {}, said.get("party_secretary") or {}
    kept = ("code", "name", "symbol", "place", "letterhead", "filing_note", "has_party_org")
    return {field: said[field] for field in kept if field in said} | {
        "kind_id": said["kind"],
        "short_name": said.get("short_name", said["name"]),
        "address": said.get("ward", ""),
        "employer_head": head.get("name", ""),
        "employer_head_title": head.get("title", ""),
        "party_secretary": secretary.get("name", ""),
        "party_secretary_title": secretary.get("title", ""),
    }


def _grassroots(said: dict, district: Unit, password: str, administrator: Authority) -> None:
    place = {"place": district.place, "letterhead": [district.short_name.upper(), said["name"].upper()]}
    place |= {"above_code": district.code}
    unit = Unit.objects.add_child(Unit.objects.get(pk=district.pk), place | _unit(said))
    facts, texts = {"to": district.code}, {"unit": unit.name}
    append_to_registry("unit_opened", by=administrator, key=uuid4(), unit=unit, facts=facts, texts=texts, rows=[unit])
    chair, *others = said["officers"]
    alone = not others
    for number, officer in enumerate(said["officers"], 1):
        user = _registered(officer, f"{unit.code.lower()}.{number}", password, administrator)
        roles = [Role.APPROVER] if officer is chair else [Role.DRAFTER]
        _appoint(user, unit, [*roles, Role.DRAFTER] if alone else roles, officer["post"], administrator)
        if also := officer.get("also"):
            _appoint(user, district, [also["role"]], also["post"], administrator)


def _user(said: dict, username: str, password: str) -> User:
    fields = {"full_name": said["name"], "honorific": said["honorific"], "email": f"{username}@trinh.test"}
    return User.objects.create(username=username, password=password, **fields)


def _registered(said: dict, username: str, password: str, by: Authority) -> User:
    user = _user(said, username, password)
    facts, texts = {"person": str(user.ref)}, {"person": user.full_name}
    append_to_registry("person_registered", by=by, key=uuid4(), unit=by.unit, facts=facts, texts=texts, rows=[user])
    return user


def _first_administrator(said: dict, city: Unit, unit: Unit, password: str) -> Authority:
    user = _user(said, said["username"], password)
    office_held = Appointment.objects.create(
        user=user, unit=unit, role=Role.ADMINISTRATOR, post=said["post"], starts_on=_since()
    )
    return founding.found([city, unit], office_held)


def _appoint(user: User, unit: Unit, roles: list[str], post: str, administrator: Authority) -> None:
    for role in roles:
        held = Appointment(user=user, unit=unit, role=role, post=post, starts_on=_since())
        registry.appoint(held, by=administrator, key=uuid4())


def _since():
    return timezone.localdate() - IN_OFFICE_FOR

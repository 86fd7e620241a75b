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


def build_office(data: dict) -> Unit:
    """Build the whole office and return its district federation."""
    password = make_password(PASSWORD)  # once: hashing is slow on purpose
    kinds = UnitKind.objects.bulk_create(UnitKind(code=code, name=name) for code, name in data["kinds"].items())
    city = Unit.objects.add_root(_unit(data["city_federation"]))
    district = Unit.objects.add_child(city, _unit(data["district_federation"]) | {"above_code": city.code})
    administrator = _first_administrator(data["people"][0], kinds, city, district, password)
    for person in data["people"][1:]:
        user = _registered(person, person["username"], password, administrator)
        _appoint(user, district, person["roles"], person["post"], administrator)
    for unit in data["units"]:
        _grassroots(unit, district, password, administrator)
    return district


def _unit(data: dict) -> dict:
    head, secretary = data.get("employer_head") or {}, data.get("party_secretary") or {}
    kept = ("code", "name", "symbol", "place", "letterhead", "filing_note", "has_party_org")
    return {field: data[field] for field in kept if field in data} | {
        "kind_id": data["kind"],
        "short_name": data.get("short_name", data["name"]),
        "address": data.get("ward", ""),
        "employer_head": head.get("name", ""),
        "employer_head_title": head.get("title", ""),
        "party_secretary": secretary.get("name", ""),
        "party_secretary_title": secretary.get("title", ""),
    }


def _grassroots(data: dict, district: Unit, password: str, administrator: Authority) -> None:
    place = {"place": district.place, "letterhead": [district.short_name.upper(), data["name"].upper()]}
    place |= {"above_code": district.code}
    unit = Unit.objects.add_child(Unit.objects.get(pk=district.pk), place | _unit(data))
    facts, texts = {"to": district.code}, {"unit": unit.name}
    append_to_registry("unit_opened", by=administrator, key=uuid4(), unit=unit, facts=facts, texts=texts, rows=[unit])
    chair, *others = data["officers"]
    alone = not others
    for number, officer in enumerate(data["officers"], 1):
        user = _registered(officer, f"{unit.code.lower()}.{number}", password, administrator)
        roles = [Role.APPROVER] if officer is chair else [Role.DRAFTER]
        _appoint(user, unit, [*roles, Role.DRAFTER] if alone else roles, officer["post"], administrator)
        if also := officer.get("also"):
            _appoint(user, district, [also["role"]], also["post"], administrator)


def _user(data: dict, username: str, password: str) -> User:
    fields = {"full_name": data["name"], "honorific": data["honorific"], "email": f"{username}@trinh.test"}
    return User.objects.create(username=username, password=password, **fields)


def _registered(data: dict, username: str, password: str, by: Authority) -> User:
    user = _user(data, username, password)
    facts, texts = {"person": str(user.ref)}, {"person": user.full_name}
    append_to_registry("person_registered", by=by, key=uuid4(), unit=by.unit, facts=facts, texts=texts, rows=[user])
    return user


def _first_administrator(data: dict, kinds: list[UnitKind], city: Unit, unit: Unit, password: str) -> Authority:
    user = _user(data, data["username"], password)
    appointment = Appointment.objects.create(
        user=user, unit=unit, role=Role.ADMINISTRATOR, post=data["post"], starts_on=_since()
    )
    return founding.found([*kinds, city, unit], appointment)


def _appoint(user: User, unit: Unit, roles: list[str], post: str, administrator: Authority) -> None:
    for role in roles:
        appointment = Appointment(user=user, unit=unit, role=role, post=post, starts_on=_since())
        registry.appoint(appointment, by=administrator, key=uuid4())


def _since():
    return timezone.localdate() - IN_OFFICE_FOR

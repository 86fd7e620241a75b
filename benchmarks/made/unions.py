"""The unions of a crowd, and who drafts and approves at each."""

from django.db import transaction

from accounts.models import Appointment, Authority, Role, Unit, User, authorities
from ledger.append import RegistryEntry, append_all_to_registry
from tests.founder import founder
from vietnamese.text import sort_key

GIVEN = ["An", "Ánh", "Ân", "Bình", "Cường", "Dũng", "Đạt", "Giang", "Hà", "Hoà", "Ích", "Khoa", "Lan", "Mỹ", "Ngà",
         "Oanh", "Ơn", "Phúc", "Quý", "Sáu", "Thuỷ", "Uyên", "Ước", "Vân", "Xuân", "Yến"]  # fmt: skip
FAMILY = ["Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Ông", "Vũ", "Đinh"]
MIDDLE = ["Thị", "Văn", "Hữu", "Ngọc", "Thị Kim", "Đức", "Xuân", "Minh"]


def name_of(number: int) -> str:
    """One of some thousand names, the same for the same number."""
    family, middle = FAMILY[number % len(FAMILY)], MIDDLE[number // len(FAMILY) % len(MIDDLE)]
    return f"{family} {middle} {GIVEN[number * 7 % len(GIVEN)]}"


def opened(district: Unit, like: Unit, number: int) -> list[Unit]:
    """So many new unions under the district, alike but for their names."""
    first = Unit.objects.count()
    units = [_union(district, like, first + place) for place in range(number)]
    _record("unit_opened", units)
    return units


def _union(district: Unit, like: Unit, number: int) -> Unit:
    names = {"name": f"CĐCS Cơ sở số {number}", "short_name": f"CĐCS {number}", "code": f"X{number:05}"}
    values = {"kind_id": like.kind_id, "symbol": like.symbol, "employer_head": like.employer_head, **names}
    values["above_code"] = district.code
    return Unit.objects.add_child(Unit.objects.get(pk=district.pk), create_kwargs=values)


def _record(verb: str, made: list) -> None:
    sum(append_all_to_registry((RegistryEntry(verb, rows=(row,)) for row in made), by=founder()))


@transaction.atomic
def appointed(units: list[Unit], role: Role) -> list[Authority]:
    """A new person in this role at each."""
    names = [name_of(unit.pk * 3 + len(role)) for unit in units]
    users = User.objects.bulk_create(
        User(username=f"{role}-{unit.code}".lower(), full_name=name, sort_key=sort_key(name), password="!")  # noqa: S106
        for unit, name in zip(units, names, strict=True)
    )
    appointments = Appointment.objects.bulk_create(
        Appointment(user=user, unit=unit, role=role, post=str(role.label))
        for user, unit in zip(users, units, strict=True)
    )
    _record("person_registered", users)
    _record("appointed", appointments)
    return [authorities(user)[0] for user in users]

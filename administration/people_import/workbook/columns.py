"""The three sheets and their columns: what the template offers, what is read, what a message calls them."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, partial

from django.conf import settings
from django.utils import translation
from django.utils.dateparse import parse_date
from django.utils.formats import date_format
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, Role, Unit, User
from administration.people_import.workbook import cells
from vietnamese.text import fold


@dataclass(frozen=True)
class Column:
    """One column; `read` turns a raw cell into the value kept, `longest` is the database's own limit."""

    name: str
    heading: str
    read: Callable = cells.text
    required: bool = False
    longest: int = 0
    choices: type | None = None
    example: str = ""

    @property
    def title(self) -> str:
        return capfirst(str(self.heading))

    def headings(self) -> set[str]:
        """Every way in which the heading may be written: its name, and its title in every language."""
        return {fold(self.name)} | in_every_language(self.heading)

    def shown(self, value: str) -> str:
        """A value as a page shows it: dates and choices in the reader's words."""
        if self.read is cells.day:
            return date_format(parse_date(value), "SHORT_DATE_FORMAT") if value else ""
        return str(self.choices(value).label) if self.choices and value else value


@dataclass(frozen=True)
class Sheet:
    name: str
    heading: str
    columns: tuple[Column, ...]

    @property
    def title(self) -> str:
        return capfirst(str(self.heading))

    def titles(self) -> set[str]:
        return {fold(self.name)} | in_every_language(self.heading)

    def column(self, name: str) -> Column:
        return next(column for column in self.columns if column.name == name)


def in_every_language(words) -> set[str]:
    folded = set()
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            folded.add(fold(str(words)))
    return folded


@cache
def labelled(choices) -> dict[str, str]:
    """Folded label or code -> value, in every language."""
    return {
        label: choice.value for choice in choices for label in {fold(choice.value)} | in_every_language(choice.label)
    }


def _field(model, name: str, *, read=cells.text, required=False, choices=None, example="") -> Column:
    field = model._meta.get_field(name)
    return Column(name, field.verbose_name, read, required, field.max_length or 0, choices, example)


def _one_of(choices) -> Callable:
    return partial(_read_choice, choices)


def _read_choice(choices, raw) -> str:
    return cells.choice(raw, labelled(choices))


UNITS = Sheet(
    "units",
    Unit._meta.verbose_name_plural,
    (
        _field(Unit, "code", read=cells.code, required=True, example="CD099"),
        _field(Unit, "name", required=True, example="CĐCS Trường Mầm non Sen Hồng"),
        _field(Unit, "short_name", required=True, example="CĐCS MN Sen Hồng"),
        Column("kind", Unit._meta.get_field("kind").verbose_name, required=True, longest=120),
        _field(Unit, "symbol", required=True, example="CĐCS"),
        Column("above", _("code of the unit above"), cells.code, longest=20),
        _field(Unit, "place", example="Bến Sông"),
        _field(Unit, "address", example="phường Bến Sông"),
        _field(Unit, "employer_head", example="Trần Thị Sen"),
        _field(Unit, "employer_head_title", example="Hiệu trưởng"),
        _field(Unit, "opened_on", read=cells.day, example="01/09/2020"),
    ),
)
PEOPLE = Sheet(
    "people",
    User._meta.verbose_name_plural,
    (
        _field(User, "username", read=cells.username, required=True, example="sen.hong"),
        _field(User, "full_name", read=cells.person, required=True, example="Trần Thị Sen Hồng"),
        _field(
            User, "honorific", read=_one_of(User.Honorific), choices=User.Honorific, example=User.Honorific.MS.label
        ),
        _field(User, "email", read=cells.email, example="sen.hong@example.org"),
    ),
)
APPOINTMENTS = Sheet(
    "appointments",
    Appointment._meta.verbose_name_plural,
    (
        _field(User, "username", read=cells.username, required=True, example="sen.hong"),
        Column("unit", _("code of the unit"), cells.code, True, 20, example="CD099"),
        _field(Appointment, "role", read=_one_of(Role), required=True, choices=Role, example=Role.APPROVER.label),
        _field(Appointment, "post", required=True, example="Chủ tịch CĐCS"),
        _field(Appointment, "starts_on", read=cells.day, required=True, example="01/01/2026"),
        _field(Appointment, "ends_on", read=cells.day),
        _field(Appointment, "decision_no", example="15/QĐ-LĐLĐ"),
    ),
)
SHEETS = {sheet.name: sheet for sheet in (UNITS, PEOPLE, APPOINTMENTS)}
NOTES = _("notes")  # the office's own column, never read

"""Choosing one person or one unit among thousands: words are typed, those found are offered, one is ticked.

With a script the list follows what is typed; without one, sending the form brings the list and nothing is lost.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Self
from uuid import UUID

from django import forms
from django.db.models import Prefetch, QuerySet
from django.urls import reverse_lazy
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from accounts.models import Appointment, Unit, User
from accounts.models.folded import every_word
from accounts.units_named import nearest_first
from vietnamese.text import nfc

MAX_MATCHES_SHOWN = 10
WORDS = "-words"  # after the field's name: what was typed


@dataclass(frozen=True)
class Match:
    """One row that may be ticked."""

    value: str
    label: str
    note: str


class Choosing(forms.Widget):
    """The words and, under them, the rows found; a row already ticked stays on top."""

    template_name = "workflow/widgets/choosing.html"
    use_fieldset = True
    field: "ChosenField"  # set by it

    def value_from_datadict(self, data: Mapping[str, Any], files: object, name: str) -> tuple[str, str]:
        return nfc(data.get(name, "")).strip(), nfc(data.get(name + WORDS, "")).strip()

    def value_omitted_from_data(self, data: Mapping[str, Any], files: object, name: str) -> bool:
        return name not in data and name + WORDS not in data

    def id_for_label(self, id_: str) -> str:
        return id_ and id_ + WORDS

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        chosen, words = value if isinstance(value, tuple) else (self.field.prepare_value(value), "")
        context = super().get_context(name, None, attrs)
        return context | {
            "name": name,
            "words": words,
            "address": self.field.address,
            "hint": self.field.hint,
            "matches": self.field.offered(words, chosen),
            "chosen": chosen,
        }


class ChosenField(forms.Field):
    """One row of `rows()`; a kind of thing says how it is searched, named and found again."""

    widget = Choosing
    address: str | Promise = ""
    hint: str | Promise = ""
    row_of: Callable[[str], Any]
    described: Callable[[Any], Match]
    default_error_messages = {
        "unclear": _("Please select the right one from those found below."),
        "nothing": _("Nothing matches “%(words)s”. Please type another part of the name."),
        "unknown": _("This choice is no longer available. Please choose again."),
    }

    def __init__(self, rows: QuerySet[Any], **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.rows = rows
        self.widget.field = self

    def __deepcopy__(self, memo: dict[int, Any]) -> Self:
        copied = super().__deepcopy__(memo)
        copied.widget.field = copied
        return copied

    def clean(self, value: Any) -> Any:
        chosen, words = value or ("", "")
        if chosen:
            row = self.row_of(chosen)
            if row is None:
                raise forms.ValidationError(self.error_messages["unknown"], "unknown")
            return row
        if not words:
            return super().clean(None)
        code = "unclear" if self.search(words) else "nothing"
        raise forms.ValidationError(self.error_messages[code], code, {"words": words})

    def offered(self, words: str, chosen: str) -> list[Match]:
        """What was ticked first, then what the words find."""
        ticked = self.row_of(chosen) if chosen else None
        found = [row for row in self.search(words) if row != ticked] if words else []
        return [self.described(row) for row in ([ticked] if ticked else []) + found]

    def search(self, words: str) -> list[Any]:
        return list(self.rows.filter(every_word(words))[:MAX_MATCHES_SHOWN])

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(data and any(data))


class PersonField(ChosenField):
    """An active person, by name or sign-in name, marks or none."""

    address = reverse_lazy("administration:people-found")
    hint = _("Type part of the name, with or without tone marks.")

    def __init__(self, rows: QuerySet[User] | None = None, **kwargs: Any) -> None:
        people = User.objects.filter(is_active=True) if rows is None else rows
        held = Appointment.objects.in_force().select_related("unit")
        super().__init__(people.prefetch_related(Prefetch("appointments", held, "held")), **kwargs)

    def prepare_value(self, value: Any) -> str:
        return str(value.ref) if isinstance(value, User) else value or ""

    def row_of(self, chosen: str) -> User | None:
        try:
            return self.rows.filter(ref=UUID(chosen)).first()
        except ValueError:
            return None

    def described(self, person: User) -> Match:
        posts = "; ".join(f"{office.post}, {office.unit.short_name}" for office in person.held[:2])  # type: ignore[attr-defined]  # fetched beside
        return Match(str(person.ref), person.full_name, posts or str(_("no appointment")))


class UnitField(ChosenField):
    """An open unit, by its code or a name it bears or bore."""

    address = reverse_lazy("administration:units-found")
    hint = _("Type part of the name or the code, with or without tone marks.")

    def __init__(self, rows: QuerySet[Unit] | None = None, **kwargs: Any) -> None:
        units = Unit.objects.none() if rows is None else rows
        super().__init__(units.filter(closed_on=None).order_by("path"), **kwargs)

    def search(self, words: str) -> list[Unit]:
        return list(nearest_first(self.rows, words)[:MAX_MATCHES_SHOWN])

    def prepare_value(self, value: Any) -> str:
        return value.code if isinstance(value, Unit) else value or ""

    def row_of(self, chosen: str) -> Unit | None:
        return self.rows.filter(code=chosen).first()

    def described(self, unit: Unit) -> Match:
        return Match(unit.code, unit.name, unit.code)

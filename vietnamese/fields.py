"""Form fields that read what a Vietnamese office types."""

from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _

from vietnamese import legacy_encodings
from vietnamese.text import nfc

FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


def refuse_old_letters(text: str) -> None:
    """Raises ValidationError for letters of an old font: nobody could read them once they are signed."""
    if old := legacy_encodings.old_line(text):
        raise forms.ValidationError(
            _("This text seems to be in old letters (%(encoding)s): “%(before)s” would become “%(after)s”."),
            "old_letters",
            old,
        )


class Words(forms.CharField):
    """Typed text to be kept, cleaned to NFC."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str):
            refuse_old_letters(value)
            value = nfc(value)
        return super().to_python(value)


class SearchWords(forms.CharField):
    """Typed text to find something by: in NFC, old letters as what they stand for."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(nfc(legacy_encodings.in_unicode(value)) if isinstance(value, str) else value)


def as_words(field: models.Field) -> dict[str, Any]:
    """What to give `formfield` of a model's field, so that its texts are Words."""
    return {"form_class": Words} if type(field) in (models.CharField, models.TextField) else {}


def formfield_of(field: models.Field, **kwargs: Any) -> forms.Field | None:
    """A `formfield_callback` by which texts are Words."""
    return field.formfield(**as_words(field), **kwargs)


class Paragraph(Words):
    """Words that may run over several lines."""

    def __init__(self, *, rows: int = 3, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **kwargs)


class DayField(forms.DateField):
    """A date typed day first, in either language."""

    default_error_messages = {"invalid": _("Type the date as dd/mm/yyyy, such as 09/03/2021.")}

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(format=FORMATS[0], attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"})
        super().__init__(input_formats=FORMATS, widget=widget, **kwargs)

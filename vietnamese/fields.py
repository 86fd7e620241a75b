"""Form fields that read what a Vietnamese office types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from vietnamese.text import nfc

FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class Words(forms.CharField):
    """Typed text, cleaned to NFC."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(nfc(value) if isinstance(value, str) else value)


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

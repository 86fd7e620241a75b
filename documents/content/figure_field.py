"""One figure as a form field, typed as an office writes it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.content import figures
from vietnamese.fields import Words, refuse_old_letters

INPUT_MODES = {"int": "numeric", "money": "numeric", "decimal": "decimal", "percent": "decimal"}
ANSWERS = [("true", _("Yes")), ("false", _("No")), ("", _("No answer yet"))]


class FigureField(forms.Field):
    """A figure typed as an office writes it; a bad one is refused with the sentence that says why."""

    def __init__(self, type: str, **kwargs):
        self.type = type
        super().__init__(**{"required": False, "widget": _widget(type)} | kwargs)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else figures.typed(value, self.type)

    def to_python(self, value):
        if self.type == "text":
            refuse_old_letters(value or "")
        try:
            return figures.parse(value, self.type)
        except figures.BadFigure as error:
            raise forms.ValidationError(str(error)) from error


class YearField(FigureField):
    """A year is a number without a dot."""

    def __init__(self, **kwargs):
        super().__init__("int", **kwargs)

    def prepare_value(self, value):
        return value if value is None or isinstance(value, str) else str(value)


def _widget(type: str) -> forms.Widget:
    if type == "bool":
        return forms.RadioSelect(choices=ANSWERS)
    if type == "text":
        return forms.Textarea(attrs={"rows": 2})
    attrs = {"autocomplete": "off", "maxlength": 60, "placeholder": " "}  # a blank one, for the style of empty boxes
    if type in INPUT_MODES:
        attrs["inputmode"] = INPUT_MODES[type]
    if type == "date":
        attrs["placeholder"] = _("dd/mm/yyyy")
    return forms.TextInput(attrs=attrs)


class ReasonField(Words):
    """Why there is no figure yet: missing is said, never written as zero."""

    def __init__(self, **kwargs):
        super().__init__(
            required=False,
            max_length=300,
            label=_("No figure yet, because"),
            widget=forms.TextInput(attrs={"placeholder": _("Reason why there is no figure yet")}),
            **kwargs,
        )

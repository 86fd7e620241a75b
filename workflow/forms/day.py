from django import forms
from django.utils.translation import gettext_lazy as _

FORMATS = ["%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y"]


class DayField(forms.DateField):
    """A date typed day first, in either language."""

    default_error_messages = {"invalid": _("Type the date as dd/mm/yyyy, such as 09/03/2021.")}

    def __init__(self, **kwargs):
        widget = forms.DateInput(format=FORMATS[0], attrs={"placeholder": _("dd/mm/yyyy"), "autocomplete": "off"})
        super().__init__(input_formats=FORMATS, widget=widget, **kwargs)

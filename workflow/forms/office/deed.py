from uuid import uuid4

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.words import Paragraph


class DeedForm(forms.Form):
    """One change of the office: its own key, so that a second click changes nothing more."""

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, initial=None, **kwargs):
        super().__init__(data, initial={"key": uuid4()} | (initial or {}), **kwargs)


class ReasonForm(DeedForm):
    """Why; kept with the deed on the record."""

    note = Paragraph(label=_("Reason"), error_messages={"required": _("Please give the reason.")})


class DatedForm(DeedForm):
    """A deed that holds from a day to a day."""

    def clean(self):
        said = super().clean()
        starts, ends = said.get("starts_on"), said.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day is before the first."))
        return said

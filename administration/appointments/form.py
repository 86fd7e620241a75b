"""The form of a new appointment."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choosing import PersonField, UnitField
from accounts.models import Appointment, Role
from vietnamese.fields import DayField, Words
from workflow.pages.keyed import DatedForm


class AppointmentForm(DatedForm):
    """Who, where, as what, from when; made once, then only ended."""

    user = PersonField(label=pgettext_lazy("office", "Person"))
    unit = UnitField(label=_("Unit"))
    role = forms.ChoiceField(label=_("Role"), choices=[("", _("Choose a role…")), *Role.choices])
    post = Words(label=_("Post"), max_length=120, help_text=_("As printed on papers, such as “Chủ tịch”."))
    starts_on = DayField(label=pgettext_lazy("office", "From"))
    ends_on = DayField(label=_("To (last day)"), required=False)
    decision_no = Words(label=_("Number of the decision of appointment"), max_length=60, required=False)

    def __init__(self, units, data=None, *, initial=None):
        super().__init__(data, initial={"starts_on": timezone.localdate()} | (initial or {}))
        self.fields["unit"].rows = units.filter(closed_on=None).order_by("path")

    def appointment(self) -> Appointment:
        """Unsaved."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Appointment(**values)

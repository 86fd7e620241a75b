"""The form of a new delegation."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.choosing import PersonField
from accounts.models import Delegation, Prefix
from vietnamese.fields import DayField, Words
from workflow.pages.keyed import DatedForm


class DelegationForm(DatedForm):
    """Which of one's appointments, to whom, for which days, and why."""

    appointment = forms.ModelChoiceField(None, label=_("Which appointment"), empty_label=None, to_field_name="ref")
    delegate = PersonField(label=_("To whom"))
    starts_on = DayField(label=pgettext_lazy("office", "From"))
    ends_on = DayField(label=_("To (last day)"))
    prefix = forms.ChoiceField(
        label=pgettext_lazy("delegation", "Signs"), choices=Prefix, initial=Prefix.TUQ, required=False
    )
    reason = Words(label=_("Reason"), max_length=300)
    document_no = Words(label=_("Number of the letter of delegation"), max_length=60, required=False)

    def __init__(self, appointments, data=None):
        super().__init__(data, initial={"starts_on": timezone.localdate()})
        field = self.fields["appointment"]
        field.queryset = appointments
        field.label_from_instance = lambda appointment: (
            f"{appointment.post}, {appointment.unit.name} ({appointment.get_role_display()})"
        )

    def clean_prefix(self) -> str:
        return self.cleaned_data["prefix"] or Prefix.TUQ

    def delegation(self) -> Delegation:
        """Unsaved."""
        values = {name: value for name, value in self.cleaned_data.items() if name != "key"}
        return Delegation(**values)

"""What an administrator fills in about signing in; each form carries its own key."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from vietnamese.fields import Paragraph, Words
from workflow.pages.keyed import KeyedForm, ReasonForm


class PolicyForm(KeyedForm):
    """What one unit asks of those who decide."""

    unit = forms.ModelChoiceField(Unit.objects.none(), label=_("Unit"))
    second_factor = forms.BooleanField(
        label=_("A second factor is required"),
        help_text=_(
            "Approvers, reviewers, signatories, clerks, administrators: without one they can read, not decide."
        ),
        required=False,
    )
    step_up = forms.BooleanField(
        label=_("Confirm your identity before a decision"),
        help_text=_("With the password, a code or a key, unless that happened within the last 15 minutes."),
        required=False,
    )
    note = Words(label=_("Reason"), max_length=300, required=False)

    def __init__(self, units, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["unit"].queryset = units


class HelpForm(ReasonForm):
    """Why somebody is let in anew."""

    note = Paragraph(
        rows=2,
        label=_("Reason"),
        help_text=_("How you verified the identity of the person who requested this; it is recorded."),
    )

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.forms.day import DayField
from workflow.forms.decision import DecisionForm
from workflow.forms.words import Words
from workflow.states import State


class ConclusionForm(DecisionForm):
    """How the road ends: the outcome, and by where it stands the report that takes it in or the decision."""

    outcome = Words(label=_("Outcome"), max_length=200)
    into = forms.ModelChoiceField(None, label=_("Included in"), required=False, empty_label=_("Not chosen"))
    decision_no = Words(label=_("Number of the decision"), required=False, max_length=60)
    decided_on = DayField(label=_("Date of the decision"), required=False)

    def prepare(self):
        targets = getattr(self.paper, "conclusion_targets", None)
        if targets is None or self.paper.state != State.DISTRICT_REVIEWED:
            del self.fields["into"]
        else:
            self.fields["into"].queryset = targets()
            del self.fields["decision_no"], self.fields["decided_on"]

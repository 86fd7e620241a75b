from django.utils.translation import gettext_lazy as _

from workflow.forms.day import DayField
from workflow.forms.decision import DecisionForm
from workflow.forms.words import Words


class EndorsementForm(DecisionForm):
    """The sitting of the Standing Committee and its minutes."""

    sitting_on = DayField(label=_("Date of the sitting"))
    minutes_no = Words(label=_("Number of the minutes"), max_length=60)

from django.utils.translation import gettext_lazy as _

from vietnamese.fields import DayField, Words
from workflow.decisions.form import DecisionForm


class EndorsementForm(DecisionForm):
    """The sitting of the Standing Committee and its minutes."""

    sitting_on = DayField(label=_("Date of the sitting"))
    minutes_no = Words(label=_("Number of the minutes"), max_length=60)

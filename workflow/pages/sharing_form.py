"""The form that shares a dossier with one person."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.choosing import PersonField
from vietnamese.fields import DayField
from workflow.pages.keyed import ReasonForm

USUAL = timedelta(days=7)


class SharingForm(ReasonForm):
    """With whom, until when and why."""

    person = PersonField(label=_("With whom"))
    until = DayField(label=_("To (last day)"))
    field_order = ["person", "until", "note"]

    def __init__(self, data=None):
        super().__init__(data, initial={"until": timezone.localdate() + USUAL})

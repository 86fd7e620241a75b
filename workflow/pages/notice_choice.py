"""The form of how notices come by mail."""

from django import forms
from django.utils.translation import gettext_lazy as _

from workflow.models import NoticeChoice

HOURS = [(hour, f"{hour}:00") for hour in range(8, 19)]


class NoticeChoiceForm(forms.ModelForm):
    """How notices come by mail; the page has them all in any case."""

    hour = forms.TypedChoiceField(label=_("Hour of the daily e-mail"), choices=HOURS, coerce=int)

    class Meta:
        model = NoticeChoice
        fields = ["way", "hour", "language"]
        widgets = {"way": forms.RadioSelect, "language": forms.RadioSelect}
        labels = {"way": _("Notices by e-mail"), "language": _("Language of the e-mail")}

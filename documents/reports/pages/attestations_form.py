"""What the unit attests before it sends its report."""

from datetime import date

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.content.figure_field import FigureField
from documents.reports.writing import Given
from vietnamese.fields import Words


class AttestationForm(forms.Form):
    """One attestation: given or not, by whom, when, in what words."""

    quiet = True
    given = forms.BooleanField(required=False)
    person_name = Words(label=gettext_lazy("Given by"), required=False, max_length=200)
    given_on = FigureField("date", label=gettext_lazy("On"))
    note = Words(
        label=gettext_lazy("Note or opinion"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, code: str, label: str, attested: dict | None, data=None):
        initial = dict(attested or {})
        if initial.get("given_on"):
            initial["given_on"] = date.fromisoformat(initial["given_on"]).strftime("%d/%m/%Y")
        super().__init__(data, prefix=code, initial=initial)
        self.code = code
        self.fields["given"].label = label

    def clean(self):
        if self.cleaned_data.get("given") and not self.cleaned_data.get("person_name", "").strip():
            self.add_error("person_name", _("Please enter the name of the person who gave it."))

    def given_attestation(self) -> Given:
        """What the form says, as it is written down."""
        typed = self.cleaned_data
        day = date.fromisoformat(typed["given_on"]) if typed["given_on"] else None
        return Given(typed["given"], typed["person_name"], day, typed["note"])

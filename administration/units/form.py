"""The forms of a unit's details and of its move."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.choosing import UnitField
from accounts.models import Unit
from accounts.units_named import NO_CODE, is_code
from administration.units.changes import DETAILS
from vietnamese.fields import DayField, Words, refuse_old_letters
from vietnamese.text import nfc
from workflow.pages.keyed import KeyedForm, ReasonForm


class Lines(forms.CharField):
    """A list of texts, a line each."""

    def __init__(self, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": 3}), max_length=1000, **kwargs)

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def to_python(self, value):
        refuse_old_letters(value or "")
        return [line.strip() for line in nfc(value or "").splitlines() if line.strip()]

    def validate(self, value):
        if self.required and not value:
            raise forms.ValidationError(self.error_messages["required"], "required")

    def run_validators(self, value):
        super().run_validators("\n".join(value))


class UnitForm(KeyedForm, forms.ModelForm):
    """The details of a unit; its code is typed once, when it is added."""

    letterhead = Lines(label=_("Letterhead, one line each"), required=False)
    opened_on = DayField(label=_("Opened on"), required=False)

    class Meta:
        model = Unit
        fields = ["code", *DETAILS]
        field_classes = dict.fromkeys(
            [
                "code", "name", "short_name", "symbol", "place", "address", "filing_note", "employer_head",
                "employer_head_title", "party_secretary", "party_secretary_title",
            ],
            Words,
        )  # fmt: skip
        help_texts = {"code": _("Identifies the unit on every sealed paper and can never be changed.")}

    def __init__(self, data=None, *, instance=None, **kwargs):
        super().__init__(data, instance=instance, **kwargs)
        if instance and instance.pk:
            del self.fields["code"]

    def clean_code(self):
        code = self.cleaned_data["code"]
        if not is_code(code):
            raise forms.ValidationError(_(NO_CODE), params={"value": code})
        return code


class MoveForm(ReasonForm):
    """Under which unit it will stand."""

    under = UnitField(label=_("Unit above"))
    field_order = ["under", "note"]

    def __init__(self, units, data=None, **kwargs):
        super().__init__(data, **kwargs)
        self.fields["under"].rows = units.filter(closed_on=None).order_by("path")

"""An award as an administrator writes it down: the share of votes as its rule has it, a fraction or a percentage."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.awards.award import AwardType
from documents.awards.ballot import Of, Threshold, read_share
from vietnamese.fields import Words, formfield_of


class ShareField(Words):
    """`2/3` or `80%` as (numerator, denominator); None when empty."""

    default_error_messages = {
        "unclear": _("Write a fraction such as 2/3 or a percentage such as 80%."),
        "impossible": _("The share must be above 0 and at most the whole."),
    }

    def clean(self, value):
        typed = super().clean(value)
        if not typed:
            return None
        try:
            numerator, denominator = read_share(typed)
        except ValueError:
            raise forms.ValidationError(self.error_messages["unclear"], "unclear") from None
        if not 0 < numerator <= denominator:
            raise forms.ValidationError(self.error_messages["impossible"], "impossible")
        return numerator, denominator


class AwardTypeForm(forms.ModelForm):
    threshold_share = ShareField(
        label=_("Votes in favour, at least"),
        required=False,
        max_length=20,
        help_text=_("As its rule writes it: 2/3, 80%. Empty: no ballot is asked for."),
    )

    class Meta:
        model = AwardType
        formfield_callback = formfield_of
        fields = [
            *("code", "name_vi", "name_en", "target", "decided_by", "deciding_unit", "forwarded_to"),
            *("threshold_strict", "threshold_of", "valid_from", "valid_to"),
        ]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "threshold_share" in self.fields:
            self.initial.setdefault("threshold_share", self.instance.threshold_share)

    def clean(self):
        cleaned = super().clean()
        if "threshold_share" not in cleaned:  # refused, or not to be changed any more
            return cleaned
        share, strict = cleaned["threshold_share"], bool(cleaned.get("threshold_strict"))
        if strict and not share:
            self.add_error("threshold_share", _("Give the share that must be exceeded."))
        elif strict and share[0] == share[1]:
            self.add_error("threshold_share", _("No ballot reaches more than the whole."))
        else:
            of = Of(cleaned.get("threshold_of") or Of.ALL_MEMBERS)
            self.instance.threshold = Threshold(*share, of, strict=strict) if share else None
        return cleaned

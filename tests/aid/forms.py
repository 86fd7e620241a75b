from django import forms

from tests.aid.models import AidRequest

AidForm = forms.modelform_factory(AidRequest, fields=["amount", "reason"])


class BeginAid(forms.modelform_factory(AidRequest, fields=["member"])):
    key = forms.UUIDField(widget=forms.HiddenInput)

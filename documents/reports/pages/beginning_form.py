"""Beginning a paper needs no more than a key: the same click twice begins it once."""

from django import forms


class BeginReport(forms.Form):
    key = forms.UUIDField(widget=forms.HiddenInput)

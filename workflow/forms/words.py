from django import forms

from accounts.vietnamese import nfc


class Words(forms.CharField):
    """Typed text, cleaned to NFC."""

    def to_python(self, value):
        return super().to_python(nfc(value) if isinstance(value, str) else value)


class Paragraph(Words):
    """Words that may run over several lines."""

    def __init__(self, *, rows=3, **kwargs):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), max_length=4000, **kwargs)

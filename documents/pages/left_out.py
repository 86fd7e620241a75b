"""What cleaning a text has left out, told where it was typed and in the words that a paste is told in."""

from django import forms
from django.contrib import messages


def by_field(form: forms.Form) -> dict[str, list[str]]:
    """Name of a field on the page -> sentences; fields that lost nothing are not there."""
    return {bound.html_name: sentences for bound in form if (sentences := getattr(bound.field, "left_out", None))}


def tell(request, form: forms.Form) -> bool:
    """Say it on the page that follows. Whether there was anything to say."""
    losses = by_field(form)
    for name, sentences in losses.items():
        messages.warning(request, f"{form[name].label}: {' '.join(sentences)}")
    return bool(losses)

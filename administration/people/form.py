"""The form of a person's account."""

from django import forms
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from vietnamese.fields import Words
from workflow.pages.keyed import KeyedForm


class PersonForm(KeyedForm, forms.ModelForm):
    """Who signs in, and by what name."""

    class Meta:
        model = User
        fields = ["full_name", "honorific", "username", "email"]
        field_classes = {"full_name": Words, "username": Words}
        labels = {"username": _("Sign-in name")}
        help_texts = {"username": _("Letters without tone marks, digits and . _ - only.")}

    def clean_username(self):
        typed = self.cleaned_data["username"].strip().lower()
        if not all(letter.isascii() and (letter.isalnum() or letter in "._-@+") for letter in typed):
            raise forms.ValidationError(_("Letters without tone marks, digits and . _ - only."))
        return typed

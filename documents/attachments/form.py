"""A file to attach, and what it is."""

from django import forms
from django.utils.translation import gettext_lazy as _

from documents.attachments.attachment import Attachment
from intake.uploads import ENDINGS, MAX_BYTES

ACCEPTED = ",".join(f".{ending}" for ending in ENDINGS)


class AttachmentForm(forms.Form):
    """The file is judged by its content when it is attached; this asks only that there is one, not beyond measure."""

    file = forms.FileField(
        label=_("File"),
        help_text=_("Word (.docx), Excel (.xlsx), PDF, JPG or PNG, at most 25 MB."),
        widget=forms.ClearableFileInput(attrs={"accept": ACCEPTED}),
        error_messages={"empty": _("The file is empty.")},
        max_length=None,
    )
    kind = forms.ChoiceField(label=_("What it is"), choices=Attachment.Kind)

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise forms.ValidationError(_("The file is larger than 25 MB."))
        return file

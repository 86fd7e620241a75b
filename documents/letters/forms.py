"""Forms of the records office: an outgoing paper, its signature, sending and cancelling, and a reply."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.reach import branch
from documents.awards.recipient import Recipient
from documents.content.figure_field import FigureField
from documents.register.dispatch import Dispatch, DispatchItem, Purpose
from documents.register.number_series import DocumentType
from documents.register.referral import ReferralOutcome
from vietnamese.fields import Words
from workflow.models import Dossier
from workflow.states import State

TO = [("", _("not sent")), *Purpose.choices]


class DispatchForm(forms.Form):
    """Which endorsed dossiers go out together, as what, about what, to whom (`to-<code>` for each recipient)."""

    quiet = True
    dossiers = forms.ModelMultipleChoiceField(
        None,
        label=_("Endorsed dossiers"),
        to_field_name="ref",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Please select at least one dossier.")},
    )
    document_type = forms.ChoiceField(label=_("Document type"), choices=DocumentType, initial=DocumentType.SUBMISSION)
    subject = Words(label=pgettext_lazy("letter", "Subject"), max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    body = Words(
        label=_("Text of the paper"),
        required=False,
        max_length=8000,
        widget=forms.Textarea(attrs={"rows": 5}),
        help_text=_("If left empty, the usual sentence is printed. Each line is a paragraph."),
    )
    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, unit, *args, usual: set[int] = frozenset(), earlier: Dispatch | None = None, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["dossiers"].queryset = ready_to_go(unit, earlier)
        self.recipients = list(Recipient.objects.filter(is_active=True))
        for recipient in self.recipients:
            initial = Purpose.ACTION if recipient.pk in usual else ""
            self.fields[f"to-{recipient.code}"] = forms.ChoiceField(
                label=str(recipient), choices=TO, required=False, initial=initial
            )

    @property
    def addresses(self):
        return [self[f"to-{recipient.code}"] for recipient in self.recipients]

    def arguments(self) -> dict:
        """The named arguments of `dispatch.prepare`."""
        typed = self.cleaned_data
        chosen = {recipient: typed[f"to-{recipient.code}"] for recipient in self.recipients}
        return {
            "recipients": {recipient: Purpose(purpose) for recipient, purpose in chosen.items() if purpose},
            "document_type": DocumentType(typed["document_type"]),
            "subject": typed["subject"],
            "body": typed["body"],
            "key": typed["key"],
        }


def ready_to_go(unit, earlier: Dispatch | None = None) -> QuerySet[Dossier]:
    """Endorsed dossiers of this branch that no unsent paper carries yet, and those of what this form made earlier."""
    unsent = DispatchItem.objects.filter(dispatch__state__in=["prepared", "signed"]).values("dossier")
    ready = branch(unit) & Q(state=State.ENDORSED) & ~Q(pk__in=unsent)
    carried = list(earlier.items.values_list("dossier", flat=True)) if earlier else []
    rows = Dossier.objects.filter(ready | Q(pk__in=carried))
    return rows.select_related("unit").order_by("state_since", "pk")


class WordlessForm(forms.Form):
    """A step that needs no words: its key, and what the page showed."""

    key = forms.UUIDField(widget=forms.HiddenInput)
    seen = forms.CharField(required=False, widget=forms.HiddenInput)


class CancellationForm(forms.Form):
    reason = Words(
        label=_("Reason"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"required": _("Please give the reason.")},
    )


class ReplyForm(forms.Form):
    """What one recipient answered to one dossier."""

    outcome = forms.ChoiceField(label=_("Outcome"), choices=ReferralOutcome, widget=forms.RadioSelect)
    receipt_no = Words(label=_("Number of the receipt or reply"), required=False, max_length=60)
    replied_on = FigureField(
        "date",
        label=_("Date of the reply"),
        required=True,
        error_messages={"required": _("The date of the reply is required and cannot be in the future.")},
    )
    note = Words(label=_("Note"), required=False, max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    key = forms.UUIDField(widget=forms.HiddenInput)

"""The form that every decision starts from."""

from typing import Any
from uuid import uuid4

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Authority
from ledger.envelope import names_of
from vietnamese.fields import Paragraph
from workflow.capacity import capacity
from workflow.models import Dossier
from workflow.models.steps import sources
from workflow.states import Verb

CARRIED = frozenset({"seen", "key", "as"})  # what every decision form carries besides its facts


class DecisionForm(forms.Form):
    """What was seen, the key of this one act, in what capacity, and a note; `facts()` are the action's arguments."""

    seen = forms.CharField(widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    note = Paragraph(label=pgettext_lazy("decision", "Note"), required=False)
    ends_with = ["note"]

    def __init__(
        self,
        paper: Dossier,
        capacities: list[Authority],
        data: QueryDict | None = None,
        *,
        reason_required: bool = False,
        initial: dict[str, Any] | None = None,
        **kwargs: Any,
    ) -> None:
        self.paper = paper
        start: dict[str, Any] = {"key": uuid4(), "as": capacities[0].ref if capacities else ""}
        if not data and not (initial or {}).get("seen"):
            start["seen"] = paper.seen()
        super().__init__(data, initial=start | (initial or {}), **kwargs)
        self.fields["as"] = _capacity_field(capacities)
        if reason_required:
            self.fields["note"].required = True
            self.fields["note"].label = _("Reason")
            self.fields["note"].error_messages["required"] = _("Please give the reason.")
        self.prepare()
        self.order_fields(["as", *(name for name in self.fields if name not in self.ends_with), *self.ends_with])

    def prepare(self) -> None:
        """Add or narrow the fields that depend on the paper."""

    def sent_before(self, verb: Verb, name: str) -> bool:
        """Whether this was filled in while the step was open: sent again afterwards, the form still has the field."""
        return self.add_prefix(name) in self.data and self.paper.state not in sources(verb)

    def facts(self) -> dict[str, Any]:
        """The named arguments of the action."""
        return {name: value for name, value in self.cleaned_data.items() if name not in CARRIED}


def _capacity_field(capacities: list[Authority]) -> forms.Field:
    """Which of one's offices to act in; shown only where there is a choice."""
    choices = [(by.ref, described(by)) for by in capacities]
    widget = forms.RadioSelect(choices=choices) if len(choices) > 1 else forms.HiddenInput()
    return forms.CharField(label=_("Acting as"), required=False, widget=widget)


def described(by: Authority) -> str:
    """A capacity in words, as the record will have it: one's own post and unit, and by whose delegation."""
    return capacity({name: text for name, text in names_of(by).items() if text})

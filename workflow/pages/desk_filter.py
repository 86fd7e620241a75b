"""The form that narrows the desk."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.units_named import meant
from vietnamese.fields import SearchWords
from workflow.desk import lists
from workflow.kinds import kinds
from workflow.models.dossier_query import TURN
from workflow.states import State

HANDS = [("", _("Everyone's")), ("mine", _("Taken up by me")), ("free", _("Taken up by nobody"))]
DUE = [("", _("Any due date")), *lists.GROUPS.items()]
STATES = [("", _("All states")), *((state, state.label) for state in TURN if state != State.RETURNED)]


class DeskFilter(forms.Form):
    """Which of what waits is shown. What cannot be read narrows nothing."""

    quiet = True
    kind = forms.ChoiceField(required=False, widget=forms.HiddenInput)
    unit = SearchWords(label=_("Unit"), required=False, max_length=100)
    due = forms.ChoiceField(label=_("Due"), required=False, choices=DUE)
    state = forms.ChoiceField(label=_("State"), required=False, choices=STATES)
    hand = forms.ChoiceField(label=_("Taken up"), required=False, choices=HANDS)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user, self.kinds = user, kinds()
        self.fields["kind"].choices = [("", ""), *((name, name) for name in self.kinds)]
        self.fields["unit"].widget.input_type = "search"
        self.is_valid()

    @property
    def kind_name(self) -> str:
        return self.cleaned_data.get("kind", "")

    @property
    def on(self) -> bool:
        """Does anything but the kind narrow the list?"""
        return any(value for name, value in self.cleaned_data.items() if name != "kind")

    def narrow(self, rows: QuerySet) -> QuerySet:
        return rows.filter(*self._conditions())

    def _conditions(self):
        requested = self.cleaned_data
        if model := self.kinds.get(self.kind_name):
            yield Q(kind=model._meta.label_lower)
        if words := requested.get("unit"):
            yield meant(words, "unit")
        if requested.get("due"):
            yield lists.in_group(requested["due"])
        if requested.get("state"):
            yield Q(state=requested["state"])
        if requested.get("hand"):
            yield Q(handler=self.user) if requested["hand"] == "mine" else Q(handler=None)

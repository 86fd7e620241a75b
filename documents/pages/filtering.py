"""Narrowing a list of papers by what the address says."""

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from accounts.units_named import meant
from documents.campaigns.campaign import campaigns_of
from vietnamese.fields import SearchWords
from workflow.search.tokens import Question
from workflow.states import State

ALL_STATES = [("", _("All states")), *State.choices]


class DossierFilter(forms.Form):
    """Words as search knows them, state and campaign. What cannot be read narrows nothing."""

    quiet = True
    words = SearchWords(label=_("Words, number, unit or person"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=ALL_STATES)
    campaign = forms.ModelChoiceField(None, label=_("Campaign"), required=False, empty_label=_("All campaigns"))
    unit = SearchWords(required=False, max_length=100, widget=forms.HiddenInput)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.fields["campaign"].queryset = campaigns_of(user)
        self.fields["words"].widget.input_type = "search"

    def narrow(self, rows: QuerySet) -> QuerySet:
        self.is_valid()
        filters = self.cleaned_data
        if filters.get("state"):
            rows = rows.filter(state=filters["state"])
        if filters.get("campaign"):
            rows = rows.filter(campaign=filters["campaign"])
        if filters.get("unit"):
            rows = rows.filter(meant(filters["unit"], "unit"))
        if question := Question.of(filters.get("words", "")):
            rows = rows.filter(search_entry__words__holds=question.tsquery())
        return rows

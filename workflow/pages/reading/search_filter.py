"""The form of the search."""

from django import forms
from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.models import User
from accounts.reach import branches
from accounts.units_named import places
from vietnamese.fields import SearchWords
from workflow import topics
from workflow.kinds import kinds
from workflow.models import NameEntry
from workflow.search import tokens
from workflow.states import State

ALL_STATES = [("", _("All states")), *State.choices]


def kind_choices() -> list[tuple[str, str]]:
    return [(name, model._meta.verbose_name_plural.capitalize()) for name, model in kinds().items()]


class SearchFilter(forms.Form):
    """What to look for, and where. What cannot be read narrows nothing."""

    quiet = True
    q = SearchWords(label=_("Words, number, unit or person"), required=False)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("State"), required=False, choices=ALL_STATES)
    topic = forms.ChoiceField(label=_("Campaign"), required=False)
    unit = SearchWords(label=_("Unit and all below"), required=False, max_length=100)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=9999, localize=False)
    person = forms.UUIDField(required=False, widget=forms.HiddenInput)
    name = forms.CharField(required=False, max_length=300, widget=forms.HiddenInput)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.user = user
        self.fields["q"].widget.input_type = "search"
        self.fields["kind"].choices = [("", _("All kinds")), *kind_choices()]
        self.fields["topic"].choices = [("", _("All campaigns")), *topics.choices(user)]
        self.is_valid()
        self.question = tokens.Question.of(self.cleaned_data.get("q", ""))

    @property
    def has_criteria(self) -> bool:
        """Is anything asked for at all?"""
        return bool(self.question) or any(value for name, value in self.cleaned_data.items() if name != "q")

    @property
    def who(self) -> str:
        """The person the results are narrowed to."""
        return self.account.full_name if self.account else self.cleaned_data.get("name", "")

    @cached_property
    def account(self) -> User | None:
        """The account that is named, if it had to do with anything within reach."""
        if not (ref := self.cleaned_data.get("person")):
            return None
        named = NameEntry.objects.within_reach_of(self.user).filter(user__ref=ref).select_related("user").first()
        return named and named.user

    def narrow(self, rows: QuerySet) -> QuerySet:
        requested = self.cleaned_data
        if model := kinds().get(requested.get("kind")):
            rows = rows.filter(kind=model._meta.label_lower)
        if requested.get("state"):
            rows = rows.filter(state=requested["state"])
        if requested.get("unit"):
            rows = rows.filter(branches(places(requested["unit"])))
        if marks := self._marks():
            rows = rows.filter(search_entry__words__holds=" & ".join(map(tokens.quoted, marks)))
        return rows.none() if requested.get("person") and not self.account else rows

    def _marks(self) -> list[str]:
        requested, marks = self.cleaned_data, []
        if requested.get("topic"):
            marks.append(tokens.topic(requested["topic"]))
        if requested.get("year"):
            marks.append(tokens.year(requested["year"]))
        if self.account:
            marks.append(tokens.person(self.account.pk))
        elif requested.get("name"):
            marks.append(tokens.named(requested["name"]))
        return marks

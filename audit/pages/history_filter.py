"""Narrowing the record by what an address says. What cannot be read narrows nothing."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from functools import cached_property

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.models import Unit
from accounts.reach import branches
from accounts.units_named import places
from ledger.models import Opening
from ledger.record_search import ANYWHERE, HOLDER, PERSON, query
from vietnamese.fields import DayField, SearchWords
from workflow import topics
from workflow.history import facts_search
from workflow.states import Verb

ANY = [("", _("Every step"))]
MARKS = [("", _("All")), ("sole", _("As sole officer")), ("delegated", _("Acting for another"))]
WEIGHTS = {"person": PERSON, "holder": HOLDER, "words": ANYWHERE}


class PlaceFilter(forms.Form):
    """A unit with all below it, what its dossiers belong to, and from when until when."""

    quiet = True
    unit = SearchWords(label=_("Unit and all below"), required=False, max_length=100)
    topic = forms.ChoiceField(label=pgettext_lazy("filter", "Campaign"), required=False)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("Until day"), required=False)

    def __init__(self, data, *, user):
        super().__init__(data)
        self.fields["unit"].widget.attrs["placeholder"] = _("Name or code")
        self.topics = topics.choices(user)
        if self.topics:
            self.fields["topic"].choices = [("", _("All")), *self.topics]
        else:
            del self.fields["topic"]
        self.is_valid()

    def narrow(self, rows: QuerySet) -> QuerySet:
        """Events that fit."""
        requested = self.cleaned_data
        if requested.get("since"):
            rows = rows.filter(at__gte=midnight(requested["since"]))
        if requested.get("until"):
            rows = rows.filter(at__lt=midnight(requested["until"] + timedelta(days=1)))
        if requested.get("topic"):
            rows = rows.filter(topics.within(requested["topic"]))
        if self.paths is None:
            return rows
        return rows.filter(branches(self.paths))

    def narrow_units(self, units: QuerySet[Unit]) -> QuerySet[Unit]:
        """Units that fit, whatever else was asked for."""
        return units if self.paths is None else units.filter(branches(self.paths, unit=""))

    @property
    def only_places(self) -> bool:
        """Was nothing asked for but places in the tree?"""
        return not any(value for name, value in self.cleaned_data.items() if name != "unit")

    @cached_property
    def paths(self) -> list[str] | None:
        """Where the units asked for stand in the tree; None when any will do."""
        return places(self.cleaned_data["unit"]) if self.cleaned_data.get("unit") else None

    def in_words(self) -> str:
        """What was asked for, as the sheet of an export says it."""
        return "; ".join(f"{label}: {text}" for label, text in self._conditions())

    def _conditions(self) -> Iterator[tuple[str, str]]:
        for name, value in self.cleaned_data.items():
            if value in (None, ""):
                continue
            choices = dict(getattr(self.fields[name], "choices", ()))
            text = date_format(value, "SHORT_DATE_FORMAT") if hasattr(value, "isoformat") else choices.get(value, value)
            yield str(self.fields[name].label), str(text)


class HistoryFilter(PlaceFilter):
    """Who, for whom, what, how, and words that were said."""

    person = SearchWords(label=_("Person"), required=False, max_length=100)
    holder = SearchWords(label=_("Acting for"), required=False, max_length=100)
    verb = forms.ChoiceField(label=_("Step"), required=False, choices=[*ANY, *Verb.choices])
    marked = forms.ChoiceField(label=_("How"), required=False, choices=MARKS)
    words = SearchWords(label=_("Recorded words"), required=False, max_length=200)
    field_order = ["words", "person", "holder", "unit", "topic", "verb", "since", "until", "marked"]

    def __init__(self, data, *, user):
        super().__init__(data, user=user)
        self.fields["person"].widget.attrs["placeholder"] = _("Name or post")
        self.fields["words"].widget.attrs["placeholder"] = _("In reasons, points, names, numbers, outcomes")
        self.fields["words"].widget.input_type = "search"

    def narrow(self, rows):
        rows, requested = super().narrow(rows), self.cleaned_data
        for name, weights in WEIGHTS.items():
            if not (requested.get(name) and (terms := query(requested[name], weights))):
                continue
            by_facts = facts_search.matching(requested[name], terms) if name == "words" else []
            rows = rows.filter(pk__in=Opening.objects.saying(terms).values("event").union(*by_facts))
        if requested.get("verb"):
            rows = rows.filter(verb=requested["verb"])
        if requested.get("marked"):
            rows = rows.filter(sole_officer=True) if requested["marked"] == "sole" else rows.exclude(acting_for=None)
        return rows


def midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

from datetime import datetime, time, timedelta

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from workflow.forms.day import DayField
from workflow.forms.words import Words
from workflow.states import Verb

ANY = [("", _("Every deed"))]
MARKS = [("", _("All")), ("sole", _("As sole officer")), ("delegated", _("Acting for another"))]
UNITS = 20  # that a name may match


class HistoryFilter(forms.Form):
    """What, who, where with all below, when, and how. What cannot be read narrows nothing."""

    quiet = True
    verb = forms.ChoiceField(label=_("Deed"), required=False, choices=[*ANY, *Verb.choices])
    person = Words(label=_("Person"), required=False, max_length=100)
    unit = Words(label=_("Unit and all below"), required=False, max_length=100)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("To day"), required=False)
    marked = forms.ChoiceField(label=_("How"), required=False, choices=MARKS)

    def narrow(self, rows: QuerySet) -> QuerySet:
        self.is_valid()
        asked = self.cleaned_data
        if asked.get("verb"):
            rows = rows.filter(verb=asked["verb"])
        if name := asked.get("person"):
            rows = rows.filter(Q(actor__full_name__icontains=name) | Q(acting_for__full_name__icontains=name))
        if asked.get("unit"):
            rows = rows.filter(_below(asked["unit"]))
        if asked.get("since"):
            rows = rows.filter(at__gte=_midnight(asked["since"]))
        if asked.get("until"):
            rows = rows.filter(at__lt=_midnight(asked["until"] + timedelta(days=1)))
        if asked.get("marked"):
            rows = rows.filter(sole_officer=True) if asked["marked"] == "sole" else rows.exclude(acting_for=None)
        return rows


def _below(name: str) -> Q:
    """Events at units of this code or name, and at all below them."""
    named = Unit.objects.filter(Q(code__iexact=name) | Q(name__icontains=name) | Q(short_name__icontains=name))
    found = Q(pk__in=[])
    for path in named.values_list("path", flat=True)[:UNITS]:
        found |= Q(unit__path__startswith=path)
    return found


def _midnight(day) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))

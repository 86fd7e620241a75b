"""The form that narrows the list of appointments."""

from django import forms
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Role
from accounts.models.appointment import in_force
from accounts.models.folded import every_word
from accounts.units_named import named
from vietnamese.fields import SearchWords

WHEN = [("", _("In force")), ("coming", _("Coming")), ("past", _("Ended")), ("all", _("All"))]


class AppointmentFilter(forms.Form):
    """Person or unit, role, and whether it still holds. What cannot be read narrows nothing."""

    quiet = True
    q = SearchWords(label=_("Person or unit"), required=False, max_length=100)
    role = forms.ChoiceField(label=_("Role"), required=False, choices=[("", _("Every role")), *Role.choices])
    when = forms.ChoiceField(label=_("When"), required=False, choices=WHEN)

    def narrow(self, rows: QuerySet) -> QuerySet:
        self.is_valid()
        requested = self.cleaned_data
        if words := requested.get("q"):
            matches = every_word(words, "user__search_text") | named(words, "unit")
            rows = rows.filter(matches)
        if requested.get("role"):
            rows = rows.filter(role=requested["role"])
        return rows.filter(self._period(requested.get("when", "")))

    def _period(self, when: str) -> Q:
        today = timezone.localdate()
        return {
            "": in_force(),
            "coming": Q(starts_on__gt=today, ended_at=None),
            "past": Q(ended_at__isnull=False) | Q(ends_on__lt=today),
            "all": Q(),
        }[when]

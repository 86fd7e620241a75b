"""The form that narrows one dossier's history and looks back at the end of a day."""

from datetime import timedelta

from django import forms
from django.utils.translation import gettext_lazy as _

from audit.pages.history_filter import midnight
from ledger.models import Event
from vietnamese.fields import DayField
from workflow.models.dossier_query import TURN
from workflow.states import DRAFTING, Verb

GROUPS = {
    "drafting": (_("Drafting"), DRAFTING | {Verb.CREATE}),
    "decisions": (
        _("Submission and decisions"),
        {Verb.SUBMIT, Verb.APPROVE, Verb.CLAIM, Verb.REVIEW, Verb.ENDORSE, Verb.CONCLUDE},
    ),
    "back": (
        _("Returned or withdrawn"),
        {Verb.RETURN, Verb.RECALL, Verb.HAND_BACK, Verb.REJECT, Verb.WITHDRAW, Verb.REOPEN, Verb.SUPERSEDE},
    ),
    "outside": (_("Sending and replies"), {Verb.FORWARD, Verb.RECORD_REPLY}),
}


class TimelineFilter(forms.Form):
    """One dossier's record: which steps, whose, from when until when; and how it stood at the end of a day."""

    quiet = True
    group = forms.ChoiceField(label=_("Steps"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)
    since = DayField(label=_("From day"), required=False)
    until = DayField(label=_("Until day"), required=False)
    on = DayField(label=_("Day"), required=False)

    def __init__(self, data, *, events: list[Event]):
        super().__init__(data)
        people = {str(event.actor_id): event.texts["actor"] for event in events if "actor" in event.texts}
        self.fields["person"].choices = [("", _("Everyone")), *people.items()]
        self.fields["group"].choices = [("", _("Every step")), *((code, label) for code, (label, _v) in GROUPS.items())]
        self.is_valid()

    def narrow(self, events: list[Event]) -> list[Event]:
        requested = self.cleaned_data
        if requested.get("group"):
            events = [event for event in events if event.verb in GROUPS[requested["group"]][1]]
        if requested.get("person"):
            events = [event for event in events if str(event.actor_id) == requested["person"]]
        if requested.get("since"):
            events = [event for event in events if event.at >= midnight(requested["since"])]
        if requested.get("until"):
            events = [event for event in events if event.at < midnight(requested["until"] + timedelta(days=1))]
        return events

    def as_of(self, events: list[Event]) -> dict | None:
        """{"day", "event", "turn"} at the end of the day asked for; the event is None while it had not begun."""
        day = self.cleaned_data.get("on")
        if not day:
            return None
        end = midnight(day + timedelta(days=1))
        event = next((event for event in reversed(events) if event.at < end), None)
        turn = TURN.get(event.to_state) if event else None
        return {"day": day, "event": event, "turn": turn.label if turn else ""}

    def carried(self) -> list:
        """The filter's own fields that were filled in, for the form beside it."""
        return [self[name] for name in ("group", "person", "since", "until") if self[name].value()]

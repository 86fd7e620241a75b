"""Conclude: the road ends, taken into another report, decided here, or answered by every recipient."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

from django import forms
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from vietnamese.fields import DayField, Words
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.decisions.facts import iso
from workflow.decisions.form import DecisionForm
from workflow.decisions.rules import today
from workflow.models import Dossier
from workflow.states import State, Verb


def outcome_given(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if facts is not None and not facts.get("outcome"):
        yield gettext("The outcome is required.")
    if facts is not None and str(facts.get("decided_on") or "") > today():
        yield gettext("The decision cannot be in the future.")


def conclude(
    dossier: Dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    outcome: str,
    into: Dossier | None = None,
    decision_no: str = "",
    decided_on: date | None = None,
    note: str = "",
) -> Event | None:
    """End the road: taken `into` the district's own report, decided by the district, or answered by every recipient."""
    facts = {
        "outcome": outcome,
        "into": str(into.ref) if into else "",
        "decision_no": decision_no,
        "decided_on": iso(decided_on),
    }
    beside = Q(pk=into.pk) if into else None
    return decide(CONCLUDE, dossier, by=by, seen=seen, key=key, note=note, facts=facts, beside=beside)


class ConclusionForm(DecisionForm):
    """How the road ends: the outcome, and by where it stands the report that takes it in or the decision."""

    outcome = Words(label=_("Outcome"), max_length=200)
    into: "forms.ModelChoiceField[Dossier]" = forms.ModelChoiceField(
        None, label=_("Included in"), required=False, empty_label=_("Not chosen")
    )
    decision_no = Words(label=_("Number of the decision"), required=False, max_length=60)
    decided_on = DayField(label=_("Date of the decision"), required=False)

    def prepare(self) -> None:
        targets = getattr(self.paper, "conclusion_targets", None)
        within = self.paper.state == State.DISTRICT_REVIEWED or self.sent_before(Verb.CONCLUDE, "into")
        if targets is None or not within:
            del self.fields["into"]
        else:
            self.fields["into"].queryset = targets()  # type: ignore[attr-defined]  # a ModelChoiceField
            del self.fields["decision_no"], self.fields["decided_on"]


CONCLUDE = Definition(
    verb=Verb.CONCLUDE,
    noun="conclusion",
    rules=(outcome_given,),
    action=conclude,
    move=lambda decision: decision.dossier.conclude(),
    happens=_("The dossier is concluded with the outcome you enter."),
    undone=_("This cannot be undone; a new dossier can replace this one."),
    sentence=_("%(actor)s concluded the dossier"),
    form=ConclusionForm,
)

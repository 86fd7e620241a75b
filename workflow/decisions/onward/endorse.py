"""Endorse: a signatory signs for the Standing Committee what its sitting endorsed."""

from collections.abc import Iterator
from datetime import date
from uuid import UUID

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
from workflow.states import Verb


def sitting_named(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if facts is None:
        return
    if not (facts.get("sitting_on") and facts.get("minutes_no")):
        yield gettext("The date of the sitting and the number of its minutes are required.")
    elif str(facts["sitting_on"]) > today():
        yield gettext("The sitting cannot be in the future.")


def endorse(
    dossier: Dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    sitting_on: date,
    minutes_no: str,
    tally: dict[str, int] | None = None,
    note: str = "",
    sole_reason: str | None = None,
) -> Event | None:
    """Sign for the Standing Committee what its sitting of `sitting_on` endorsed; `tally` is the raw count of votes."""
    facts = {"sitting_on": iso(sitting_on), "minutes_no": minutes_no, "tally": tally}
    return decide(ENDORSE, dossier, by=by, seen=seen, key=key, note=note, facts=facts, sole_reason=sole_reason)


class EndorsementForm(DecisionForm):
    """The sitting of the Standing Committee and its minutes."""

    sitting_on = DayField(label=_("Date of the sitting"))
    minutes_no = Words(label=_("Number of the minutes"), max_length=60)


ENDORSE = Definition(
    verb=Verb.ENDORSE,
    noun="endorsement",
    rules=(sitting_named,),
    action=endorse,
    move=lambda decision: decision.dossier.endorse(),
    happens=_("The endorsement is sealed with the sitting and its minutes; the records clerk sends it on."),
    undone=_("The records clerk can hand it back until it is sent."),
    undone_by=Verb.HAND_BACK,
    sentence=_("%(actor)s signed the endorsement of version %(version)s"),
    form=EndorsementForm,
)

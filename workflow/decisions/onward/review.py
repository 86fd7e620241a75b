"""Review: a reviewer above the unit confirms the checklist."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.decisions.form import DecisionForm
from workflow.models import Dossier
from workflow.states import Verb

ANSWERS = [("yes", _("Yes")), ("na", _("Does not apply")), ("no", _("No"))]
PREFIX = "item-"  # of a field that answers an item of the checklist


def checklist_done(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if facts is None:
        return
    answers, items = facts.get("checklist", {}), dossier.paper().checklist
    if answers.keys() - {code for code, _sentence in items}:
        yield gettext("An answer refers to an item that is not on the reviewer's list.")
    for code, sentence in items:
        if answers.get(code) not in dict(ANSWERS):
            yield gettext("Not answered: %(item)s") % {"item": sentence}
        elif answers[code] == "no":
            yield gettext("Answered “no”: %(item)s. Return the dossier instead.") % {"item": sentence}


def review(
    dossier: Dossier,
    *,
    by: Authority,
    seen: str,
    key: UUID,
    checklist: dict[str, str],
    note: str = "",
    sole_reason: str | None = None,
) -> Event | None:
    """Confirm the review; `checklist` maps each item's code to yes, na or no."""
    facts = {"checklist": checklist}
    return decide(REVIEW, dossier, by=by, seen=seen, key=key, note=note, facts=facts, sole_reason=sole_reason)


def _across() -> forms.Widget:
    """The three answers side by side."""
    return forms.RadioSelect(attrs={"class": "across"})


class ReviewForm(DecisionForm):
    """The checklist of the paper, item by item; nothing is answered beforehand."""

    def prepare(self) -> None:
        for code, sentence in self.paper.checklist:
            self.fields[PREFIX + code] = forms.ChoiceField(label=sentence, choices=ANSWERS, widget=_across())

    def facts(self) -> dict[str, Any]:
        given = super().facts()
        items = {name for name in given if name.startswith(PREFIX)}
        checklist = {name.removeprefix(PREFIX): given[name] for name in sorted(items)}
        return {name: value for name, value in given.items() if name not in items} | {"checklist": checklist}


REVIEW = Definition(
    verb=Verb.REVIEW,
    noun="review",
    rules=(checklist_done,),
    action=review,
    move=lambda decision: decision.dossier.review(),
    happens=_("The review and its checklist are sealed, and the dossier goes to the Standing Committee."),
    undone=_("The signatory can hand it back one step."),
    undone_by=Verb.HAND_BACK,
    sentence=_("%(actor)s confirmed the review of version %(version)s"),
    form=ReviewForm,
)

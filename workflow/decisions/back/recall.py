"""Recall: take it back to the drafter's desk before anyone above has claimed it."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.decisions.eligibility import claim_stands
from workflow.models import Dossier
from workflow.states import State, Verb


def own_submission(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if dossier.state == State.SUBMITTED and dossier.submitter_id not in by.people:
        yield gettext("Only the person who submitted it can recall it now.")


def not_claimed(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if dossier.handler_id and claim_stands(dossier):
        yield gettext("A reviewer has already taken it up; please ask the reviewer to return it.")


def recall(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event | None:
    """Take it back to the drafter's desk, with a reason."""
    return decide(RECALL, dossier, by=by, seen=seen, key=key, note=note)


RECALL = Definition(
    verb=Verb.RECALL,
    noun="recall",
    icon="back",
    rules=(own_submission, not_claimed),
    action=recall,
    move=lambda decision: decision.dossier.recall(),
    reason_required=True,
    happens=_("The dossier goes back to the drafter's desk as a draft."),
    undone=_("It can be submitted again at any time."),
    sentence=_("%(actor)s recalled the dossier"),
)

"""Hand back: one step back, to the officer who had it before."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.models import Dossier
from workflow.states import Verb


def hand_back(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event | None:
    """Give it back to the step before, with a reason."""
    return decide(HAND_BACK, dossier, by=by, seen=seen, key=key, note=note)


HAND_BACK = Definition(
    verb=Verb.HAND_BACK,
    noun="hand-back",
    icon="back",
    action=hand_back,
    move=lambda decision: decision.dossier.hand_back(),
    reason_required=True,
    happens=_("The dossier goes back one step, to the officer who handled it before."),
    undone=_("The decision can be taken again."),
    sentence=_("%(actor)s handed the dossier back one step"),
)

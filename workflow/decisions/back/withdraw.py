"""Withdraw: the unit takes it off the road."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.decision import Decision
from workflow.decisions.definition import Definition
from workflow.decisions.sealing import WITHDRAWN_CONTENT, content_digest
from workflow.models import Dossier
from workflow.states import Verb


def withdraw(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event | None:
    """The unit takes it off the road, with the reason."""
    return decide(WITHDRAW, dossier, by=by, seen=seen, key=key, note=note)


def _keep_and_move(decision: Decision) -> None:
    """A draft that leaves the road is sealed by no version: its event holds it to what it says now."""
    decision.facts[WITHDRAWN_CONTENT] = content_digest(decision.paper)
    decision.dossier.withdraw()


WITHDRAW = Definition(
    verb=Verb.WITHDRAW,
    noun="withdrawal",
    icon="close",
    action=withdraw,
    move=_keep_and_move,
    reason_required=True,
    happens=_("The dossier is closed; the reason is kept in its record."),
    undone=_("It can be reopened with a reason."),
    sentence=_("%(actor)s withdrew the dossier"),
)

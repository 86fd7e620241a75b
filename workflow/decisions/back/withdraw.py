"""Withdraw: the unit takes it off the road."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.models import Dossier
from workflow.states import Verb


def withdraw(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event:
    """The unit takes it off the road, with the reason."""
    return decide(WITHDRAW, dossier, by=by, seen=seen, key=key, note=note)


WITHDRAW = Definition(
    verb=Verb.WITHDRAW,
    noun="withdrawal",
    icon="close",
    action=withdraw,
    move=lambda decision: decision.dossier.withdraw(),
    reason_required=True,
    happens=_("The dossier is closed; the reason is kept in its record."),
    undone=_("It can be reopened with a reason."),
    sentence=_("%(actor)s withdrew the dossier"),
)

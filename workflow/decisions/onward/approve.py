"""Approve: the unit's approver signs the sealed version for the unit."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.models import Dossier
from workflow.states import Verb


def approve(
    dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str = "", sole_reason: str | None = None
) -> Event | None:
    """Sign for the unit."""
    return decide(APPROVE, dossier, by=by, seen=seen, key=key, note=note, sole_reason=sole_reason)


APPROVE = Definition(
    verb=Verb.APPROVE,
    noun="approval",
    action=approve,
    move=lambda decision: decision.dossier.approve(),
    happens=_("The unit's approval seals this version and submits it to the level above; it can no longer be changed."),
    undone=_("An approver of the unit can recall it until a reviewer takes it up."),
    undone_by=Verb.RECALL,
    sentence=_("%(actor)s approved and signed version %(version)s"),
)

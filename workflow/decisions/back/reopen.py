"""Reopen: a draft again of what was declined or withdrawn."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.decisions.rules import slot_free
from workflow.models import Dossier
from workflow.states import Verb


def reopen(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event | None:
    """Make a draft again of what was declined or withdrawn, with the reason."""
    return decide(REOPEN, dossier, by=by, seen=seen, key=key, note=note)


REOPEN = Definition(
    verb=Verb.REOPEN,
    noun="reopening",
    icon="edit",
    rules=(slot_free,),
    action=reopen,
    move=lambda decision: decision.dossier.reopen(),
    reason_required=True,
    happens=_("The dossier becomes a draft again on the unit's desk."),
    undone=_("It can be withdrawn again."),
    sentence=_("%(actor)s reopened the dossier"),
)

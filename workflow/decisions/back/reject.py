"""Reject: decline to propose a nomination."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.models import Dossier
from workflow.states import Verb


def may_be_rejected(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if not dossier.paper().nominations_only:
        yield gettext("Only award nominations can be declined; return this paper instead.")


def reject(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str) -> Event | None:
    """Decline to propose a nomination, with the reason."""
    return decide(REJECT, dossier, by=by, seen=seen, key=key, note=note)


REJECT = Definition(
    verb=Verb.REJECT,
    noun="rejection",
    icon="close",
    rules=(may_be_rejected,),
    action=reject,
    move=lambda decision: decision.dossier.reject(),
    reason_required=True,
    happens=_("The award is not proposed; the unit can read the reason."),
    undone=_("It can be reopened with a reason."),
    sentence=_("%(actor)s decided not to propose the award"),
)

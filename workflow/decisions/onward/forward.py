"""Forward: the clerk sends it up with a numbered letter; it has no page of its own."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.models import Dossier
from workflow.states import Verb


def forward(dossier: Dossier, *, by: Authority, seen: str, key: UUID, dispatch: str, note: str = "") -> Event | None:
    """Send it up with the numbered letter `dispatch` (such as 27/TTr-LĐLĐ)."""
    return decide(FORWARD, dossier, by=by, seen=seen, key=key, note=note, facts={"dispatch": dispatch})


FORWARD = Definition(
    verb=Verb.FORWARD,
    action=forward,
    move=lambda decision: decision.dossier.forward(),
    sentence=_("%(actor)s forwarded the dossier with paper %(dispatch)s"),
)

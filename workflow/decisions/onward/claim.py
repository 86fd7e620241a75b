"""Claim: a reviewer says that they are looking at it."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.decision import Decision
from workflow.decisions.definition import Definition
from workflow.models import Dossier
from workflow.states import Verb


def not_mine_yet(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    if dossier.handler_id == by.person.pk:
        yield gettext("You have already taken it up.")


def claim(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str = "") -> Event | None:
    """Say that one is looking at it: a courtesy, any reviewer in scope may take over."""
    return decide(CLAIM, dossier, by=by, seen=seen, key=key, note=note)


def _move(decision: Decision) -> None:
    decision.dossier.claim()
    decision.dossier.handler = decision.by.person


CLAIM = Definition(
    verb=Verb.CLAIM,
    noun="claim",
    icon="person",
    rules=(not_mine_yet,),
    action=claim,
    move=_move,
    happens=_("Others see that you are reviewing it. Another reviewer may still take over."),
    undone=_("It decides nothing."),
    sentence=_("%(actor)s took up the dossier"),
)

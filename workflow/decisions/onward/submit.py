"""Submit: seal a version and lay it before the unit's approver."""

from collections.abc import Iterator
from uuid import UUID

from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.decision import Decision
from workflow.decisions.definition import Definition
from workflow.models import Dossier
from workflow.states import Verb


def complete(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    yield from (str(missing.sentence) for missing in dossier.paper().missing())


def points_answered(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    left = dossier.sealed_beside.open_points
    if left:
        sentence = ngettext(
            "%d point of the return is not answered.", "%d points of the return are not answered.", left
        )
        yield sentence % left


def submit(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str = "") -> Event | None:
    """Seal a version and lay it before the unit's approver."""
    return decide(SUBMIT, dossier, by=by, seen=seen, key=key, note=note)


def _seal_and_move(decision: Decision) -> None:
    decision.seal_version()
    decision.dossier.submitter = decision.by.person
    decision.dossier.submit()


SUBMIT = Definition(
    verb=Verb.SUBMIT,
    noun="submission",
    icon="send",
    rules=(complete, points_answered),
    action=submit,
    move=_seal_and_move,
    happens=_("The content is sealed as a new version and submitted to the unit's approver."),
    undone=_("You can recall it until the unit's approver has decided."),
    undone_by=Verb.RECALL,
    sentence=_("%(actor)s submitted version %(version)s"),
)

"""Supersede: mark it as replaced by the dossier that names it."""

from collections.abc import Iterator
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.models import Authority
from ledger.envelope import Facts
from ledger.models import Event
from workflow.decisions.deciding import decide
from workflow.decisions.definition import Definition
from workflow.models import Dossier
from workflow.states import ROAD, Verb


def replacement_as_far(dossier: Dossier, by: Authority, facts: Facts | None) -> Iterator[str]:
    replacements = [other for other in dossier.replaced_by.all() if other.state in ROAD]
    if not replacements:
        yield gettext("No dossier replaces this one.")
    elif not any(ROAD.index(other.state) >= ROAD.index(dossier.state) for other in replacements):
        yield gettext("The dossier that replaces it has not reached this stage yet.")


def supersede(dossier: Dossier, *, by: Authority, seen: str, key: UUID, note: str = "") -> Event | None:
    """Mark it as replaced by the dossier that names it in `replaces`."""
    return decide(SUPERSEDE, dossier, by=by, seen=seen, key=key, note=note, beside=Q(replaces=dossier.pk))


SUPERSEDE = Definition(
    verb=Verb.SUPERSEDE,
    noun="supersession",
    rules=(replacement_as_far,),
    action=supersede,
    move=lambda decision: decision.dossier.supersede(),
    happens=_("The dossier is marked as replaced; it stays readable with its whole record."),
    undone=_("This cannot be undone."),
    sentence=_("%(actor)s marked the dossier as superseded"),
)

"""What came of a batch: the record says what was done, the session why the rest was refused."""

from dataclasses import asdict, dataclass, field
from uuid import UUID

from django.db.models import F, Q

from accounts.models import User
from ledger.models import Event
from workflow.bulk.batch import Refusal, done
from workflow.capacity import capacity
from workflow.decisions.catalogue import VerbPage
from workflow.decisions.effects import names_told_of
from workflow.models import Dossier

SLOT, MAX_BATCHES_KEPT = "bulk", 5  # batches whose refusals a session holds


@dataclass
class Kept:
    """What a session holds of a batch: which form was sent, all that was chosen, in its order, and what was refused."""

    sent: str
    verb: str
    chosen: list[str]
    refused: dict[str, dict] = field(default_factory=dict)


@dataclass
class BatchOutcome:
    """One dossier of the result list: its event when it was done, else why not, and whether it was done before."""

    dossier: Dossier
    event: Event | None = None
    told: list[str] = field(default_factory=list)
    refusal: Refusal | None = None
    before: Event | None = None

    @property
    def acting(self) -> str:
        """As what a delegate did it."""
        return capacity(self.event.texts) if self.event and self.event.acting_for_id else ""


def keep(
    session, batch: UUID, sent: UUID, verb_page: VerbPage, chosen: list[Dossier], refused: dict[str, Refusal]
) -> None:
    refs, reasons = [str(paper.ref) for paper in chosen], {ref: asdict(why) for ref, why in refused.items()}
    batch_kept = Kept(str(sent), verb_page.verb, refs, reasons)
    others = [(key, value) for key, value in session.get(SLOT, {}).items() if key != str(batch)]
    session[SLOT] = dict([*others[1 - MAX_BATCHES_KEPT :], (str(batch), asdict(batch_kept))])


def kept(session, batch: UUID) -> Kept | None:
    batch_kept = session.get(SLOT, {}).get(str(batch))
    return Kept(**batch_kept) if batch_kept else None


def outcomes(user: User, batch: UUID, kept_batch: Kept | None) -> list[BatchOutcome]:
    """Every dossier of the batch that this person may see, in the order they were chosen."""
    events = {event.chain: event for event in done(batch, user).select_related("opening")}
    chosen = kept_batch.chosen if kept_batch else []
    rows = Dossier.objects.visible_to(user).filter(Q(ref__in=chosen) | Q(ref__in=events)).select_related("unit")
    results = [BatchOutcome(dossier, events.get(dossier.ref)) for dossier in rows.order_by("pk")]
    for outcome in results:
        why = (kept_batch.refused if kept_batch else {}).get(str(outcome.dossier.ref))
        outcome.refusal = Refusal(**why) if why else None
    _tell(results)
    _look_back(results, user, kept_batch)
    return sorted(results, key=lambda outcome: _place(outcome, chosen))


def _place(outcome: BatchOutcome, chosen: list[str]) -> int:
    ref = str(outcome.dossier.ref)
    return chosen.index(ref) if ref in chosen else len(chosen)


def _tell(results: list[BatchOutcome]) -> None:
    """Name those who were told of what was done."""
    decided = [outcome for outcome in results if outcome.event]
    for outcome in decided:
        outcome.event.dossier = outcome.dossier
    for outcome, names in zip(decided, names_told_of([outcome.event for outcome in decided]), strict=True):
        outcome.told = names


def _look_back(results: list[BatchOutcome], user: User, kept_batch: Kept | None) -> None:
    """What was refused because this person had done it before, on the version in hand."""
    refused = {outcome.dossier.ref: outcome for outcome in results if outcome.refusal}
    if not refused:
        return
    decisions = Event.objects.filter(chain__in=refused, actor=user, verb=kept_batch.verb, version=F("dossier__version"))
    for event in decisions.order_by("seq"):
        refused[event.chain].before = event

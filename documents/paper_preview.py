"""The head and foot of a paper as it would be printed: whose it is, to whom, who has signed it for the unit."""

from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import Unit
from documents.signature_block import STANDING_COMMITTEE, body_of, of_event, unsigned
from workflow.models import Dossier, Event
from workflow.states import Verb


@dataclass(frozen=True)
class Preview:
    """What a printed page says around the text."""

    letterhead: list[str]
    title: str  # of the campaign, without the name of the kind of paper that stands above it
    symbol: str  # behind the number that the clerk will give
    place: str
    issued_on: date | None
    addressee: str
    signature: list[str]  # the lines above it
    signer: str  # empty while nobody has approved what it says now
    filing_note: str


def preview_of(paper: Dossier) -> Preview:
    """Of a report or a nomination."""
    unit, approval = paper.unit, _approval(paper)
    organizer, kind = paper.campaign.organizer, "TTr" if paper.nominations_only else "BC"
    own = unit.pk == organizer.pk
    body = STANDING_COMMITTEE if own else body_of(unit)
    return Preview(
        letterhead=unit.letterhead or [organizer.name.upper(), unit.name.upper()],
        title=_without_kind(paper.campaign.title_vi),
        symbol=f"{kind}-{unit.symbol}",
        place=unit.place or organizer.place,
        issued_on=timezone.localdate(approval.at) if approval else None,
        addressee=_above(unit) if own else organizer.name,
        signature=of_event(approval, body) if approval else unsigned(body),
        signer=approval.texts.get("actor", approval.actor.full_name) if approval else "",
        filing_note=unit.filing_note or "Lưu: VT.",
    )


def _without_kind(title: str) -> str:
    rest = title.removeprefix("Báo cáo ")
    return rest[:1].upper() + rest[1:]


def _above(unit: Unit) -> str:
    above = Unit.objects.get_parent(unit)
    return above.name if above else ""


def _approval(paper: Dossier) -> Event | None:
    """The unit's approval of the version that stands now."""
    if not paper.is_sealed:
        return None
    approvals = Event.objects.filter(dossier=paper, verb=Verb.APPROVE, version=paper.version)
    return approvals.select_related("actor", "delegation", "opening").order_by("-seq").first()

"""The head and foot of a paper as it would be printed: whose it is, to whom, who has signed it for the unit."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from accounts.models import Unit
from documents.campaigns.outline import Attestation
from documents.content.signature_block import STANDING_COMMITTEE, body_of, of_event, unsigned
from documents.reports.parts import label
from ledger.models import Event
from workflow.models import Dossier
from workflow.states import Verb

CONFIRMED_BY = {
    Attestation.When.EMPLOYER_HEAD: "XÁC NHẬN CỦA LÃNH ĐẠO ĐƠN VỊ",
    Attestation.When.PARTY_ORG: "Ý KIẾN CỦA CẤP ỦY",
}


@dataclass(frozen=True)
class Confirmation:
    """What somebody outside the union attests beside the signature."""

    heading: str
    given_on: date | None
    note: str
    name: str


@dataclass(frozen=True)
class Preview:
    """What a printed page says around the text."""

    letterhead: list[str]
    title: str  # of the campaign, without the name of the kind of paper that stands above it
    about: str  # the same inside a sentence
    symbol: str  # behind the number that the clerk will give
    place: str
    issued_on: date | None
    addressee: str
    body: str  # of the unit, which speaks
    signature: list[str]  # the lines above the name
    signer: str  # empty while nobody has approved what it says now
    kept_by: str
    confirmations: list[Confirmation]


def preview_of(paper: Dossier) -> Preview:
    """Of a report or a nomination."""
    unit, approval = paper.unit, _approval(paper)
    organizer, kind = paper.campaign.organizer, "TTr" if paper.nominations_only else "BC"
    own = unit.pk == organizer.pk
    above = _above(unit) if own else organizer.name
    body = STANDING_COMMITTEE if own else body_of(unit)
    title = paper.campaign.title_vi.removeprefix("Báo cáo ")
    return Preview(
        letterhead=unit.letterhead or [organizer.name.upper(), unit.name.upper()],
        title=title[:1].upper() + title[1:],
        about=title[:1].lower() + title[1:] if title[1:2].islower() else title,
        symbol=f"{kind}-{unit.symbol}",
        place=unit.place or organizer.place,
        issued_on=timezone.localdate(approval.at) if approval else None,
        addressee=f"Ban Thường vụ {above}" if above else "",
        body=body,
        signature=of_event(approval, body) if approval else unsigned(body),
        signer=approval.texts.get("actor", approval.actor.full_name) if approval else "",
        kept_by=unit.file_keeper or ("VT" if own else unit.symbol),
        confirmations=[] if paper.nominations_only else list(_confirmations(paper)),
    )


def _confirmations(report) -> Iterator[Confirmation]:
    for row in report.parts.attestation_rows:
        attested = row["attested"] or {}
        if attested.get("given"):
            given_on = date.fromisoformat(str(attested["given_on"])) if attested.get("given_on") else None
            heading = CONFIRMED_BY.get(row["when"]) or label(row).upper()
            yield Confirmation(heading, given_on, attested.get("note", ""), attested.get("person_name", ""))


def _above(unit: Unit) -> str:
    above = Unit.objects.get_parent(unit)
    return above.name if above else ""


def _approval(paper: Dossier) -> Event | None:
    """The unit's approval of the version that stands now."""
    if not paper.is_sealed:
        return None
    approvals = Event.objects.filter(dossier=paper, verb=Verb.APPROVE, version=paper.version)
    return approvals.select_related("actor", "delegation", "opening").order_by("-seq").first()

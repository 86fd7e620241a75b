"""What an outgoing paper says, ready for the page: head, table of what it carries, foot."""

from dataclasses import dataclass
from uuid import UUID

from accounts.models import Authority, Prefix
from documents.awards.ballot import display
from documents.campaigns.campaign import Campaign
from documents.content.signature_block import Signer, body_of, of_authority, unsigned
from documents.nominations.nomination import AwardNomination
from documents.nominations.rules import read_tally
from documents.register.dispatch import Dispatch, Purpose
from ledger.models import Event
from workflow.states import Verb


@dataclass(frozen=True)
class LetterLine:
    """One dossier as the paper lists it."""

    name: str
    about: str
    award: str
    ballot: str


@dataclass(frozen=True)
class Letter:
    """The parts of the page that are not in the paper's own row."""

    legal_basis: list[str]
    lines: list[LetterLine]
    reports: list
    addressees: list
    copies: list
    body: str  # for which it is signed
    signature: list[str]  # the lines above the name


def letter(dispatch: Dispatch, items: list, addresses: list, signatory: Authority | None = None) -> Letter:
    """From the paper with its items (their dossiers and units loaded) and addresses, to a reader who may sign it."""
    dossiers = [item.dossier for item in items]
    nominations = AwardNomination.objects.filter(pk__in=[dossier.pk for dossier in dossiers]).select_related(
        "award", "unit"
    )
    lines = {row.pk: row for row in nominations}
    tallies = _tallies(dossiers)
    campaign = Campaign.objects.filter(nominations__in=lines) | Campaign.objects.filter(reports__in=dossiers)
    campaign = campaign.first()
    return Letter(
        legal_basis=campaign.legal_basis if campaign else [],
        lines=[_line(lines[dossier.pk], tallies.get(dossier.ref)) for dossier in dossiers if dossier.pk in lines],
        reports=[dossier for dossier in dossiers if dossier.pk not in lines],
        addressees=[address.recipient for address in addresses if address.purpose == Purpose.ACTION],
        copies=[address.recipient for address in addresses if address.purpose == Purpose.INFORMATION],
        body=body_of(dispatch.unit),
        signature=signature_of(dispatch, signatory),
    )


def signature_of(dispatch: Dispatch, signatory: Authority | None) -> list[str]:
    """The lines as they were signed; before that, as this signatory would sign."""
    body = body_of(dispatch.unit)
    if dispatch.signed_at:
        return dispatch.signature or _signed_before(dispatch, body)
    return of_authority(signatory, body) if signatory else unsigned(body)


def _signed_before(dispatch: Dispatch, body: str) -> list[str]:
    """Of the earliest letters, whose rows name one post only: a delegate's is that of the holder."""
    return Signer(body, {"post": dispatch.signer_post}, Prefix.TUQ if dispatch.signed_for_id else "").lines()


def _tallies(dossiers) -> dict[UUID, dict]:
    """The Standing Committee's tally of each dossier's last endorsement."""
    events = Event.objects.filter(chain__in=[dossier.ref for dossier in dossiers], verb=Verb.ENDORSE).order_by("seq")
    return {event.chain: event.facts.get("tally") for event in events}


def _line(nomination: AwardNomination, counts: dict | None) -> LetterLine:
    tally, of = read_tally(counts) if counts else None, nomination.award.threshold_of
    title = nomination.get_honorific_display()
    posts = [nomination.union_post, nomination.professional_post, nomination.unit.name]
    return LetterLine(
        name=f"{title} {nomination.nominee_name}".strip(),
        about=", ".join(part for part in posts if part),
        award=nomination.award.name_vi,
        ballot=display(tally, of) if tally else "",
    )

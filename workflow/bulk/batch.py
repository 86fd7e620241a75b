"""Decisions taken together under one key: each its own sealed event, and one refusal does not stop the others."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.db.models import QuerySet

from accounts.models import Authority, User
from ledger.models import Event
from workflow.decisions.catalogue import VerbPage
from workflow.decisions.deciding import Batch
from workflow.errors import Refused, Stale
from workflow.history.sentences import why_refused

HALF = 8  # bytes of a key that all decisions of a batch share


@dataclass
class Refusal:
    """Why one dossier of a batch was left alone."""

    reasons: list[str]
    stale: bool = False


def key_of(batch: UUID, ref: UUID) -> UUID:
    """The key of one decision. All of a batch begin alike, so that the record itself says what was done together."""
    return UUID(bytes=batch.bytes[:HALF] + sha256(batch.bytes + ref.bytes).digest()[:HALF])


def done(batch: UUID, user: User) -> QuerySet[Event]:
    """What this person did under one key, from the record."""
    keys = [UUID(bytes=batch.bytes[:HALF] + ending) for ending in (bytes(HALF), b"\xff" * HALF)]
    return Event.objects.filter(actor=user, key__range=keys).order_by("pk")


def decide(verb_page: VerbPage, chosen: list, by: Authority, shared_key: UUID) -> dict[str, Refusal]:
    """Take what may be taken of `chosen` (each a `Choice`); what was refused, by the dossier's ref."""
    choices = {choice.paper.pk: choice for choice in chosen}
    keys = {pk: key_of(shared_key, choice.paper.ref) for pk, choice in choices.items()}
    refused = {}
    try:
        with Batch.locking(list(choices), by, list(keys.values())) as batch:
            batch.hold()
            for pk, paper in batch.papers.items():
                try:
                    choices[pk].take(verb_page, paper, by, keys[pk])
                except Refused as refusal:
                    refused[str(paper.ref)] = Refusal(why_refused(refusal), isinstance(refusal, Stale))
    except Refused as refusal:  # the office itself has ended
        return {str(choice.paper.ref): Refusal(refusal.reasons) for choice in chosen}
    return refused

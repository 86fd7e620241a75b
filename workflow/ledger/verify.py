"""Check every chain, version and state again, from the bytes up, and name each broken fact in words."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from django.apps import apps

from workflow.ledger.canonical import canonical, commitment, leaf_hash, sha256
from workflow.ledger.envelope import GENESIS, OFFICE, timestamp
from workflow.ledger.lawful import Past, unlawful
from workflow.models import Dossier, Event, Version

CHUNK = 2000


@dataclass
class Tally:
    """What was read; shown when all is sound."""

    chains: int = 0
    events: int = 0
    versions: int = 0
    dossiers: int = 0


def faults(tally: Tally) -> Iterator[str]:
    """Every broken fact, in the order of the chains. `tally` counts what was read."""
    yield from _versions(tally)
    rows = Event.objects.order_by("chain", "seq").select_related(
        "actor", "acting_for", "appointment__unit", "appointment__user", "delegation", "unit", "dossier", "opening"
    )
    for chain, events in groupby(rows.iterator(CHUNK), key=lambda event: event.chain):
        tally.chains += 1
        yield from (f"chain {chain}, event {seq}: {fault}" for seq, fault in _chain(chain, events, tally))
    yield from _dossiers(tally)


def _versions(tally: Tally) -> Iterator[str]:
    number_due = {}
    for version in Version.objects.order_by("dossier_id", "number").iterator(CHUNK):
        tally.versions += 1
        due = number_due.get(version.dossier_id, 1)
        number_due[version.dossier_id] = due + 1
        if version.number != due:
            yield f"dossier {version.dossier_id}: version {due} is missing"
        if sha256(bytes(version.content)).hex() != version.content_hash:
            yield f"dossier {version.dossier_id}, version {version.number}: the content is not what its hash says"


def _chain(chain, events, tally: Tally) -> Iterator[tuple[int, str]]:
    seq, leaf, past = 0, GENESIS, Past()
    for event in events:
        tally.events += 1
        seq += 1
        if event.seq != seq:
            yield seq, f"is missing; number {event.seq} follows"
            seq = event.seq
        if bytes(event.prev_hash) != leaf:
            yield seq, "does not name the event before it"
        leaf = bytes(event.leaf_hash)
        for fault in _event(event):
            yield seq, fault
        if chain != OFFICE:
            for fault in unlawful(event, past):
                yield seq, fault
            past.take(event)


def _event(event: Event) -> Iterator[str]:
    envelope = bytes(event.envelope)
    if leaf_hash(envelope) != bytes(event.leaf_hash):
        yield "the leaf hash is not that of the envelope"
    try:
        said = json.loads(envelope)
        exact = canonical(said) == envelope
    except (ValueError, TypeError):
        yield "the envelope cannot be read"
        return
    if not exact:
        yield "the envelope is not canonical"
    columns = projection(event)
    for name in sorted(columns.keys() | (said.keys() - {"v", "texts"})):
        if columns.get(name) != said.get(name):
            yield f"column “{name}” says {columns.get(name)!r}, the envelope {said.get(name)!r}"
    opening = getattr(event, "opening", None)
    for field, (salt, text) in (opening.texts if opening else {}).items():
        if said["texts"].get(field) != commitment(bytes.fromhex(salt), text):
            yield f"the text “{field}” is not the one committed to"


def projection(event: Event) -> dict:
    """The columns of an event in the envelope's words."""
    return {
        "chain": str(event.chain),
        "seq": event.seq,
        "prev": bytes(event.prev_hash).hex(),
        "at": timestamp(event.at),
        "verb": event.verb,
        "kind": _kind(event),
        "unit": event.unit.code if event.unit else "",
        "from": event.from_state,
        "to": event.to_state,
        "version": event.version,
        "content": event.content_hash,
        "actor": str(event.actor.ref),
        "acting_for": str(event.acting_for.ref) if event.acting_for else None,
        "role": event.role,
        "appointment": str(event.appointment.ref) if event.appointment else None,
        "delegation": str(event.delegation.ref) if event.delegation else None,
        "sole_officer": event.sole_officer,
        "facts": event.facts,
        "key": str(event.key),
    }


def _kind(event: Event) -> str:
    return event.dossier.kind if event.dossier_id else ""


def _dossiers(tally: Tally) -> Iterator[str]:
    """The state, version and stored content of every dossier against the end of its chain and its sealed version."""
    for kind in Dossier.objects.order_by("kind").values_list("kind", flat=True).distinct():
        papers = apps.get_model(kind).objects.with_content().with_situation().select_related("unit").order_by("pk")
        for paper in papers.iterator(200):
            tally.dossiers += 1
            yield from (f"dossier {paper.ref}: {fault}" for fault in _standing(paper))


def _standing(paper: Dossier) -> Iterator[str]:
    from workflow.decision import sealed_content

    last = Event.objects.filter(chain=paper.ref).order_by("-seq").first()
    if last is None:
        yield "has no events"
        return
    if (last.to_state, last.version) != (paper.state, paper.version):
        yield f"stands at {paper.state} v{paper.version}, its last event says {last.to_state} v{last.version}"
    if paper.versions.count() != paper.version:
        yield f"has {paper.versions.count()} sealed versions and says {paper.version}"
        return
    if paper.is_sealed:
        sealed = paper.versions.get(number=paper.version)
        if canonical(sealed_content(paper, paper.version)) != bytes(sealed.content):
            yield f"the stored content is not the sealed version {paper.version}"

"""Check every chain, version and state again, from the bytes up, and name each broken fact in words."""

import json
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import groupby

from django.apps import apps
from django.db import connection, transaction

from audit.verification.lawful import Past, unlawful
from audit.verification.read_under import otherwise
from audit.verification.rows import misnamed, misrecorded, named_rows
from audit.verification.standing import Tree
from ledger.canonical import canonical, commitment, leaf_hash, sha256
from ledger.envelope import GENESIS, REGISTRY, timestamp
from ledger.models import Event
from workflow.decisions.sealing import WITHDRAWN_CONTENT, content_digest, sealed_content
from workflow.models import Dossier, Point, Version
from workflow.states import State, Verb

CHUNK = 2000
BESIDE_AN_EVENT = ["actor", "acting_for", "appointment__unit", "delegation", "unit", "dossier__unit", "opening"]


@dataclass
class Tally:
    """What was read; shown when all is sound."""

    chains: int = 0
    events: int = 0
    versions: int = 0
    dossiers: int = 0


def faults(tally: Tally) -> Iterator[str]:
    """Every broken fact, in the order of the chains. `tally` counts what was read."""
    with _one_view():
        yield from _versions(tally)
        yield from _chains(tally)
        if Point.objects.exclude(event__verb=Verb.RETURN).exists():
            yield "a point belongs to no return"
        yield from _dossiers(tally)


@contextmanager
def _one_view():
    """See the database as it stood at one moment: a server at work goes on deciding meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
        yield


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


def _chains(tally: Tally) -> Iterator[str]:
    rows, tree = Event.objects.order_by("chain", "seq").select_related(*BESIDE_AN_EVENT), Tree.as_recorded()
    for chain, events in groupby(rows.iterator(CHUNK), key=lambda event: event.chain):
        tally.chains += 1
        yield from (f"chain {chain}, event {seq}: {fault}" for seq, fault in _chain(chain, events, tally, tree))
    yield from misrecorded()


def _chain(chain, events, tally: Tally, tree: Tree) -> Iterator[tuple[int, str]]:
    seq, leaf, past = 0, GENESIS, Past(tree)
    for event in events:
        tally.events += 1
        seq += 1
        if event.seq != seq:
            yield seq, f"is missing; number {event.seq} follows"
            seq = event.seq
        if bytes(event.prev_hash) != leaf:
            yield seq, "does not name the event before it"
        leaf = bytes(event.leaf_hash)
        for fault in (*_event(event), *misnamed(event), *_where_it_stands(event, past)):
            yield seq, fault
        past.take(event)


def _where_it_stands(event: Event, past: Past) -> Iterator[str]:
    """An office event speaks of the office, every other of the dossier whose chain it stands in."""
    if event.chain == REGISTRY:
        return
    if event.dossier is None:
        yield "is about no dossier"
    else:
        yield from unlawful(event, past)


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
    if named_rows(said.get("texts", {})) != event.rows:
        yield f"column “rows” says {event.rows!r}, the envelope {named_rows(said.get('texts', {}))!r}"
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
    return event.dossier.kind if event.dossier else ""


def _dossiers(tally: Tally) -> Iterator[str]:
    """The state, version and stored content of every dossier against its chain and its sealed versions."""
    for kind in Dossier.objects.order_by("kind").values_list("kind", flat=True).distinct():
        rows = Dossier.objects.filter(kind=kind).order_by("pk")
        tally.dossiers += rows.count()
        try:
            papers = apps.get_model(kind).objects
        except (LookupError, ValueError):
            yield from (f"dossier {ref}: is of an unknown kind, “{kind}”" for ref in rows.values_list("ref", flat=True))
            continue
        lost = rows.exclude(pk__in=papers.values("pk"))
        yield from (f"dossier {ref}: its content is gone" for ref in lost.values_list("ref", flat=True))
        whole = papers.filter(kind=kind).with_content().with_situation().select_related("unit").order_by("pk")
        for paper in whole.iterator(200):
            yield from (f"dossier {paper.ref}: {fault}" for fault in _standing(paper))


def _standing(paper: Dossier) -> Iterator[str]:
    events = list(Event.objects.filter(chain=paper.ref).order_by("seq").defer("envelope"))
    versions = list(paper.versions.order_by("number"))
    if not events:
        yield "has no events"
        return
    last = events[-1]
    if (last.to_state, last.version) != (paper.state, paper.version):
        yield f"stands at {paper.state} v{paper.version}, its last event says {last.to_state} v{last.version}"
    yield from _row(paper, events, versions)
    if len(versions) != paper.version:
        yield f"has {len(versions)} sealed versions and says {paper.version}"
    elif paper.is_sealed and canonical(sealed_content(paper, paper.version)) != bytes(versions[-1].content):
        yield from otherwise(paper)
    if paper.state == State.WITHDRAWN and last.facts.get(WITHDRAWN_CONTENT) != content_digest(paper):
        yield "the stored content is not what was withdrawn"
    yield from paper.broken_files(_files(versions))


def _row(paper: Dossier, events: list[Event], versions: list[Version]) -> Iterator[str]:
    """What the dossier's row repeats of its events."""
    submissions = [event for event in events if event.verb == Verb.SUBMIT]
    moves = [event for event in events if event.from_state != event.to_state]
    if paper.author_id != events[0].actor_id:
        yield "names another drafter than the one who began it"
    if paper.submitter_id != (submissions[-1].actor_id if submissions else None):
        yield "names another submitter than its last submission"
    if not moves or paper.state_since != moves[-1].at:
        yield "says it is in its state since another moment than its last step"
    if [version.sealed_at for version in versions] != [event.at for event in submissions]:
        yield "its versions were not sealed at its submissions"


def _files(versions: list[Version]) -> dict[str, str]:
    """SHA-256 -> name of every file that a sealed version names."""
    found = {}
    for version in versions:
        with suppress(ValueError, KeyError, TypeError):  # the broken content is named elsewhere
            listed = json.loads(bytes(version.content))["content"]["attachments"]
            found |= {file["sha256"]: file["name"] for file in listed}
    return found

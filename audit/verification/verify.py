"""Check every chain, version and state again, from the bytes up, and name each broken fact in words."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.db import DatabaseError, connection, transaction

from audit.verification import stream
from audit.verification.beside import Beside, Known
from audit.verification.dossiers import Ended, misstanding, unbegun
from audit.verification.lawful import Past, unlawful
from audit.verification.point import Here, VerifiedPoint
from audit.verification.rows import misnamed, misrecorded
from audit.verification.sealed_event import read
from audit.verification.standing import Tree
from ledger.catalogue import findings as catalogue
from ledger.envelope import GENESIS
from workflow.models import Point
from workflow.return_counts import miscounted
from workflow.states import Verb


@dataclass
class Tally:
    """What was read; shown when all is sound."""

    chains: int = 0
    events: int = 0
    versions: int = 0
    dossiers: int = 0
    point: VerifiedPoint | None = None  # where all chains ended, once everything was read
    show: Callable[["Tally"], None] = field(default=lambda tally: None, repr=False)  # after every batch


@dataclass
class Walk:
    """One chain on the way through it, over as many batches as it takes."""

    chain: str | None = None
    seq: int = 0
    leaf: bytes = GENESIS
    past: Past = field(default_factory=Past)


def faults(tally: Tally, since: VerifiedPoint | None = None, *, mark: bool = False) -> Iterator[str]:
    """Every broken fact, in the order of the chains. `tally` counts what was read.

    `since`: of the chains, only those with anything new; `mark` leaves the point reached in the tally.
    """
    here = Here.placed() if mark else None
    with _one_view():
        sound = True
        for fault in _of_the_record(tally, since):
            sound = False
            yield fault
        if sound and since is None:  # what follows from events says nothing where they are false
            yield from _as_far_as_can_be("counts of returns", miscounted())
        tally.point = VerifiedPoint.of(here) if here and sound else None


def _of_the_record(tally: Tally, since: VerifiedPoint | None) -> Iterator[str]:
    yield from _as_far_as_can_be("guards", catalogue.findings())
    yield from _as_far_as_can_be("verified point", since.lost()) if since else ()
    yield from _as_far_as_can_be("chains", _chains(tally, since))
    yield from _as_far_as_can_be("recorded rows", misrecorded())
    yield from _as_far_as_can_be("points", _belonging_to_no_return())
    yield from _as_far_as_can_be("dossiers", unbegun())


def _as_far_as_can_be(what: str, broken: Iterator[str]) -> Iterator[str]:
    """Where a table or a column is gone, that is a fault as well, and whatever else there is still checked."""
    try:
        with transaction.atomic():
            yield from broken
    except DatabaseError as error:
        yield f"the {what} cannot be read to the end ({type(error.__cause__ or error).__name__})"


def _belonging_to_no_return() -> Iterator[str]:
    if Point.objects.exclude(event__verb=Verb.RETURN).exists():
        yield "a point belongs to no return"


@contextmanager
def _one_view():
    """See the database as it stood at one moment: a server at work goes on deciding meanwhile."""
    outermost = not connection.in_atomic_block
    with transaction.atomic():
        if outermost:
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
                cursor.execute("SET LOCAL jit = off")  # papers are many subqueries for few rows: not worth compiling
        yield


def _chains(tally: Tally, since: VerifiedPoint | None) -> Iterator[str]:
    known, tree, walk, beside = Known.now(), Tree.as_recorded(), Walk(), None
    for batch in _events(since):
        before, beside = beside, Beside(known, batch)
        ended: list[Ended] = []
        for event in batch:
            if event.chain != walk.chain:
                ended += _ended(walk, tally, before or beside)
                walk = Walk(event.chain)
                if event.chain == stream.REGISTRY and since and event.seq == since.registry.seq + 1:
                    walk.seq, walk.leaf = since.registry.seq, since.registry.leaf
            before = beside
            tally.events += 1
            for seq, fault in _event(event, walk, beside, tree):
                yield f"chain {event.chain}, event {seq}: {fault}"
        yield from misstanding(ended)
        tally.show(tally)
    if beside:
        yield from misstanding(_ended(walk, tally, beside))


def _events(since: VerifiedPoint | None) -> Iterator[list[stream.Row]]:
    """All, or of the chains with anything new all, and of the registry what follows the point."""
    if since is None:
        return stream.events()
    chains, registry_after = since.news()
    return stream.events_of(chains, registry_after=registry_after)


def _ended(walk: Walk, tally: Tally, beside: Beside) -> list[Ended]:
    """The dossier of a chain that was read to its end; nothing for the registry and for a chain about nothing."""
    if walk.chain is None:
        return []
    tally.chains += 1
    dossier = beside.dossiers.get(walk.chain)
    if dossier is None:
        return []
    versions = beside.versions[dossier.pk]
    tally.dossiers += 1
    tally.versions += len(versions)
    return [Ended(dossier, walk.past, versions)]


def _event(event: stream.Row, walk: Walk, beside: Beside, tree: Tree) -> Iterator[tuple[int, str]]:
    walk.seq += 1
    if event.seq != walk.seq:
        yield walk.seq, f"is missing; number {event.seq} follows"
        walk.seq = event.seq
    if event.prev_hash != walk.leaf:
        yield walk.seq, "does not name the event before it"
    walk.leaf = event.leaf_hash
    broken = []
    try:
        broken.extend(_faults_of(event, walk.past, beside, tree))
    except Exception as error:  # whatever stands in the columns, the rest is still checked
        broken.append(f"cannot be checked ({type(error).__name__})")
    yield from ((walk.seq, fault) for fault in broken)


def _faults_of(event: stream.Row, past: Past, beside: Beside, tree: Tree) -> Iterator[str]:
    """An office event speaks of the office, every other of the dossier whose chain it stands in."""
    reading = read(event, beside)
    yield from reading.faults
    yield from misnamed(event)
    if event.chain == stream.REGISTRY:
        return
    try:
        if event.chain in beside.dossiers:
            yield from unlawful(event, reading, past, beside, tree)
        else:
            yield "is about no dossier"
    finally:  # the next event is held against this one, whatever came of it
        past.take(event, reading, beside.known)

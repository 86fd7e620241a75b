"""Does a dossier's row stand as its chain left it, and is what is stored what was sealed?"""

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from django.apps import apps
from django.db import transaction

from audit.verification.beside import DossierRow, Sealed
from audit.verification.lawful import Past
from audit.verification.manifest import files_of
from audit.verification.read_under import otherwise
from audit.verification.stream import rows
from ledger.canonical import canonical, plain, sha256
from ledger.shape import shown
from workflow.decisions.sealing import READ_UNDER, WITHDRAWN_CONTENT, sealed_content
from workflow.guards.standing import CLAIM_LAPSED
from workflow.states import State

PAPERS = 50  # read at a time

UNBEGUN = """
SELECT ref FROM workflow_dossier
WHERE NOT EXISTS (SELECT FROM ledger_event WHERE chain = workflow_dossier.ref) ORDER BY ref"""

LAPSED = f"""
SELECT {CLAIM_LAPSED} FROM ledger_event AS claim JOIN workflow_dossier AS dossier ON dossier.ref = claim.chain
WHERE claim.id = %s"""


class Ended(NamedTuple):
    """A chain read to its end, with what stands for it."""

    dossier: DossierRow
    past: Past
    versions: list[Sealed]


def unbegun() -> Iterator[str]:
    for (ref,) in rows(UNBEGUN):
        yield f"dossier {ref}: has no events"


def misstanding(ended: list[Ended]) -> Iterator[str]:
    """Everything about these dossiers that is otherwise than their chains say."""
    for one in ended:
        yield from (f"dossier {one.dossier.ref}: {fault}" for fault in (*_versions(one), *_row(one)))
    kinds = defaultdict(list)
    for one in ended:
        kinds[one.dossier.kind].append(one)
    for kind, some in sorted(kinds.items()):
        yield from _contents(kind, some)


def _versions(one: Ended) -> Iterator[str]:
    due = 1
    for sealed in one.versions:
        if sealed.number != due:
            yield f"version {due} is missing"
        due = sealed.number + 1
        if sealed.digest != sealed.content_hash:
            yield f"version {sealed.number}: the content is not what its hash says"
        yield from _wording(sealed)


def _wording(sealed: Sealed) -> Iterator[str]:
    """The words that a version was read under are there, and they are those it names."""
    if sealed.wording is None:
        yield f"version {sealed.number}: the words it was read under are gone"
    elif sealed.wording[0] != sealed.wording[1]:
        yield f"version {sealed.number}: the words it was read under are not what their hash says"
    elif sealed.manifest[READ_UNDER] not in (None, sealed.wording[0]):  # what cannot be read is named above
        yield f"version {sealed.number}: the words beside it are not those it was read under"


def _row(one: Ended) -> Iterator[str]:
    """What the row repeats of the events."""
    dossier, past = one.dossier, one.past
    if (past.state, past.version) != (dossier.state, dossier.version):
        yield f"stands at {dossier.state} v{dossier.version}, its last event says {past.state} v{past.version}"
    if dossier.author != past.author:
        yield "names another drafter than the one who began it"
    if past.begun_at is None or dossier.created_at != past.begun_at:
        yield "says it began at another moment than its first event"
    if json.loads(dossier.beginning) != past.beginning:
        yield "has another due date, slot or dossier to replace than it began with"
    if dossier.submitter != past.submitter:
        yield "names another submitter than its last submission"
    if past.moved_at is None or dossier.state_since != past.moved_at:
        yield "says it is in its state since another moment than its last step"
    if dossier.handler != (past.claim.actor if past.claim else None) and not _freed(one):
        yield "is not with whoever took it up last"
    if [sealed.sealed_at for sealed in one.versions] != past.submitted_at:
        yield "its versions were not sealed at its submissions"
    if len(one.versions) != dossier.version:
        yield f"has {len(one.versions)} sealed versions and says {dossier.version}"


def _freed(one: Ended) -> bool:
    """Is it with nobody, since the office behind its last claim has gone, if only for a while?"""
    claim = one.past.claim
    return one.dossier.handler is None and claim is not None and next(rows(LAPSED, [claim.pk]))[0]


def _contents(kind: str, some: list[Ended]) -> Iterator[str]:
    """The papers of one kind, with what each says now: one question where nothing is broken."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        yield from (f"dossier {one.dossier.ref}: is of an unknown kind, “{shown(kind)}”" for one in some)
        return
    try:
        by_paper = _faults_by_paper(model, some)
    except Exception:  # a row that cannot even be read: look at each by itself
        by_paper = {}
        for one in some:
            try:
                by_paper |= _faults_by_paper(model, [one])
            except Exception as error:
                by_paper[one.dossier.pk] = [_unread(error)]
    for one in some:
        faults = by_paper.get(one.dossier.pk, ["its content is gone"])
        yield from (f"dossier {one.dossier.ref}: {fault}" for fault in faults)


def _faults_by_paper(model, some: list[Ended]) -> dict[int, list[str]]:
    """Primary key -> what is otherwise, of every paper that is there; a few of them in memory at a time."""
    ended = {one.dossier.pk: one for one in some}
    keys = list(ended)
    papers = model.objects.with_content().with_sealed_beside().select_related("unit")
    with transaction.atomic():  # no cursor of the server's: it would outlive the savepoint where a row is unreadable
        return {
            paper.pk: _content_faults(paper, ended[paper.pk])
            for first in range(0, len(keys), PAPERS)
            for paper in papers.filter(pk__in=keys[first : first + PAPERS])
        }


def _content_faults(paper, one: Ended) -> list[str]:
    try:
        return list(_content(paper, one))
    except Exception as error:  # whatever stands in the columns, the rest is still checked
        return [_unread(error)]


def _unread(error: Exception) -> str:
    return f"its content cannot be read ({type(error).__name__})"


def _content(paper, one: Ended) -> Iterator[str]:
    sealed = paper.is_sealed and len(one.versions) == paper.version
    withdrawn = paper.state == State.WITHDRAWN
    if sealed and not _is_content(paper, one.versions[-1].digest):
        yield from otherwise(paper)
    if not paper.is_sealed and one.versions:
        writers = {str(ref) for ref in paper.sealed_beside.editors.values()}
        if one.versions[-1].manifest["editors"] - writers:
            yield "names fewer writers than its last version"
    facts = one.past.facts if isinstance(one.past.facts, dict) else {}
    if withdrawn and not _is_content(paper, facts.get(WITHDRAWN_CONTENT)):
        yield "the stored content is not what was withdrawn"
    attached = one.versions[-1].manifest["files"] if sealed else files_of(paper.content())
    if attached.keys() != one.past.files:
        yield "its files are not those that were attached"
    files = {sha: name for version in one.versions for sha, name in version.manifest["files"].items()}
    yield from paper.broken_files(files)


def _is_content(paper, digest: str) -> bool:
    """Any way of writing it that gives these very bytes will do; the exact one is slow, and worth a second try."""
    content = sealed_content(paper, paper.version)
    return any(sha256(way(content)).hex() == digest for way in (plain, canonical))

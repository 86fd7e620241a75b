"""What a version seals: one manifest of the paper, the words it was read under, its editors and nominees, and the
answers to earlier returns."""

from typing import Any

from ledger.canonical import canonical, sha256
from workflow.models import Dossier

WITHDRAWN_CONTENT = "withdrawn_content"  # the fact of a withdrawal that holds what was withdrawn to its word
READ_UNDER = "read_under"  # versions sealed before there was such a thing have none


def content_digest(paper: Dossier) -> str:
    """SHA-256 of what a version would seal as the paper stands."""
    return sha256(canonical(sealed_content(paper, paper.version))).hex()


def sealed_content(paper: Dossier, number: int) -> dict[str, Any]:
    """The manifest of one version."""
    beside = paper.sealed_beside
    return {
        "v": 1,
        "dossier": str(paper.ref),
        "number": number,
        "kind": paper.kind,
        "unit": paper.unit.code,
        "subject": paper.subject,
        "editors": sorted(str(ref) for ref in beside.editors.values()),
        "nominees": sorted(paper.nominee_refs()),
        "points": list(beside.points),
        "content": paper.content(),
        READ_UNDER: paper.read_under(),
    }

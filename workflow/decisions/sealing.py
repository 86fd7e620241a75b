"""What a version seals: one manifest of the paper, its editors and nominees, and the answers to earlier returns.

The words it was read under are those of every paper of a campaign: they are sealed once, and the manifest names them.
"""

from datetime import datetime
from typing import Any

from accounts.compiled import cursor
from ledger.canonical import canonical, sha256
from workflow.models import Dossier

WITHDRAWN_CONTENT = "withdrawn_content"  # the fact of a withdrawal that holds what was withdrawn to its word
READ_UNDER = "read_under"  # SHA-256 of the words

# Where another transaction seals the same words just now, this waits for it; the version's guard then finds them.
SEAL = """
WITH wording AS (
    INSERT INTO workflow_wording (digest, words)
    SELECT given.digest, given.words FROM (SELECT %s::text, %s::bytea) AS given (digest, words)
    WHERE NOT EXISTS (SELECT FROM workflow_wording AS known WHERE known.digest = given.digest)
    ON CONFLICT DO NOTHING RETURNING id
)
INSERT INTO workflow_version (dossier_id, number, content, content_hash, sealed_at)
SELECT %s::bigint, %s::int, %s::bytea, %s::text, %s::timestamptz FROM (SELECT count(*) FROM wording) AS first"""


def seal(paper: Dossier, number: int, moment: datetime) -> str:
    """Freeze the paper as this version, with its words where nobody has sealed them yet: one statement.

    Returns the hash of its content.
    """
    words = wording(paper)
    digest = sha256(words).hex()
    content = canonical(_manifest(paper, number, digest))
    content_hash = sha256(content).hex()
    with cursor() as sealed:
        sealed.execute(SEAL, [digest, words, paper.pk, number, content, content_hash, moment])
    return content_hash


def content_digest(paper: Dossier) -> str:
    """SHA-256 of what a version would seal as the paper stands."""
    return sha256(canonical(sealed_content(paper, paper.version))).hex()


def sealed_content(paper: Dossier, number: int) -> dict[str, Any]:
    """The manifest of one version."""
    return _manifest(paper, number, sha256(wording(paper)).hex())


def wording(paper: Dossier) -> bytes:
    """The bytes of the words that the paper is read under."""
    return canonical(paper.read_under())


def _manifest(paper: Dossier, number: int, read_under: str) -> dict[str, Any]:
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
        READ_UNDER: read_under,
    }

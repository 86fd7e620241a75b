"""What a version seals: one manifest of the paper, its editors and nominees, and the answers to earlier returns."""

from ledger.canonical import canonical, sha256
from workflow.models import Dossier


def sealed_content(paper: Dossier, number: int) -> dict:
    """The manifest of one version, with the SHA-256 of every part beside the whole."""
    content, situation = paper.content(), paper.situation
    return {
        "v": 1,
        "dossier": str(paper.ref),
        "number": number,
        "kind": paper.kind,
        "unit": paper.unit.code,
        "subject": paper.subject,
        "editors": sorted(str(ref) for ref in situation.editors.values()),
        "nominees": sorted(paper.nominee_refs()),
        "points": list(situation.points),
        "content": content,
        "hashes": {place: sha256(canonical(part)).hex() for place, part in content.get("parts", {}).items()},
    }

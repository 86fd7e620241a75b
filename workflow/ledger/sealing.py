"""What a version seals: one manifest of the paper, its editors and nominees, and the answers to earlier returns."""

from accounts.models import User
from workflow.ledger.canonical import canonical, sha256
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
        "nominees": _refs(paper.nominees()),
        "points": list(situation.points),
        "content": content,
        "hashes": {place: sha256(canonical(part)).hex() for place, part in content.get("parts", {}).items()},
    }


def _refs(people: frozenset[int]) -> list[str]:
    refs = User.objects.filter(pk__in=people).values_list("ref", flat=True) if people else ()
    return sorted(str(ref) for ref in refs)

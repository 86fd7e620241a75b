"""What a signature on an outgoing paper is under, and so what preparing it puts on record."""

from documents.register.dispatch import Dispatch


def covered(paper: Dispatch) -> dict:
    """The type, each dossier with the hash of its sealed version, who gets it."""
    return {
        "dispatch": str(paper.ref),
        "type": str(paper.document_type),
        "dossiers": {str(ref): content for ref, content in paper.items.values_list("dossier__ref", "content_hash")},
        "recipients": dict(paper.addresses.values_list("recipient__code", "purpose")),
    }

"""Where a step is taken that has no page of its own beside the dossier: in the records office's papers."""

from urllib.parse import urlencode

from django.urls import reverse

from documents.register.dispatch import DispatchItem
from documents.register.number_series import DocumentType
from workflow.states import State, Verb


def address(paper, verb: Verb) -> str:
    """The page where this step happens; empty where it happens on the dossier's own."""
    if verb == Verb.RECORD_REPLY:
        return reverse("workflow:dossier", args=[paper.ref]) + "#referrals"
    if verb == Verb.FORWARD:
        return _carrying(paper) or _preparing(paper, DocumentType.REPORT if paper.slot else DocumentType.SUBMISSION)
    if verb == Verb.CONCLUDE and paper.state == State.ENDORSED and paper.nominations_only:
        return _carrying(paper) or _preparing(paper, DocumentType.DECISION)
    return ""


def _carrying(paper) -> str:
    """The outgoing paper, not sent yet, that carries it; queried once for this instance (one page)."""
    if not hasattr(paper, "carrying"):
        unsent = DispatchItem.objects.filter(dossier=paper.pk, dispatch__state__in=["prepared", "signed"])
        paper.carrying = unsent.values_list("dispatch__ref", flat=True).first()
    return reverse("documents:dispatch", args=[paper.carrying]) if paper.carrying else ""


def _preparing(paper, document_type: str) -> str:
    return f"{reverse('documents:dispatch-new')}?{urlencode({'dossier': paper.ref, 'type': document_type})}"

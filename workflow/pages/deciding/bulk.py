"""Deciding many dossiers: a page that says beforehand what each decision does, and one that names what came of each."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Authority
from accounts.signing_in.step_up import deciding
from ledger.models import Event
from workflow.bulk import batch, outcomes, selection
from workflow.bulk.choice import Choice, choices, fill_in
from workflow.bulk.shared_form import SharedForm
from workflow.decisions.catalogue import VERB_PAGES, VerbPage
from workflow.errors import AlreadyRecorded
from workflow.history.sentences import why_refused
from workflow.pages.keyed import key_with

NOUNS = [
    verb_page.noun for verb_page in VERB_PAGES.values() if verb_page.verb in selection.VERBS and not verb_page.sole
]


@dataclass
class BatchRequest:
    """What a request asks to decide, and in what office."""

    verb_page: VerbPage
    number: int  # of dossiers named, too many included
    by: Authority | None
    shared: SharedForm
    rows: list[Choice]

    @property
    def too_many(self) -> bool:
        return self.number > selection.MAX_DOSSIERS_PER_BATCH


@login_required
@deciding
def confirmation(request, noun):
    """What is about to be decided, dossier by dossier. Nothing is done yet."""
    sent = request.POST if request.method == "POST" else request.GET
    requested = _requested(request.user, VERB_PAGES[noun], sent)
    return _page(request, requested, uuid4(), status=422 if requested.too_many else 200)


@login_required
@require_POST
@deciding
def decisions(request, noun, key):
    """Decide. The same form again changes nothing and leads to the first result; with other values it is refused."""
    key = UUID(key)
    kept, sent = outcomes.kept(request.session, key), key_with(key, request.POST)
    if kept and kept.sent == str(sent):
        return redirect("workflow:bulk-results", key)
    first = batch.done(key, request.user).select_related("opening").first() if kept else None
    requested = _requested(request.user, VERB_PAGES[noun], request.POST, bound=True)
    if requested.by is None or not requested.rows:
        return _page(request, requested, key, status=422 if requested.by else 403)
    for row in requested.rows:
        fill_in(row, requested, request.user, batch.key_of(key, row.paper.ref), request.POST)
    if first:
        return _page(request, requested, uuid4(), status=409, first=first, results=key)
    if not all([requested.shared.is_valid(), *(row.form.is_valid() for row in requested.rows)]):
        return _page(request, requested, key, status=422)
    refused = batch.decide(requested.verb_page, requested.rows, requested.by, key)
    outcomes.keep(request.session, key, sent, requested.verb_page, [row.paper for row in requested.rows], refused)
    return redirect("workflow:bulk-results", key)


@login_required
@require_GET
def results(request, key):
    """Every dossier of a batch and what came of it; this address may be kept and opened again."""
    kept = outcomes.kept(request.session, key)
    rows = outcomes.outcomes(request.user, key, kept)
    if not rows:
        raise Http404
    decided = [row for row in rows if row.event]
    verb = kept.verb if kept else decided[0].event.verb
    verb_page = next(verb_page for verb_page in VERB_PAGES.values() if verb_page.verb == verb)
    context = {
        "verb_page": verb_page,
        "rows": rows,
        "decided": len(decided),
        "refused": len(rows) - len(decided),
        "complete": kept is not None,
        "undone": verb_page.undone,
    }
    return render(request, "workflow/bulk/results.html", context)


def _requested(user, verb_page: VerbPage, sent: QueryDict, *, bound=False) -> BatchRequest:
    refs = list(dict.fromkeys(_refs(sent.getlist("dossier"))))
    papers = selection.papers(user, refs) if len(refs) <= selection.MAX_DOSSIERS_PER_BATCH else []
    by = selection.capacity(verb_page, papers, user, sent.get("as", ""))
    shared = SharedForm(verb_page.verb, papers, sent if bound else None)
    return BatchRequest(verb_page, len(refs), by, shared, choices(verb_page, papers, by, user, shared))


def _refs(values: list[str]):
    for word in values:
        try:
            yield UUID(word)
        except ValueError:
            continue


def _page(request, requested: BatchRequest, key: UUID, status=200, *, first: Event | None = None, results=None):
    """`first`: an event of what this form decided when it said something else; `results` names all of it."""
    context = {
        "refusals": why_refused(AlreadyRecorded(first)) if first else [],
        "results": results,
        "requested": requested,
        "verb_page": requested.verb_page,
        "key": key,
        "most": selection.MAX_DOSSIERS_PER_BATCH,
        "ready": [row for row in requested.rows if first or not row.reasons],
        "shut": [row for row in requested.rows if row.reasons and not first],
        "capacities": selection.capacities(requested.verb_page, request.user),
        "happens": requested.verb_page.happens,
        "undone": requested.verb_page.undone,
    }
    return render(request, "workflow/bulk/bulk.html", context, status=status)

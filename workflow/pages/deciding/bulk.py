"""Deciding many dossiers: a page that says beforehand what each decision does, and one that names what came of each."""

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.http import Http404, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Authority
from accounts.signing_in.step_up import deciding
from workflow.bulk import batch, outcome
from workflow.bulk import selection as bulk
from workflow.bulk.choice import Choice, choices, fill_in
from workflow.bulk.shared_form import SharedForm
from workflow.decisions.catalogue import ACTS, Act

NOUNS = [act.noun for act in ACTS.values() if act.verb in bulk.VERBS and not act.sole]


@dataclass
class Asked:
    """What a request asks to decide, and in what office."""

    act: Act
    number: int  # of dossiers named, too many included
    by: Authority | None
    shared: SharedForm
    rows: list[Choice]

    @property
    def too_many(self) -> bool:
        return self.number > bulk.MOST


@login_required
@deciding
def confirmation(request, noun):
    """What is about to be decided, dossier by dossier. Nothing is done yet."""
    sent = request.POST if request.method == "POST" else request.GET
    asked = _asked(request.user, ACTS[noun], sent)
    return _page(request, asked, uuid4(), status=422 if asked.too_many else 200)


@login_required
@require_POST
@deciding
def decisions(request, noun, key):
    """Decide. The same key again changes nothing and leads to the first result."""
    key = UUID(key)
    if outcome.kept(request.session, key):
        return redirect("workflow:bulk-results", key)
    asked = _asked(request.user, ACTS[noun], request.POST, bound=True)
    if asked.by is None or not asked.rows:
        return _page(request, asked, key, status=422 if asked.by else 403)
    for row in asked.rows:
        fill_in(row, asked, request.user, batch.key_of(key, row.paper.ref), request.POST)
    if not all([asked.shared.is_valid(), *(row.form.is_valid() for row in asked.rows)]):
        return _page(request, asked, key, status=422)
    refused = batch.decide(asked.act, asked.rows, asked.by, key)
    outcome.keep(request.session, key, asked.act, [row.paper for row in asked.rows], refused)
    return redirect("workflow:bulk-results", key)


@login_required
@require_GET
def results(request, key):
    """Every dossier of a batch and what came of it; this address may be kept and opened again."""
    held = outcome.kept(request.session, key)
    rows = outcome.outcomes(request.user, key, held)
    if not rows:
        raise Http404
    taken = [row for row in rows if row.event]
    act = next(act for act in ACTS.values() if act.verb == (held.verb if held else taken[0].event.verb))
    context = {
        "act": act,
        "rows": rows,
        "taken": len(taken),
        "refused": len(rows) - len(taken),
        "complete": held is not None,
        "undone": act.undone,
    }
    return render(request, "workflow/bulk_results.html", context)


def _asked(user, act: Act, sent: QueryDict, *, bound=False) -> Asked:
    refs = list(dict.fromkeys(_refs(sent.getlist("dossier"))))
    papers = bulk.papers(user, refs) if len(refs) <= bulk.MOST else []
    by = bulk.capacity(act, papers, user, sent.get("as", ""))
    shared = SharedForm(act.verb, papers, sent if bound else None)
    return Asked(act, len(refs), by, shared, choices(act, papers, by, user, shared))


def _refs(said: list[str]):
    for word in said:
        try:
            yield UUID(word)
        except ValueError:
            continue


def _page(request, asked: Asked, key: UUID, status=200):
    context = {
        "asked": asked,
        "act": asked.act,
        "key": key,
        "most": bulk.MOST,
        "ready": [row for row in asked.rows if not row.reasons],
        "shut": [row for row in asked.rows if row.reasons],
        "capacities": bulk.capacities(asked.act, request.user),
        "happens": asked.act.happens,
        "undone": asked.act.undone,
    }
    return render(request, "workflow/bulk.html", context, status=status)

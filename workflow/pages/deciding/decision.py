"""The page of one decision on one dossier."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _

from accounts.signing_in.step_up import deciding
from workflow.decisions import offers
from workflow.decisions.back.return_ import ReturnForm
from workflow.decisions.catalogue import VERB_PAGES, why_not
from workflow.decisions.effects import names_told, told_of, undo_link
from workflow.desk import sequence
from workflow.errors import AlreadyRecorded, Refused, Stale
from workflow.history.sentences import last_move, why_refused
from workflow.pages.finding import paper_or_404
from workflow.pages.keyed import read_only


@login_required
@deciding
def decision(request, ref, noun):
    """One decision: GET says what it will do and to whom, POST takes it; refused, the page says why and keeps all."""
    verb_page, paper = VERB_PAGES[noun], paper_or_404(request.user, ref)
    if request.method != "POST":
        return _page(request, verb_page, paper, verb_page.form(paper, request.user))
    if "more" in request.POST and noun == "return":
        form = ReturnForm.with_more_rows(paper, verb_page.capacities(paper, request.user), request.POST)
        return _page(request, verb_page, paper, form)
    form = verb_page.form(paper, request.user, request.POST)
    if not form.is_valid():
        return _page(request, verb_page, paper, form, status=422)
    total = sequence.requested_total(request.POST)
    following = sequence.after(request.user, paper.ref) if total else None
    try:
        event = verb_page.take(paper, _capacity(verb_page, paper, request.user, form), form)
    except Refused as refused:
        paper = paper_or_404(request.user, ref)
        known = isinstance(refused, AlreadyRecorded)
        status = 409 if known or request.user.has_perm(f"workflow.{verb_page.verb}", paper) else 403
        return _page(request, verb_page, paper, form, refused=refused, status=status)
    messages.success(request, done_message(verb_page, event, request.user))
    if total:
        return redirect(following.url(total) if following else "workflow:desk")
    return redirect(_back_to_the_desk(request) or reverse("workflow:dossier", args=[ref]))


def _back_to_the_desk(request) -> str | None:
    """Where a row of the desk wants to return to: the desk as it was narrowed. It names a query, never an address."""
    query = request.POST.get("desk")
    return None if query is None else f"{reverse('workflow:desk')}?{QueryDict(query).urlencode()}"


def _capacity(verb_page, paper, user, form):
    by = offers.authority_for(verb_page.verb, paper, user, form.cleaned_data["as"])
    if by is None:
        raise Refused(_("Your appointment no longer allows this."))
    return by


def _page(request, verb_page, paper, form, *, refused=None, status=200):
    by = offers.authority_for(verb_page.verb, paper, request.user)
    shut = why_not(verb_page.verb, paper, by, sole=verb_page.sole) if by else [_("This is not among your duties.")]
    if shut and not form.is_bound and not request.user.has_perm(f"workflow.{verb_page.verb}", paper):
        status = 403
    stale = isinstance(refused, Stale)
    moved_on = form.is_bound and bool(shut or stale)  # since the page was opened: nothing more is to be sent from it
    context = {
        "verb_page": verb_page,
        "dossier": paper,
        "form": form,
        "by": by,
        "shut": [] if refused else shut,
        "refused": refused,
        "refusals": why_refused(refused) if refused else [],
        "stale": stale,
        "moved_on": moved_on,
        "lines": last_move(paper) if moved_on else [],
        "typed": read_only(form, *getattr(form, "points", [])) if moved_on else [],
        "happens": verb_page.happens,
        "undone": verb_page.undone,
        "told": told_of(verb_page.verb, paper, request.user),
        "queue": sequence.requested_total(request.POST or request.GET),
    }
    return render(request, "workflow/deciding/decision.html", context, status=status)


def done_message(verb_page, event, user) -> str:
    """What was done to which paper, to whom it went, and how it is taken back."""
    dossier, told = event.dossier, names_told(event)
    lines = [
        _("Done: %(verb)s – %(subject)s.") % {"verb": verb_page.label, "subject": dossier.subject},
        _("Notified: %(names)s.") % {"names": ", ".join(told)} if told else "",
        str(verb_page.undone),
    ]
    back = undo_link(verb_page.verb, dossier, user)
    link = format_html(' <a href="{}">{}</a>', *back) if back else ""
    return format_html("{}{}", " ".join(filter(None, lines)), link)

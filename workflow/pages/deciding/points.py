"""Answering what a return asks: all points on one page, or one at a time where it stands."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from accounts.models import Role
from workflow.drafting.points import answer, last_return, typed_answer, unanswered
from workflow.errors import Refused
from workflow.history.sentences import last_move
from workflow.pages.deciding.answers_form import AnswersForm
from workflow.pages.finding import paper_or_404
from workflow.pages.keyed import read_only


@login_required
def points(request, ref):
    """Answer the points of the last return, all or some."""
    paper = paper_or_404(request.user, ref)
    form = AnswersForm(last_return(paper), request.POST if request.method == "POST" else None)
    refused = None
    if form.is_bound and form.is_valid():
        try:
            answer(paper, form.answers(), by=_drafter(request.user, paper))
            messages.success(request, _("The answers have been saved."))
            return redirect("workflow:dossier", ref)
        except Refused as error:
            refused = error
    status = 409 if refused else 422 if form.errors else 200
    context = {"dossier": paper, "form": form, "refused": refused, "left": unanswered(form.points)}
    if refused:
        context |= {"lines": last_move(paper), "typed": read_only(form)}
    return render(request, "workflow/deciding/points.html", context, status=status)


@login_required
@require_POST
def point(request, ref, number):
    """Answer one point, apart from everything else on the page: as a fragment, or back to where one was."""
    paper = paper_or_404(request.user, ref)
    if number not in {point.number for point in last_return(paper)}:
        raise Http404
    try:
        answer(paper, {number: typed_answer(request.POST, number)}, by=_drafter(request.user, paper))
    except Refused as refused:
        return _shown(request, paper, number, refused.reasons)
    return _shown(request, paper, number) if request.htmx else redirect(_back(request, ref, number))


def _shown(request, paper, number: int, reasons=()):
    """The point as it now stands; refused, with what was typed and why."""
    [requested] = [point for point in last_return(paper) if point.number == number]
    requested.refused, requested.typed = reasons, request.POST.get(f"answer-{number}", "") if reasons else ""
    context = {"dossier": paper, "point": requested, "inside": "inside" in request.GET}
    page = "workflow/deciding/point.html" if request.htmx else "workflow/deciding/point_page.html"
    return render(request, page, context, status=409 if reasons else 200)


def _back(request, ref, number: int) -> str:
    """The page the answer was written on, when it is one of ours."""
    back = request.POST.get("back", "").partition("#")[0]
    if not url_has_allowed_host_and_scheme(back, allowed_hosts=None):
        back = reverse("workflow:points", args=[ref])
    return f"{back}#point-{number}"


def _drafter(user, paper):
    """The capacity to draft at the paper's unit."""
    authorities = [by for by in user.authorities if by.role == Role.DRAFTER and by.unit.pk == paper.unit_id]
    if not authorities:
        raise Refused(_("Only a drafter of %(unit)s can change this dossier.") % {"unit": paper.unit.name})
    return authorities[0]

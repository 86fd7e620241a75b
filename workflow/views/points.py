from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Role
from workflow.errors import Refused
from workflow.forms.answers import AnswersForm
from workflow.points import answer, last_return
from workflow.views.finding import paper_or_404


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
    return render(request, "workflow/points.html", {"dossier": paper, "form": form, "refused": refused}, status=status)


def _drafter(user, paper):
    """The capacity to draft at the paper's unit."""
    held = [by for by in user.authorities if by.role == Role.DRAFTER and by.unit.pk == paper.unit_id]
    if not held:
        raise Refused(_("Only a drafter of %(unit)s can change this paper.") % {"unit": paper.unit.name})
    return held[0]

"""What a recipient answered to a dossier."""

from datetime import date
from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Role
from accounts.reach import reaches
from accounts.signing_in.step_up import deciding
from documents.letters.forms import ReplyForm
from documents.letters.outgoing import record_reply, why_not_reply
from documents.register.referral import Referral
from workflow.errors import Refused
from workflow.history.sentences import last_move, why_refused
from workflow.models import Dossier
from workflow.pages.keyed import read_only


@login_required
@deciding
def reply(request, pk):
    """Record one recipient's answer."""
    seen = Referral.objects.filter(dossier__in=Dossier.objects.visible_to(request.user))
    referral = get_object_or_404(seen.select_related("dossier__unit", "recipient", "dispatch"), pk=pk)
    by = next((by for by in _clerks(request.user) if reaches(by, referral.dossier)), None)
    if by is None:
        raise Http404
    initial = {"key": uuid4(), "replied_on": timezone.localdate(), "outcome": referral.outcome or None}
    form = ReplyForm(request.POST if request.method == "POST" else None, initial=initial)
    if form.is_bound and form.is_valid():
        try:
            record_reply(referral, by=by, **_arguments(form))
            messages.success(
                request, _("The reply of %(recipient)s has been recorded.") % {"recipient": referral.recipient}
            )
            return redirect("workflow:dossier", referral.dossier.ref)
        except Refused as refused:
            form.add_error(None, why_refused(refused))
    shut = why_not_reply(referral, by)
    context = {"referral": referral, "form": form, "shut": shut}
    if shut and form.is_bound:
        context |= {"lines": last_move(referral.dossier.paper()), "typed": read_only(form)}
    return render(request, "documents/letters/reply.html", context, status=422 if form.errors else 200)


def _clerks(user):
    return [by for by in user.authorities if by.role == Role.CLERK]


def _arguments(form) -> dict:
    day = form.cleaned_data["replied_on"]
    return form.cleaned_data | {"replied_on": date.fromisoformat(day) if day else None}

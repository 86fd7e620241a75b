"""The address that begins a sitting: reading and signing one dossier after another."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET

from workflow.desk import sequence


@login_required
@require_GET
def signing(request):
    """Begin to read and sign what waits, one after another."""
    rows = sequence.waiting(request.user)
    if rows:
        return redirect(rows[0].url(len(rows)))
    messages.info(request, _("Nothing is waiting for your decision."))
    return redirect("workflow:desk")

"""An administrator's page of what runs, what waits and what has failed."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import render

from administration.security.pages import administrator_or_404
from workflow.health import findings


@login_required
def office_health(request):
    """For administrators: what runs, what waits, what has failed."""
    administrator_or_404(request.user)
    return render(request, "administration/health.html", {"findings": list(findings())})

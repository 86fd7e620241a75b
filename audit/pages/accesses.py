"""The page of who viewed and downloaded a dossier."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render

from audit.accesses import by_day, with_offices
from workflow.models import AccessLog, Dossier
from workflow.rights import reach

PER_PAGE = 50


@login_required
def accesses(request, ref):
    """Who viewed and downloaded it: for whoever's office reaches the dossier, not for a guest with a grant."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user).select_related("unit"), ref=ref)
    if not reach.reaches(request.user, dossier):
        raise Http404
    act = request.GET.get("act", "")
    page = Paginator(by_day(dossier, act), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "dossier": dossier,
        "page": page,
        "accesses": with_offices(page, dossier),
        "acts": AccessLog.Kind.choices,
        "act": act,
    }
    return render(request, "audit/accesses.html", context)

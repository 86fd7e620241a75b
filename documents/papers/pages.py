"""The page of a paper as it will be printed."""

from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_GET

from documents.nominations.nomination import AwardNomination
from documents.papers.preview import preview_of
from documents.reports.report import Report
from workflow.models import AccessLog, Dossier

TEMPLATES = {
    Report._meta.label_lower: "documents/preview/report.html",
    AwardNomination._meta.label_lower: "documents/preview/nomination.html",
}
ANNEXES = {
    AwardNomination._meta.label_lower: ("documents/preview/nominee_list.html", "documents/preview/achievements.html"),
}


@login_required
@require_GET
def preview(request, ref):
    """The paper as it will read when printed, in the form of Decree 30/2020; a draft says that it is one."""
    dossier = get_object_or_404(Dossier.objects.visible_to(request.user), ref=ref)
    if dossier.kind not in TEMPLATES:
        raise Http404
    AccessLog.objects.create(user=request.user, dossier=dossier, act=AccessLog.Kind.VIEWED)
    paper = dossier.paper()
    context = {"dossier": paper, "paper": paper, "sheet": TEMPLATES[dossier.kind], "preview": preview_of(paper)}
    context["annexes"] = ANNEXES.get(dossier.kind, ())
    return render(request, "documents/preview/preview.html", context)

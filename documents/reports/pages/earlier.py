"""The page of what a unit wrote under one heading before."""

from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_GET

from documents.pages.finding import paper_of_kind_or_404
from documents.reports.earlier import earlier_texts
from documents.reports.report import Report
from workflow.models import AccessLog


@login_required
@require_GET
def earlier(request, ref, code):
    """What the unit said under this heading before: beside the text when a script asks, else a page of its own."""
    report = paper_of_kind_or_404(Report, request.user, ref)
    section = get_object_or_404(report.outline.sections.select_related("outline"), code=code)
    texts = earlier_texts(report, section, request.user)
    others = {it.report.pk for it in texts} - {report.pk}
    AccessLog.objects.bulk_create(
        AccessLog(user=request.user, dossier_id=pk, act=AccessLog.Kind.VIEWED, detail=str(section)[:300])
        for pk in sorted(others)
    )
    page = "documents/reports/earlier_texts.html" if request.htmx else "documents/reports/earlier.html"
    answer = render(request, page, {"dossier": report, "section": section, "earlier": texts})
    patch_vary_headers(answer, ["HX-Request"])
    return answer

"""The report editor: a page a section, so that a phone can carry it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.forms.section import SectionForm
from documents.models import Report
from documents.report_outline import stops
from documents.views.editing import editor_context
from documents.views.finding import drafter_of, paper_or_404, read_instead, why_not_write
from workflow import drafting
from workflow.errors import Refused, Stale


@login_required
def section(request, ref, code):
    """One section with its figures: saved whole or not at all, and nothing typed is lost."""
    report = paper_or_404(Report, request.user, ref)
    place = get_object_or_404(report.outline.sections.prefetch_related("indicators"), code=code)
    reasons = why_not_write(request.user, report)
    if reasons and request.method != "POST":
        return read_instead(request, report, reasons)
    form = SectionForm(report, place, request.POST if request.method == "POST" else None)
    if "add_rows" in request.POST:
        return _page(request, report, form.add_rows(request.POST["add_rows"]))
    if request.method != "POST":
        return _page(request, report, form)
    return _refused(request, report, form, reasons) if reasons else _save(request, report, form)


def _save(request, report, form):
    if not form.is_valid():
        return _page(request, report, form, status=422)
    try:
        with drafting.edit(report, by=drafter_of(request.user, report)) as paper:
            form.save(paper)
    except Stale as stale:
        return _overtaken(request, report, form, stale.reasons)
    except Refused as refused:
        return _refused(request, report, form, refused.reasons)
    messages.success(request, _("Section %(section)s has been saved.") % {"section": form.section.code})
    return redirect(_next_url(report, form.section.code) if request.POST.get("go") == "next" else request.path)


def _next_url(report, code: str) -> str:
    """The section after this one; after the last, what the unit attests."""
    road = stops(report)
    here = next((number for number, stop in enumerate(road) if stop.code == code), len(road))
    return road[here + 1].url if here + 1 < len(road) else reverse("documents:report-attestations", args=[report.ref])


def _overtaken(request, report, form, reasons):
    """Somebody else saved first: theirs is shown above, what was typed stays below, to be saved knowingly or not."""
    fresh = Report.objects.with_content().get(pk=report.pk)
    return _refused(request, fresh, form.look_again(fresh), reasons, theirs=SectionForm(fresh, form.section))


def _refused(request, report, form, reasons, **more):
    return _page(request, report, form, status=409, refusals=reasons, **more)


def _page(request, report, form, status=200, **more):
    code = form.section.code
    road = stops(report, code)
    here = next((number for number, stop in enumerate(road) if stop.current), 0)
    places = {f"section:{code}"} | {f"figure:{indicator.code}" for indicator in form.indicators}
    context = editor_context(report) | {
        "form": form,
        "section": form.section,
        "stops": road,
        "previous": road[here - 1] if here else None,
        "next": road[here + 1] if here + 1 < len(road) else None,
        "points": [point for point in report.points.all() if point.place in places and not point.answer],
        "guided": form.section.guidance_vi or report.outline.guidance,
    }
    return render(request, "documents/section.html", context | more, status=status)

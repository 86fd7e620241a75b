"""The report editor: a page a section, so that a phone can carry it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import get_object_or_404, redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from documents.pages import autosaving, left_out
from documents.pages.finding import drafter_of, paper_of_kind_or_404, read_instead, why_not_write
from documents.pages.two_texts import side_by_side
from documents.reports.outline_steps import stops
from documents.reports.pages.editor import editor_context, points_at
from documents.reports.pages.section_form import SectionForm, digest
from documents.reports.report import Report
from workflow.drafting import editing
from workflow.drafting.points import answer, pressed, typed_answer
from workflow.errors import Refused, Stale


@login_required
def section(request, ref, code):
    """One section with its figures: saved whole or not at all, and nothing typed is lost."""
    report = paper_of_kind_or_404(Report, request.user, ref)
    place = get_object_or_404(report.outline.sections.prefetch_related("indicators"), code=code)
    reasons = why_not_write(request.user, report)
    if request.method != "POST":
        return read_instead(request, report, reasons) if reasons else _page(request, report, SectionForm(report, place))
    form, reasons = SectionForm(report, place, request.POST), reasons or autosaving.not_the_writer(request)
    if "add_rows" in request.POST:
        return _page(request, report, form.add_rows(request.POST["add_rows"]))
    if request.POST.get("go") == autosaving.COMPARE:
        return autosaving.compared(request, **_both(SectionForm(report, place), form))
    if request.POST.get("go") == autosaving.AUTO:
        return autosaving.refused(reasons) if reasons else _save_quietly(request, report, form)
    if reasons:
        return _refused(request, report, form, reasons)
    return _answer(request, report, form) if "answer" in request.POST else _save(request, report, form)


def _save(request, report, form):
    if not form.is_valid():
        return _page(request, report, form, status=422)
    try:
        with editing.edit(report, by=drafter_of(request.user, report)) as paper:
            form.save(paper)
    except Stale as stale:
        return _overtaken(request, report, form, stale.reasons)
    except Refused as refused:
        return _refused(request, report, form, refused.reasons)
    message = _("Section %(section)s has been saved.") % {"section": form.section.code}
    messages.success(request, message, extra_tags=request.POST.get("copy", ""))
    goes_on = not left_out.tell(request, form) and request.POST.get("go") == "next"  # a loss is read where it happened
    return redirect(_next_url(report, form.section.code) if goes_on else request.path)


def _save_quietly(request, report, form):
    """Save while somebody types: what is sound is saved, what is not is named and stays in the browser."""
    faults = {form[name].html_name: list(form[name].errors) for name in form.errors if name in form.fields}
    try:
        with editing.edit(report, by=drafter_of(request.user, report)) as paper:
            form.save(paper, quietly=True)
    except Stale as stale:
        fresh = Report.objects.with_content().get(pk=report.pk)
        context = _both(SectionForm(fresh, form.section), form)
        if not context["changes"]:
            return autosaving.saved(digest(fresh, form.section), form, faults)
        return autosaving.refused(stale.reasons, render_to_string("documents/reports/two_texts.html", context, request))
    except Refused as refused:
        return autosaving.refused(refused.reasons)
    fresh = Report.objects.with_content().get(pk=report.pk)
    context = editor_context(fresh, form.section.code)
    fragments = {
        name: render_to_string(f"documents/reports/{name}.html", context, request) for name in ("outline", "tasks")
    }
    return autosaving.saved(digest(fresh, form.section), form, faults, **fragments)


def _answer(request, report, form):
    """Without a script a point is answered from among the fields of its section, which come back as they were typed."""
    number = pressed(request.POST)
    try:
        answer(report, {number: typed_answer(request.POST, number)}, by=drafter_of(request.user, report))
    except Refused as refused:
        return _refused(request, report, form, refused.reasons)
    return _page(request, report, form.unjudged())


def _next_url(report, code: str) -> str:
    """The section after this one; after the last, what the unit attests."""
    road = stops(report)
    here = next((number for number, stop in enumerate(road) if stop.code == code), len(road))
    return road[here + 1].url if here + 1 < len(road) else reverse("documents:report-attestations", args=[report.ref])


def _overtaken(request, report, form, reasons):
    """Somebody else saved first: both texts are shown, what was typed stays below, to be saved knowingly or not."""
    fresh = Report.objects.with_content().get(pk=report.pk)
    return _refused(request, fresh, form, reasons, **_both(SectionForm(fresh, form.section), form))


def _both(stored: SectionForm, typed: SectionForm) -> dict:
    typed.is_valid()  # figures are compared as they would be saved
    return {"changes": side_by_side(stored, typed), "over": stored.initial["seen"]}


def _refused(request, report, form, reasons, **more):
    return _page(request, report, form, status=409, refusals=reasons, **more)


def _page(request, report, form, status=200, **more):
    code = form.section.code
    context = editor_context(report, code)
    road, form.points = context["stops"], context["all_points"]
    for point in form.points:
        point.typed = request.POST.get(f"answer-{point.number}", "")
    here = next((number for number, stop in enumerate(road) if stop.current), 0)
    context |= {
        "form": form,
        "copy": request.POST.get("copy", ""),
        "section": form.section,
        "previous": road[here - 1] if here else None,
        "next": road[here + 1] if here + 1 < len(road) else None,
        "points": points_at(context["all_points"], f"section:{code}"),
        "guided": form.section.guidance_vi or report.outline.guidance,
    }
    return render(request, "documents/reports/section.html", context | more, status=status)

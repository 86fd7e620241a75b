"""What the unit attests before its report goes up."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from documents.pages.finding import drafter_of, paper_of_kind_or_404, read_instead, why_not_write
from documents.reports.pages.attestations_form import AttestationForm
from documents.reports.pages.editor import editor_context
from documents.reports.parts import label
from documents.reports.report import Report
from documents.reports.writing import write_attestations
from workflow.drafting import editing
from workflow.errors import Refused


@login_required
def attestations(request, ref):
    """Every attestation that applies to the unit, saved together; those that do not apply are named."""
    report = paper_of_kind_or_404(Report, request.user, ref)
    reasons = why_not_write(request.user, report)
    if reasons and request.method != "POST":
        return read_instead(request, report, reasons)
    applicable = report.parts.attestations_for(report.unit)
    data = request.POST if request.method == "POST" else None
    forms = [AttestationForm(row["code"], label(row), row["attested"], data) for row in applicable]
    if data is None:
        return _page(request, report, forms)
    valid = [form.is_valid() for form in forms]  # every one is checked, so that all faults show at once
    if reasons or not all(valid):
        return _page(request, report, forms, status=409 if reasons else 422, refusals=reasons)
    try:
        with editing.edit(report, by=drafter_of(request.user, report)) as paper:
            write_attestations(paper, {form.code: form.given_attestation() for form in forms})
    except Refused as refused:
        return _page(request, report, forms, status=409, refusals=refused.reasons)
    messages.success(request, _("The attestations have been saved."))
    return redirect(request.path)


def _page(request, report, forms, status=200, **more):
    shown = {form.code for form in forms}
    others = [label(row) for row in report.parts.attestation_rows if row["code"] not in shown]
    context = editor_context(report)
    points = [point for point in context["all_points"] if point.place.startswith("attestation:")]
    context |= {"forms": forms, "not_applicable": others, "points": points}
    return render(request, "documents/reports/attestations.html", context | more, status=status)

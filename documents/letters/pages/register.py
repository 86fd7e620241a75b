"""The register of outgoing papers, a year at a time."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone

from accounts.models import Unit
from documents.letters.outgoing import COLUMNS, line, outgoing_register
from documents.register.dispatch import Dispatch

PER_PAGE = 50


@login_required
def register(request):
    """Ten columns of Decree 30/2020, annex IV, for one issuing body and one year."""
    sent = Dispatch.objects.visible_to(request.user).filter(state=Dispatch.State.SENT)
    years = sorted(set(sent.values_list("year", flat=True)) | {timezone.localdate().year}, reverse=True)
    units = list(Unit.objects.filter(pk__in=sent.values("unit")).order_by("path"))
    unit = next((unit for unit in units if unit.code == request.GET.get("unit")), units[0] if units else None)
    requested = request.GET.get("year", "")
    year = int(requested) if requested.isascii() and requested.isdigit() and int(requested[:5]) in years else years[0]
    rows = outgoing_register(unit, year) if unit else Dispatch.objects.none()
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(paper, line(paper)) for paper in page],
        "columns": COLUMNS,
        "years": years,
        "year": year,
        "units": units,
        "unit": unit,
    }
    return render(request, "documents/letters/register.html", context)

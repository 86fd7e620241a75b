"""The pages of the people import: the template, the workbook, the check and the confirmation."""

from uuid import uuid4

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db import OperationalError, transaction
from django.db.models import Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from accounts.models import Role
from accounts.signing_in.step_up import deciding
from administration.models import PeopleImport, PeopleImportRow
from administration.people_import import checking, importing, retention
from administration.people_import.form import XLSX, WorkbookForm
from administration.people_import.rows.in_words import ImportLine
from administration.people_import.workbook import template
from ledger.append import append_to_registry
from ledger.canonical import sha256
from vietnamese.text import fold
from workflow.errors import Refused

PER_PAGE = 100
MAX_IMPORTS_SHOWN = 20


@login_required
def imports(request):
    """The template, the workbook to send, and the imports of this office so far."""
    authorities = keepers_or_404(request.user)
    form = WorkbookForm(authorities, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            people_import = _received(form)
        except Refused as refusal:
            for reason in refusal.reasons:
                form.add_error("workbook", reason)
        else:
            return redirect("administration:people-import-one", people_import.ref)
    imports = visible_to(authorities).select_related("administrator", "unit")[:MAX_IMPORTS_SHOWN]
    context = {"form": form, "imports": imports, "kept_days": retention.KEPT_DAYS}
    return render(request, "administration/people_import/imports.html", context, status=422 if form.errors else 200)


def _received(form: WorkbookForm) -> PeopleImport:
    upload = form.cleaned_data["workbook"]
    try:
        return checking.receive(upload.read(checking.MAX_BYTES_READ), upload.name, by=form.by)
    except (OSError, OperationalError) as error:
        raise Refused(
            _("The server has no space to store the file at present. Nothing was changed; please try again later.")
        ) from error


@login_required
@require_GET
def blank(request):
    """The template to fill in."""
    keepers_or_404(request.user)
    return _download(template.empty(), _("Template for units and people"))


@login_required
@require_POST
def current(request):
    """What is kept now, in the template's shape; the record says who took it out, so a mere link cannot."""
    by = keepers_or_404(request.user)[0]
    data = template.current(by.unit)
    with transaction.atomic():
        facts = {"what": "people_import", "sha256": sha256(data).hex()}
        append_to_registry("exported", by=by, key=uuid4(), unit=by.unit, facts=facts)
    return _download(data, _("Units and people of %(unit)s") % {"unit": by.unit.short_name})


def _download(data: bytes, name: str) -> HttpResponse:
    filename = slugify(fold(name)) + ".xlsx"
    return HttpResponse(data, XLSX, headers={"Content-Disposition": f'attachment; filename="{filename}"'})


@login_required
@require_GET
def one_import(request, ref):
    """Every row's outcome before the import, its progress while it runs, and what came of it."""
    people_import = _import_or_404(request.user, ref)
    show = request.GET.get("show", "")
    rows = (
        people_import.rows.filter(outcome=show) if show in PeopleImportRow.Outcome.values else people_import.rows.all()
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    fell = importing.fell(people_import)
    context = {
        "people_import": people_import,
        "fell": fell,
        "running": people_import.is_under_way and not fell,
        "kept_until": retention.kept_until(people_import),
        "forgotten": people_import.total and not show and not page.paginator.count,
        "percent": 100 * people_import.done // max(people_import.total, 1),
        "mine": people_import.administrator_id == request.user.pk,
        "page": page,
        "lines": [ImportLine(row) for row in page],
        "outcomes": [
            (value, label, people_import.rows_that(value)) for value, label in PeopleImportRow.Outcome.choices
        ],
        "show": show,
    }
    return render(request, "administration/people_import/import.html", context)


@login_required
@require_POST
@deciding
def confirmation(request, ref):
    """Give the checked file to the worker."""
    people_import = _import_or_404(request.user, ref)
    capacity = [by for by in keepers_or_404(request.user) if by.ref == str(people_import.capacity)]
    try:
        if not capacity:
            raise Refused(_("Only the administrator who checked this file can import it."))
        importing.confirm(people_import, by=capacity[0])
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
    return redirect("administration:people-import-one", people_import.ref)


def keepers_or_404(user) -> list:
    """The capacities in which this person keeps the office; for others there is no such page."""
    authorities = [by for by in user.authorities if by.role == Role.ADMINISTRATOR]
    if not authorities:
        raise Http404
    return authorities


def visible_to(authorities):
    """Imports at or below the units of these administrators, without the workbooks themselves."""
    reach = Q()
    for by in authorities:
        reach |= Q(unit__path__startswith=by.unit.path)
    return PeopleImport.objects.filter(reach).defer("workbook")


def _import_or_404(user, ref) -> PeopleImport:
    rows = visible_to(keepers_or_404(user)).select_related("administrator", "unit")
    return get_object_or_404(rows, ref=ref)

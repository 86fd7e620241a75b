"""Reports: the list, and beginning one."""

from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_required
from django.db import IntegrityError
from django.db.models import Exists, OuterRef
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from accounts.models import Authority
from documents.campaigns.campaign import Campaign
from documents.pages.beginning import campaign_and_drafter
from documents.pages.filtering import DossierFilter
from documents.pages.finding import drafting_at
from documents.reports.pages.beginning_form import BeginReport
from documents.reports.report import Report
from ledger.models import Event
from workflow.desk.paging import BoundedPaginator
from workflow.drafting import editing
from workflow.errors import Refused
from workflow.history.sentences import why_refused

PER_PAGE = 30


@login_required
def report_list(request):
    """Reports within reach, narrowed as the address says; a drafter may begin those not begun yet."""
    seen = Report.objects.visible_to(request.user)
    filters = DossierFilter(request.GET, user=request.user)
    rows = filters.narrow(seen).select_related("unit", "campaign").order_by("-pk")
    context = {
        "page": BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filter": filters,
        "to_begin": reports_to_begin(request.user),
    }
    return render(request, "documents/reports/reports.html", context)


def reports_to_begin(user) -> list[dict]:
    """Campaigns that ask a unit this person drafts for, and that have no live report of it yet."""
    units = {by.unit.pk: by.unit for by in drafting_at(user)}
    if not units:
        return []
    live = Report.objects.live().filter(campaign=OuterRef("campaign"), unit=OuterRef("unit"))
    requested = Campaign.asked.through.objects.filter(unit__in=units)
    rows = requested.exclude(Exists(live)).select_related("campaign").order_by("-campaign")
    return [{"campaign": row.campaign, "unit": units[row.unit_id], "key": uuid4()} for row in rows]


@login_required
def report_begin(request, pk, code):
    """Begin a unit's report; where one is live already, say so and lead to it."""
    campaign, by = campaign_and_drafter(request.user, pk, code)
    form = BeginReport(request.POST if request.method == "POST" else None, initial={"key": uuid4()})
    reasons = []
    if request.method == "POST" and form.is_valid():
        try:
            return redirect("documents:edit", _begin(campaign, by, form.cleaned_data["key"]).chain)
        except Refused as refused:
            reasons = why_refused(refused)
    live = Report.objects.live().filter(campaign=campaign, unit=by.unit).first()
    context = {"campaign": campaign, "unit": by.unit, "form": form, "refusals": reasons, "live": live}
    return render(request, "documents/reports/begin.html", context, status=409 if reasons else 200)


def _begin(campaign: Campaign, by: Authority, key: UUID) -> Event:
    """The first event of a new report. Refused while another of the unit is live; the same key begins it once."""
    live = Report.objects.live().filter(campaign=campaign, unit=by.unit).exclude(events__key=key)
    refusal = Refused(_("%(unit)s already has a report under way in this campaign.") % {"unit": by.unit.name})
    if live.exists():
        raise refusal
    try:
        return editing.create(Report(campaign=campaign, unit=by.unit), by=by, key=key)
    except IntegrityError as error:  # somebody began it in this very moment
        raise refusal from error

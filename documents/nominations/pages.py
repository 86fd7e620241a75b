"""Award nominations: the list, beginning one, and writing it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.utils.translation import gettext as _

from documents.campaigns.campaign import Campaign
from documents.nominations.form import BeginNomination, NominationForm, PreviousAwards, digest
from documents.nominations.nomination import AwardNomination
from documents.nominations.rules import warnings
from documents.pages import autosaving, left_out
from documents.pages.beginning import campaign_and_drafter
from documents.pages.filtering import DossierFilter
from documents.pages.finding import drafter_of, drafting_at, paper_of_kind_or_404, read_instead, why_not_write
from documents.pages.two_texts import side_by_side
from workflow.desk.paging import BoundedPaginator
from workflow.drafting import editing
from workflow.drafting.points import last_return
from workflow.errors import Refused, Stale
from workflow.history.sentences import why_refused

PER_PAGE = 30


@login_required
def nomination_list(request):
    """Nominations within reach, narrowed as the address says; a drafter may begin another."""
    filters = DossierFilter(request.GET, user=request.user)
    rows = filters.narrow(AwardNomination.objects.visible_to(request.user))
    rows = rows.select_related("unit", "campaign", "award").order_by("-pk")
    context = {
        "page": BoundedPaginator(rows, PER_PAGE).get_page(request.GET.get("page")),
        "filter": filters,
        "to_begin": nominations_to_begin(request.user),
    }
    return render(request, "documents/nominations/nominations.html", context)


def nominations_to_begin(user) -> list[dict]:
    """Campaigns that ask a unit this person drafts for and propose awards."""
    units = {by.unit.pk: by.unit for by in drafting_at(user)}
    requested = Campaign.asked.through.objects.filter(unit__in=units, campaign__awards__isnull=False).distinct()
    rows = requested.select_related("campaign").order_by("-campaign") if units else []
    return [{"campaign": row.campaign, "unit": units[row.unit_id]} for row in rows]


@login_required
def nomination_begin(request, pk, code):
    """Choose the award and the nominee; the rest is written in the editor."""
    campaign, by = campaign_and_drafter(request.user, pk, code)
    form = BeginNomination(campaign, request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            event = editing.create(form.nomination(campaign, by.unit), by=by, key=form.cleaned_data["key"])
            return redirect("documents:nomination-edit", event.chain)
        except Refused as refused:
            form.add_error(None, why_refused(refused))
    context = {"campaign": campaign, "unit": by.unit, "form": form}
    return render(request, "documents/nominations/begin.html", context, status=422 if form.errors else 200)


@login_required
def nomination_edit(request, ref):
    """The whole nomination on one page, saved whole or not at all."""
    nomination = paper_of_kind_or_404(AwardNomination, request.user, ref)
    reasons = why_not_write(request.user, nomination) or autosaving.not_the_writer(request)
    if reasons and request.method != "POST":
        return read_instead(request, nomination, reasons)
    data = request.POST if request.method == "POST" else None
    form, previous = NominationForm(nomination, data), PreviousAwards(data, instance=nomination, prefix="previous")
    if data is None:
        return _page(request, nomination, form, previous)
    if request.POST.get("go") == autosaving.COMPARE:
        return autosaving.compared(request, **_both(nomination.pk, form))
    if request.POST.get("go") == autosaving.AUTO:
        return autosaving.refused(reasons) if reasons else _save_quietly(request, nomination, form, previous)
    valid = form.is_valid(), previous.is_valid()  # both are checked, so that all faults show at once
    if reasons or not all(valid):
        return _page(request, nomination, form, previous, status=409 if reasons else 422, refusals=reasons)
    return _save(request, nomination, form, previous)


def _save(request, nomination, form, previous):
    try:
        with editing.edit(nomination, by=drafter_of(request.user, nomination)) as paper:
            form.save_into(paper)
            previous.save()
    except Stale as stale:
        fresh = AwardNomination.objects.with_content().get(pk=nomination.pk)
        form = form.look_again(AwardNomination.objects.with_content().get(pk=nomination.pk))
        return _page(request, fresh, form, previous, status=409, refusals=stale.reasons, theirs=fresh)
    except Refused as refused:
        return _page(request, nomination, form, previous, status=409, refusals=refused.reasons)
    messages.success(request, _("The nomination has been saved."), extra_tags=request.POST.get("copy", ""))
    left_out.tell(request, form)
    return redirect(request.path)


def _save_quietly(request, nomination, form, previous):
    """Save what is sound while somebody types; the table of previous awards waits for the button."""
    faults = {name: list(form[name].errors) for name in form.errors if name in form.fields}
    if previous.has_changed():
        faults["previous-0-form"] = [_("Previous awards are saved with the button.")]
    try:
        with editing.edit(nomination, by=drafter_of(request.user, nomination)) as paper:
            form.save_into(paper)
    except Stale as stale:
        context = _both(nomination.pk, form)
        if not context["changes"]:
            return autosaving.saved(context["over"], form, faults)
        return autosaving.refused(stale.reasons, render_to_string("documents/reports/two_texts.html", context, request))
    except Refused as refused:
        return autosaving.refused(refused.reasons)
    fresh = AwardNomination.objects.with_content().get(pk=nomination.pk)
    context = {"dossier": fresh, "missing": fresh.missing()}
    tasks = render_to_string("documents/nominations/tasks.html", context, request)
    return autosaving.saved(digest(fresh), form, faults, tasks=tasks)


def _both(pk: int, typed: NominationForm) -> dict:
    typed.is_valid()  # values are compared as they would be saved
    stored = NominationForm(AwardNomination.objects.with_content().get(pk=pk))
    return {"changes": side_by_side(stored, typed), "over": stored.initial["seen"]}


def _page(request, nomination, form, previous, status=200, **more):
    saved = AwardNomination.objects.with_content().get(pk=nomination.pk) if form.is_bound else nomination
    context = {
        "dossier": saved,
        "form": form,
        "past_awards": previous,
        "copy": request.POST.get("copy", ""),
        "missing": saved.missing(),
        "warnings": warnings(saved),
        "points": last_return(saved),
    }
    return render(request, "documents/nominations/edit.html", context | more, status=status)

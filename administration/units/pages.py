"""An administrator's pages of units: the tree, one unit, and what can be changed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Q
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Unit
from accounts.signing_in.step_up import deciding
from accounts.units_named import nearest_first
from administration import consequences
from administration.edit_history import changes_of
from administration.rights import PER_PAGE, administrations, over, unit_or_404, units_of
from administration.units import changes
from administration.units.changes import DETAILS, appointments_open_at, why_not_close
from administration.units.form import MoveForm, UnitForm
from ledger.envelope import REGISTRY
from ledger.models import Event
from vietnamese.text import nfc
from workflow.history.sentences import line
from workflow.pages.keyed import ReasonForm, carried_out, status_of, with_reason

ABOUT_UNITS = ["unit_opened", "unit_changed", "unit_moved", "unit_closed"]
MAX_LINES_SHOWN = 30  # events and changes on a unit's page


@login_required
def units(request):
    """Search over every unit in reach; without words, the top of the tree and what stands right below it."""
    matches, words = units_of(request.user), nfc(request.GET.get("q", "")).strip()[:100]
    tops = [by.unit for by in administrations(request.user)]
    matches = nearest_first(matches, words) if words else matches.filter(_right_below(tops))
    if request.GET.get("closed") != "1":
        matches = matches.filter(closed_on=None)
    context = {
        "page": Paginator(matches.select_related("kind"), PER_PAGE).get_page(request.GET.get("page")),
        "words": words,
        "closed": request.GET.get("closed") == "1",
        "tops": tops,
        "tab": "units",
    }
    return render(request, "administration/units/units.html", context)


def _right_below(tops: list[Unit]) -> Q:
    below = Q(pk__in=[])
    for top in tops:
        below |= Q(path__startswith=top.path, depth=top.depth + 1)
    return below


@login_required
def unit(request, pk):
    """Its details, who holds office there, what stands below it, and how it came to be so."""
    by, unit = unit_or_404(request.user, pk)
    below = Unit.objects.filter(path__startswith=unit.path, depth=unit.depth + 1).select_related("kind")
    recorded = Event.objects.filter(unit=unit, chain=REGISTRY, verb__in=ABOUT_UNITS).select_related("opening")
    recorded = recorded.defer("envelope").order_by("-pk")[:MAX_LINES_SHOWN]
    context = {
        "unit": unit,
        "above": Unit.objects.filter(path__in=unit.paths_above()[:-1], path__startswith=by.unit.path).order_by("path"),
        "appointments": appointments_open_at(unit).order_by("role", "user__sort_key"),
        "page": Paginator(below.order_by("path"), PER_PAGE).get_page(request.GET.get("page")),
        "lines": [line(event) for event in recorded],
        "changes": changes_of(unit, DETAILS)[:MAX_LINES_SHOWN],
        "own": unit.pk == by.unit.pk,
        "tab": "units",
    }
    return render(request, "administration/units/unit.html", context)


@login_required
@deciding
def unit_new(request):
    """A unit under the one the address names."""
    under = get_object_or_404(units_of(request.user), pk=_number(request.GET.get("under")))
    form = UnitForm(request.POST or None)
    if form.is_bound and form.is_valid():
        event = carried_out(form, changes.open_unit, form.instance, under=under, by=over(request.user, under))
        if event:
            messages.success(request, _("%(unit)s was added.") % {"unit": event.unit.name})
            return redirect("administration:unit", event.unit_id)
    context = {"form": form, "under": under, "back": reverse("administration:unit", args=[under.pk])}
    return render(request, "administration/units/new.html", context, status=status_of(form))


def _number(typed) -> int:
    return int(typed) if typed and typed.isdecimal() and len(typed) < 18 else 0


@login_required
@deciding
def unit_change(request, pk):
    by, unit = unit_or_404(request.user, pk)
    form = UnitForm(request.POST or None, instance=unit)
    if form.is_bound and form.is_valid() and carried_out(form, changes.change_unit, form.instance, by=by):
        messages.success(request, _("The changes have been saved and recorded."))
        return redirect("administration:unit", pk)
    context = {"form": form, "unit": unit, "back": reverse("administration:unit", args=[pk])}
    return render(request, "administration/units/change.html", context, status=status_of(form))


@login_required
@deciding
def unit_move(request, pk):
    """Under another unit: whose turn its waiting dossiers are follows the tree."""
    by, unit = unit_or_404(request.user, pk)
    form = MoveForm(units_of(request.user), request.POST or None)
    if form.is_bound and form.is_valid():
        under, note = form.cleaned_data["under"], form.cleaned_data["note"]
        if carried_out(form, changes.move_unit, unit, by=by, under=under, note=note):
            messages.success(request, _("%(unit)s now reports to %(above)s.") % {"unit": unit, "above": under})
            return redirect("administration:unit", pk)
    context = {"form": form, "unit": unit, "back": reverse("administration:unit", args=[pk])}
    return render(request, "administration/units/move.html", context, status=status_of(form))


@login_required
@deciding
def unit_closure(request, pk):
    """What closing does and to whom, then the reason, then done."""
    by, unit = unit_or_404(request.user, pk)
    form = ReasonForm(request.POST or None)
    if with_reason(form, changes.close_unit, unit, by=by):
        messages.success(request, _("%(unit)s is closed. Its record is kept.") % {"unit": unit.name})
        return redirect("administration:unit", pk)
    shut = [] if form.is_bound else why_not_close(unit)
    context = {
        "form": form,
        "unit": unit,
        "shut": shut,
        "what": None if shut else consequences.of(list(appointments_open_at(unit))),
        "back": reverse("administration:unit", args=[pk]),
    }
    return render(request, "administration/units/closure.html", context, status=status_of(form))

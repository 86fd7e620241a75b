"""Delegating one's office: for everybody who holds one."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Count, OuterRef, Subquery
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.models import Appointment, Delegation, Role
from accounts.signing_in.step_up import deciding
from administration.delegations import changes
from administration.delegations.cautions import cautions, decisions_for
from administration.delegations.changes import why_not
from administration.delegations.form import DelegationForm
from ledger.models import Event
from workflow.history.sentences import line
from workflow.pages.keyed import ReasonForm, carried_out, status_of, with_reason

PER_PAGE = 50


@login_required
def delegations(request):
    """Given by me and given to me, now and before."""
    done = Event.objects.filter(delegation=OuterRef("pk")).order_by().values("delegation")
    rows = Delegation.objects.select_related("delegate", "appointment__user", "appointment__unit")
    rows = rows.annotate(deeds=Subquery(done.annotate(number=Count("pk")).values("number"))).order_by("-pk")
    context = {
        "given": rows.filter(appointment__user=request.user)[:PER_PAGE],
        "received": rows.filter(delegate=request.user)[:PER_PAGE],
        "holds": any(not by.delegation for by in request.user.authorities),
    }
    return render(request, "administration/delegations/delegations.html", context)


@login_required
@deciding
def delegation_new(request):
    """Which office, to whom, for how long; what may surprise is said once before it is done."""
    mine = Appointment.objects.in_force().filter(user=request.user).select_related("unit")
    if not mine:
        raise Http404
    form, warned = DelegationForm(mine, request.POST or None), []
    if form.is_bound and form.is_valid():
        delegation = form.delegation()
        warned = [] if "warned" in request.POST else _cautions(delegation)
        if not warned and carried_out(
            form, changes.delegate, delegation, by=_own(request.user, delegation.appointment)
        ):
            messages.success(request, _message(delegation))
            return redirect("administration:delegations")
    context = {"form": form, "warned": warned, "back": reverse("administration:delegations")}
    return render(request, "administration/delegations/new.html", context, status=status_of(form))


def _cautions(delegation: Delegation) -> list[str]:
    """Nothing where it would be refused anyway: the refusal says why."""
    return [] if why_not(delegation) else cautions(delegation)


def _own(user, appointment):
    return next(by for by in user.authorities if not by.delegation and by.appointment.pk == appointment.pk)


def _message(delegation: Delegation) -> str:
    params = {"person": delegation.delegate, "day": date_format(delegation.ends_on, "SHORT_DATE_FORMAT")}
    return (
        _("%(person)s may act in this office until %(day)s; the delegation is shown on their Delegations page.")
        % params
    )


@login_required
def delegation(request, ref):
    """One delegation and everything that was done under it: for its giver, its receiver and administrators above."""
    delegation, by = _or_404(request.user, ref)
    decisions = Event.objects.filter(delegation=delegation).for_reading("dossier")
    page = Paginator(decisions.order_by("-pk"), PER_PAGE).get_page(request.GET.get("page"))
    context = {
        "delegation": delegation,
        "page": page,
        "lines": [line(event) for event in page],
        "may_revoke": by is not None and delegation.is_open,
        "reads": delegation.appointment.user_id == request.user.pk or delegation.delegate_id == request.user.pk,
    }
    return render(request, "administration/delegations/delegation.html", context)


@login_required
@deciding
def revocation(request, ref):
    delegation, by = _or_404(request.user, ref)
    if by is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if with_reason(form, changes.revoke, delegation, by=by):
        messages.success(request, _("The delegation to %(person)s is revoked.") % {"person": delegation.delegate})
        return redirect("administration:delegation", ref)
    context = {"form": form, "delegation": delegation, "back": reverse("administration:delegation", args=[ref])}
    return render(request, "administration/delegations/revocation.html", context, status=status_of(form))


def _or_404(user, ref):
    """The delegation, and the capacity in which this person may revoke it (none for its receiver)."""
    delegation = (
        Delegation.objects.select_related("delegate", "appointment__user", "appointment__unit").filter(ref=ref).first()
    )
    if delegation is None:
        raise Http404
    by = next((by for by in user.authorities if _may_revoke(by, delegation)), None)
    if by is None and user.pk not in (delegation.delegate_id, delegation.appointment.user_id):
        raise Http404
    return delegation, by


def _may_revoke(by, delegation: Delegation) -> bool:
    if by.delegation:
        return False
    if by.person.pk == delegation.appointment.user_id:
        return True
    return by.role == Role.ADMINISTRATOR and by.unit.covers(delegation.appointment.unit)


@login_required
def delegated_decisions(request):
    """What others did in my name, by delegation."""
    page = Paginator(decisions_for(request.user), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "lines": [line(event) for event in page]}
    return render(request, "administration/delegations/delegated_decisions.html", context)

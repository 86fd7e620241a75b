"""An administrator's pages: what the office asks at sign-in, and people who are locked out."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables
from django.views.decorators.http import require_POST

from accounts.models import Role, SecurityPolicy, Unit, User
from accounts.signing_in.policy import policy_over
from accounts.signing_in.step_up import deciding
from administration.security import changes
from administration.security.forms import HelpForm, PolicyForm
from vietnamese.text import nfc
from workflow.errors import Refused

PER_PAGE = 50


def administrator_or_404(user):
    """The highest office in which this person administers; the pages are not there for others."""
    authorities = [by for by in user.authorities if by.role == Role.ADMINISTRATOR]
    if not authorities:
        raise Http404
    return min(authorities, key=lambda by: len(by.unit.path))


@login_required
def policies(request):
    """What each unit asks of those who decide, and the form that sets it."""
    by = administrator_or_404(request.user)
    if request.method == "POST":
        return _set_policy(request, by)
    return _policies_page(request, by, _form(by, nfc(request.GET.get("unit", ""))))


@deciding
def _set_policy(request, by):
    units = Unit.objects.filter(path__startswith=by.unit.path)
    form = PolicyForm(units, request.POST)
    if not form.is_valid():
        return _policies_page(request, by, form, 422)
    try:
        changes.set_policy(by=by, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return _policies_page(request, by, form, 409)
    messages.success(request, _("The policy of %(unit)s is now in force.") % {"unit": form.cleaned_data["unit"]})
    return redirect("administration:office-security")


def _form(by, code: str) -> PolicyForm:
    units = Unit.objects.filter(path__startswith=by.unit.path)
    unit = units.filter(code=code or by.unit.code).first() or by.unit
    policy = policy_over(unit)
    now = {"second_factor": policy.second_factor, "step_up": policy.step_up} if policy else {}
    return PolicyForm(units, initial={"unit": unit.pk, **now})


def _policies_page(request, by, form, status=200):
    rows = SecurityPolicy.objects.filter(unit__path__startswith=by.unit.path).select_related("unit")
    context = {
        "form": form,
        "policies": rows.order_by("unit__path"),
        "above": None if by.unit.is_root() else policy_over(Unit.objects.get_parent(by.unit)),
        "by": by,
    }
    return render(request, "administration/security.html", context, status=status)


@login_required
def person(request, ref):
    """How one person signs in, for whoever administers an office of theirs."""
    by = administrator_or_404(request.user)
    return _person_page(request, by, _person_or_404(by, ref))


def _person_or_404(by, ref) -> User:
    return get_object_or_404(changes.people_answered_for(by), ref=ref)


def _person_page(request, by, someone, *, password="", form=None, status=200):
    context = {
        "person": someone,
        "page": Paginator(someone.sign_ins.all(), PER_PAGE).get_page(request.GET.get("page")),
        "factors": someone.authenticator_set.values_list("type", flat=True),
        "form": form or HelpForm(),
        "password": password,
    }
    return render(request, "administration/people/security.html", context, status=status)


@login_required
@require_POST
@deciding
@sensitive_variables("password")
def one_time_password(request, ref):
    """Issue a one-time password; it is on this page once and nowhere else."""

    def give(by, someone, **sent):
        password = changes.give_one_time_password(someone, by=by, **sent)
        if not password:
            messages.warning(
                request,
                _("This form has already issued a one-time password. If it was not noted, please issue another."),
            )
            return redirect("administration:person-security", someone.ref)
        return _person_page(request, by, someone, password=password)

    return _help(request, ref, give)


@login_required
@require_POST
@deciding
def factor_removal(request, ref):
    """Take a lost second factor away."""

    def take(by, someone, **sent):
        changes.take_factors_away(someone, by=by, **sent)
        messages.success(
            request, _("The second factor of %(person)s has been removed.") % {"person": someone.full_name}
        )
        return redirect("administration:person-security", someone.ref)

    return _help(request, ref, take)


def _help(request, ref, step):
    by = administrator_or_404(request.user)
    someone, form = _person_or_404(by, ref), HelpForm(request.POST)
    if not form.is_valid():
        return _person_page(request, by, someone, form=form, status=422)
    try:
        return step(by, someone, **form.cleaned_data)
    except Refused as refused:
        form.add_error(None, refused.reasons)
        return _person_page(request, by, someone, form=form, status=409)

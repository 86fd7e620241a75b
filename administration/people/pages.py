"""An administrator's pages of people: the list, one person, and what can be changed."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import Prefetch, Q
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.debug import sensitive_variables

from accounts.choosing import PersonField, UnitField
from accounts.models import Appointment, Delegation
from accounts.models.folded import every_word
from accounts.signing_in.one_time import give_password
from accounts.signing_in.step_up import deciding
from administration import consequences
from administration.edit_history import changes_of
from administration.people import changes
from administration.people.changes import DETAILS
from administration.people.form import PersonForm
from administration.rights import PER_PAGE, administrations, people_in_reach, person_or_404, units_of
from ledger.envelope import REGISTRY
from ledger.models import Event
from vietnamese.text import nfc
from workflow.history.sentences import line
from workflow.pages.keyed import ReasonForm, carried_out, status_of, with_reason

MAX_LINES_SHOWN = 30


@login_required
def people(request):
    """Everyone in reach by given name, found by words with or without marks."""
    matches, words = people_in_reach(request.user), nfc(request.GET.get("q", "")).strip()[:100]
    if words:
        matches = matches.filter(every_word(words))
    closed = request.GET.get("closed") == "1"
    matches = matches.filter(is_active=not closed)
    appointments = Appointment.objects.in_force().select_related("unit")
    page = Paginator(matches.prefetch_related(Prefetch("appointments", appointments, "current_appointments")), PER_PAGE)
    page = page.get_page(request.GET.get("page"))
    for row in page:  # one post may come with several roles
        row.posts = list(dict.fromkeys((one.post, one.unit.short_name) for one in row.current_appointments))
    context = {"page": page, "words": words, "closed": closed, "tab": "people"}
    return render(request, "administration/people/people.html", context)


@login_required
def person(request, ref):
    """Their appointments now and before, what is delegated, whether the account is open, and how it came to be so."""
    _by, someone, shut = person_or_404(request.user, ref)
    mine, appointments = administrations(request.user), someone.appointments.all()
    delegated = Delegation.objects.filter(Q(delegate=someone) | Q(appointment__user=someone))
    recorded = Event.objects.filter(chain=REGISTRY, facts__person=str(someone.ref)).select_related("opening")
    recorded = recorded.filter(unit__in=units_of(request.user).order_by().values("pk"))
    context = {
        "person": someone,
        "shut": shut,
        "self": someone.pk == request.user.pk,
        "appointments": [(one, any(by.unit.covers(one.unit) for by in mine)) for one in appointments],
        "delegations": delegated.select_related("delegate", "appointment__user", "appointment__unit").order_by("-pk"),
        "lines": [line(event) for event in recorded.defer("envelope").order_by("-pk")[:MAX_LINES_SHOWN]],
        "changes": changes_of(someone, [*DETAILS, "is_active"])[:MAX_LINES_SHOWN],
        "tab": "people",
    }
    return render(request, "administration/people/person.html", context)


@login_required
@deciding
@sensitive_variables("password")
def person_new(request):
    """A new account; its first password is shown once and must be changed at the first sign-in."""
    by = administrations(request.user)[0]
    form = PersonForm(request.POST or None)
    if form.is_bound and form.is_valid():
        event = carried_out(form, changes.register_person, form.instance, by=by)
        if event and event.facts["person"] == str(form.instance.ref):
            password = give_password(form.instance)
            context = {"person": form.instance, "password": password}
            return render(request, "administration/people/registered.html", context, status=201)
        if event:  # the same form again: the password was shown then, and never is twice
            return redirect("administration:person", event.facts["person"])
    context = {"form": form, "back": reverse("administration:people")}
    return render(request, "administration/people/new.html", context, status=status_of(form))


@login_required
@deciding
def person_change(request, ref):
    by, someone, shut = person_or_404(request.user, ref)
    form = PersonForm(request.POST or None, instance=someone)
    if form.is_bound and form.is_valid() and carried_out(form, changes.change_person, form.instance, by=by):
        messages.success(request, _("The changes have been saved and recorded."))
        return redirect("administration:person", ref)
    context = {"form": form, "person": someone, "shut": [] if form.is_bound else shut}
    context["back"] = reverse("administration:person", args=[ref])
    return render(request, "administration/people/change.html", context, status=status_of(form))


@login_required
@deciding
def person_deactivation(request, ref):
    """What becomes of their open work and who goes on, then the reason, then done."""
    by, someone, shut = person_or_404(request.user, ref)
    form = ReasonForm(request.POST or None)
    what = consequences.of([one for one in someone.appointments.all() if one.is_open], closing=someone)
    if with_reason(form, changes.deactivate_person, someone, by=by):
        return render(request, "administration/people/deactivated.html", {"person": someone, "what": what})
    context = {"form": form, "person": someone, "shut": [] if form.is_bound else shut, "what": what}
    context["back"] = reverse("administration:person", args=[ref])
    return render(request, "administration/people/deactivation.html", context, status=status_of(form))


@login_required
@deciding
def person_reactivation(request, ref):
    by, someone, shut = person_or_404(request.user, ref)
    form = ReasonForm(request.POST or None)
    if with_reason(form, changes.reactivate_person, someone, by=by):
        messages.success(request, _("The account of %(person)s is open again.") % {"person": someone})
        return redirect("administration:person", ref)
    context = {"form": form, "person": someone, "shut": [] if form.is_bound else shut}
    context["back"] = reverse("administration:person", args=[ref])
    return render(request, "administration/people/reactivation.html", context, status=status_of(form))


@login_required
def matching_people(request):
    """The list under the words of a person field, as they are typed: for everyone who holds an office."""
    return _matches(request, PersonField())


@login_required
def matching_units(request):
    """The same for units, in an administrator's reach."""
    return _matches(request, UnitField(units_of(request.user)))


def _matches(request, field):
    name = request.GET.get("field", "")
    name = name if name.isidentifier() else "chosen"
    words = nfc(request.GET.get(f"{name}-words", "")).strip()[:100]
    requested = words if len(words) > 1 and request.user.authorities else ""
    context = {"name": name, "words": requested, "matches": field.offered(requested, "")}
    return render(request, "administration/found.html", context)

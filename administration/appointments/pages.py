"""An administrator's pages of appointments: the list, a new one, an end."""

from contextlib import suppress
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.models import Appointment, User
from accounts.signing_in.step_up import deciding
from administration import consequences
from administration.appointments import changes
from administration.appointments.filter import AppointmentFilter
from administration.appointments.form import AppointmentForm
from administration.rights import PER_PAGE, over, units_of
from vietnamese.text import nfc
from workflow.pages.keyed import ReasonForm, carried_out, status_of, with_reason


@login_required
def appointments(request):
    """Every appointment in reach, narrowed as the address says."""
    requested = AppointmentFilter(request.GET)
    rows = requested.narrow(Appointment.objects.filter(unit__in=units_of(request.user).order_by().values("pk")))
    rows = rows.select_related("user", "unit").order_by("user__sort_key", "pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    context = {"filter": requested, "page": page, "tab": "appointments"}
    return render(request, "administration/appointments/appointments.html", context)


@login_required
@deciding
def appointment_new(request):
    """Who, where, as what; the address may name the person or the unit beforehand."""
    reach = units_of(request.user)
    form = AppointmentForm(reach, request.POST or None, initial=_named(request, reach))
    if form.is_bound and form.is_valid():
        made = form.appointment()
        if carried_out(form, changes.appoint, made, by=over(request.user, made.unit)):
            params = {"person": made.user, "post": made.post, "unit": made.unit.name}
            messages.success(request, _("%(person)s is appointed: %(post)s, %(unit)s.") % params)
            return redirect("administration:person", made.user.ref)
    context = {"form": form, "back": reverse("administration:appointments")}
    return render(request, "administration/appointments/new.html", context, status=status_of(form))


def _named(request, reach) -> dict:
    """What the address says already."""
    initial = {}
    with suppress(ValueError):
        initial["user"] = User.objects.filter(ref=UUID(request.GET.get("person", ""))).first()
    if code := nfc(request.GET.get("unit", "")):
        initial["unit"] = reach.filter(code=code).first()
    return initial


@login_required
@deciding
def appointment_ending(request, ref):
    """What happens to open work and to whom it goes, then the reason, then what was done."""
    reach = units_of(request.user).order_by().values("pk")
    appointment = Appointment.objects.filter(ref=ref, unit__in=reach).select_related("user", "unit").first()
    if appointment is None:
        raise Http404
    form, what = ReasonForm(request.POST or None), consequences.of([appointment])
    if with_reason(form, changes.end_appointment, appointment, by=over(request.user, appointment.unit)):
        return render(request, "administration/appointments/ended.html", {"appointment": appointment, "what": what})
    context = {"form": form, "appointment": appointment, "what": what}
    context["back"] = reverse("administration:person", args=[appointment.user.ref])
    return render(request, "administration/appointments/ending.html", context, status=status_of(form))

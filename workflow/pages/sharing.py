"""One dossier shared with one person until a day: for those whose own office reaches it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from accounts.signing_in.step_up import deciding
from ledger.envelope import REGISTRY
from ledger.models import Event
from workflow.history.sentences import line
from workflow.models import Dossier, DossierUserObjectPermission
from workflow.pages.keyed import ReasonForm, carried_out, status_of, with_reason
from workflow.pages.sharing_form import SharingForm
from workflow.rights.sharing import may_share, share, unshare


@login_required
@deciding
def sharing(request, ref):
    """Who has it now and had it before, and the form that gives it to one more."""
    dossier, by = _or_404(request.user, ref)
    form = SharingForm(request.POST or None)
    if form.is_bound and form.is_valid():
        cleaned = {name: form.cleaned_data[name] for name in ("person", "until", "note")}
        if carried_out(form, share, dossier, by=by, **cleaned):
            words = {"person": cleaned["person"], "day": date_format(cleaned["until"], "SHORT_DATE_FORMAT")}
            messages.success(request, _("%(person)s can read this dossier until %(day)s.") % words)
            return redirect("workflow:sharing", ref)
    events = Event.objects.filter(chain=REGISTRY, unit=dossier.unit, facts__dossier=str(dossier.ref))
    events = events.for_reading().order_by("-pk")
    context = {
        "dossier": dossier,
        "form": form,
        "grants": _grants(dossier).select_related("user"),
        "lines": [line(event) for event in events[:50]],
    }
    return render(request, "workflow/sharing.html", context, status=status_of(form))


@login_required
@deciding
def sharing_end(request, ref, person):
    dossier, by = _or_404(request.user, ref)
    grant = _grants(dossier).filter(user__ref=person).select_related("user").first()
    if grant is None:
        raise Http404
    form = ReasonForm(request.POST or None)
    if with_reason(form, _unshare_with(grant.user), dossier, by=by):
        messages.success(request, _("%(person)s can no longer read this dossier.") % {"person": grant.user})
        return redirect("workflow:sharing", ref)
    context = {"form": form, "grant": grant, "back": reverse("workflow:sharing", args=[ref])}
    return render(request, "workflow/sharing_end.html", context, status=status_of(form))


def _unshare_with(person):
    return lambda dossier, **cleaned: unshare(dossier, person=person, **cleaned)


def _grants(dossier):
    """Not run out yet, the first to run out on top."""
    return DossierUserObjectPermission.objects.in_force().filter(content_object_id=dossier.pk).order_by("expires_on")


def _or_404(user, ref):
    """The dossier and the capacity whose office reaches it; whoever was only given it to read finds no page."""
    dossier = Dossier.objects.visible_to(user).select_related("unit").filter(ref=ref).first()
    by = next((by for by in user.authorities if dossier and may_share(by, dossier)), None)
    if by is None:
        raise Http404
    return dossier, by

"""What a page that saves by itself is told: the same view and the same rules, answered in a few words of JSON."""

from django import forms
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from documents.pages import left_out

AUTO, COMPARE = "auto", "compare"  # what a script asks for with `go`; buttons ask for other things


def saved(seen: str, form: forms.Form, faults: dict[str, list[str]], **fragments: str) -> JsonResponse:
    """Saved, but for the fields at fault; `seen` replaces what the page carried, fragments what it shows."""
    at = time_format(timezone.localtime(), "H:i")
    words = _("Saved at %(time)s, but for what is marked.") if faults else _("Saved at %(time)s.")
    answer = {"seen": seen, "message": words % {"time": at}, "faults": faults, "fragments": fragments}
    return JsonResponse(answer | {"left_out": left_out.by_field(form)})


def refused(reasons: list[str], html: str = "") -> JsonResponse:
    """Not saved, and no use trying again without somebody's choice."""
    return JsonResponse({"reasons": reasons, "html": html}, status=409)


def compared(request, changes: list, over: str) -> JsonResponse:
    """Words kept in the browser beside what is stored, and whether that is newer; empty when they say the same."""
    context = {"changes": changes, "older": request.POST.get("seen") != over}
    html = render_to_string("documents/reports/two_texts.html", context, request) if changes else ""
    return JsonResponse({"html": html})


def not_the_writer(request) -> list[str]:
    """A page left open by one person saves nothing in the name of another who has signed in since."""
    if request.POST.get("writer", str(request.user.ref)) == str(request.user.ref):
        return []
    return [_("You are signed in as %(name)s, but this page was opened by somebody else.") % {"name": request.user}]

"""What a person proves before deciding, where their office asks for it: a second factor, and anew who they are."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import app_settings
from allauth.account.authentication import get_authentication_records
from allauth.account.decorators import reauthentication_required
from django.http import HttpResponse
from django.shortcuts import render

from accounts.signed_in import SignedIn
from accounts.signing_in.policy import lacks_second_factor, required_of

View = Callable[..., HttpResponse]
NOT_WORDS = frozenset({"csrfmiddlewaretoken", "key", "seen", "as", "next"})


def deciding(view: View) -> View:
    """A page on which something is decided. What was typed comes through: asked anew, the same POST goes on after."""
    proven: View = reauthentication_required(view)

    @wraps(view)
    def guarded(request: SignedIn, *args: Any, **kwargs: Any) -> HttpResponse:
        required = required_of(request.user)
        if required.second_factor and lacks_second_factor(request.user):
            return render(request, "account/second_factor_required.html", {"typed": _typed(request)}, status=403)
        if required.step_up and not _proved_lately(request):
            return proven(_without_query(request), *args, **kwargs)
        return view(request, *args, **kwargs)

    return guarded


def _proved_lately(request: SignedIn) -> bool:
    """Signing in counts as well as confirming."""
    proofs = get_authentication_records(request, request.user)
    return bool(proofs) and time.time() - proofs[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def _without_query(request: SignedIn) -> SignedIn:
    """A POST is taken up again by its bare path; what the address asked besides stays in `request.GET`."""
    if request.method == "POST" and request.GET:
        request.META["QUERY_STRING"] = ""
    return request


def _typed(request: SignedIn) -> list[str]:
    """The words in a form that is not accepted now, to be copied."""
    fields = (name for name in request.POST if name not in NOT_WORDS)
    return [text for name in fields for text in request.POST.getlist(name) if len(text.split()) > 1]

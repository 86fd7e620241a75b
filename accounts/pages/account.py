"""The page of one's own account, and the pages of allauth that are closed."""

from typing import NoReturn

from allauth.mfa.models import Authenticator
from allauth.usersessions.models import UserSession
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from accounts.signed_in import SignedIn
from accounts.signing_in.policy import SECOND_FACTORS, required_of


@login_required
def account(request: SignedIn) -> HttpResponse:
    """How I sign in: password, second factor, sessions, history."""
    factors = set(Authenticator.objects.filter(user=request.user).values_list("type", flat=True))
    context = {
        "required": required_of(request.user),
        "protected": bool(factors & set(SECOND_FACTORS)),
        "last": request.user.sign_ins.filter(outcome="signed_in")[1:2].first(),
        "refused": request.user.sign_ins.filter(outcome="refused").first(),
        "sessions": UserSession.objects.filter(user=request.user).count(),
    }
    return render(request, "account/account.html", context)


def closed(request: HttpRequest, *args: str, **kwargs: str) -> NoReturn:
    """Pages of allauth that an office has no use for: addresses and passwords come from an administrator."""
    raise Http404

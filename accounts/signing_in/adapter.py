"""What allauth is told about this office: no signing up, every attempt in the sign-in journal."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _

from accounts.models import SignIn, User
from accounts.signing_in.journal import proofs, record
from accounts.signing_in.policy import lacks_second_factor, required_of


class OfficeAccountAdapter(DefaultAccountAdapter):
    """Accounts are given by an administrator; nobody signs up. Every knock at the door is written down."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "too_many_login_attempts": _(
            "Too many failed attempts. Please wait 5 minutes; no sign-in is accepted until then."
        ),
        "rate_limited": _("Too many attempts. Wait 5 minutes and try again."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: str) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            record(request, SignIn.Outcome.HELD_OFF, name=credentials.get("username", ""), method="password")
            raise

    def authentication_failed(self, request: HttpRequest, **credentials: str) -> None:
        record(request, SignIn.Outcome.REFUSED, name=credentials.get("username", ""), method="password")

    def login(self, request: HttpRequest, user: User) -> None:
        given = proofs(request, user)
        super().login(request, user)
        record(request, SignIn.Outcome.SIGNED_IN, user=user, method=given)

    def post_login(self, request: HttpRequest, user: User, **kwargs: Any) -> HttpResponse:
        """Lead to the second factor where the office makes it obligatory."""
        response: HttpResponse = super().post_login(request, user, **kwargs)
        if not required_of(user).second_factor or not lacks_second_factor(user):
            return response
        messages.warning(
            request, _("Your office requires a second factor. Until you add one, you can read but not decide.")
        )
        return redirect("mfa_index")

    def reauthenticate(self, user: User, password: str) -> bool:
        confirmed: bool = super().reauthenticate(user, password)
        if confirmed:
            record(self.request, SignIn.Outcome.CONFIRMED, user=user, method="password")
        return confirmed

    def logout(self, request: HttpRequest) -> None:
        if request.user.is_authenticated:
            record(request, SignIn.Outcome.SIGNED_OUT, user=request.user)
        super().logout(request)

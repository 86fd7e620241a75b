"""The middleware that has a password given by an administrator changed first."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

OPEN = ("account_change_password", "account_logout", "account_login", "set_language")


class FirstPassword:
    """Who was given a password by an administrator chooses their own before anything else."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: object, args: object, kwargs: object) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.user.must_change_password:
            return None
        here = request.resolver_match
        if here and here.url_name in OPEN:
            return None
        messages.warning(request, _("An administrator gave you this password. Choose one that only you know."))
        return redirect(reverse("account_change_password"))

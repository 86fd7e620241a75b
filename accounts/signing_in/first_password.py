"""The middleware that has a password given by an administrator changed first."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

OPEN = ("account_change_password", "account_logout", "account_login", "set_language")


class FirstPassword:
    """Who was given a password by an administrator chooses their own before anything else."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if not request.user.is_authenticated or not request.user.must_change_password:
            return None
        if request.resolver_match.url_name in OPEN:
            return None
        messages.warning(request, _("An administrator gave you this password. Choose one that only you know."))
        return redirect(reverse("account_change_password"))

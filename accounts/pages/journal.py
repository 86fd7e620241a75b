"""The page of one's own sign-in journal."""

from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render

from accounts.signed_in import SignedIn

PER_PAGE = 50


@login_required
def sign_ins(request: SignedIn) -> HttpResponse:
    """My own sign-in history, the newest first."""
    page = Paginator(request.user.sign_ins.all(), PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "account/sign_ins.html", {"page": page})

"""Addresses of WHO: one's own account, and those of allauth's pages that an office has a use for."""

from django.urls import include, path, re_path

from accounts.pages import account, journal

CLOSED = r"^(signup|email|confirm-email|password/reset|password/set|login/code|social|3rdparty)(/.*)?$"

urlpatterns = [
    path("", account.account, name="account"),
    path("sign-ins/", journal.sign_ins, name="sign-ins"),
    re_path(CLOSED, account.closed),
    path("", include("allauth.urls")),
]

"""The addresses of every room."""

from django.contrib import admin
from django.contrib.auth.decorators import login_required
from django.urls import include, path

handler400 = "config.too_big.bad_request"
admin.site.login = login_required(admin.site.login)

urlpatterns = [
    path("quan-tri/", admin.site.urls),
    path("i18n/", include("django.conf.urls.i18n")),
    path("tai-khoan/", include("accounts.urls")),
    path("", include("administration.urls")),
    path("", include("audit.urls")),
    path("", include("workflow.urls")),
    path("", include("documents.urls")),
]

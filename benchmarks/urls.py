"""The addresses of the product and a bare one to measure against."""

from django.urls import include, path

from benchmarks import engine, plain

urlpatterns = [
    path("engine/<uuid:ref>/", engine.approval),
    path("plain/<uuid:ref>/", plain.approval),
    path("", include("config.urls")),
]

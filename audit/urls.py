"""Addresses of READ: the record, what stands out in it, why dossiers come back, and who opened what."""

from django.urls import path

from audit.pages import accesses, exceptions, history, returns

app_name = "audit"
urlpatterns = [
    path("history/", history.history, name="history"),
    path("history/export/", history.history_export, name="history-export"),
    path("history/exceptions/", exceptions.exceptions, name="exceptions"),
    path("history/exceptions/export/", exceptions.exceptions_export, name="exceptions-export"),
    path("history/returns/", returns.return_reasons, name="returns"),
    path("history/returns/points/", returns.return_points, name="return-points"),
    path("history/returns/export/", returns.returns_export, name="returns-export"),
    path("dossiers/<uuid:ref>/access/", accesses.accesses, name="accesses"),
    path("dossiers/<uuid:ref>/history/", history.dossier_history, name="dossier-history"),
]

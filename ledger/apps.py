"""How Django finds the ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = _("Record")

    def ready(self):
        from ledger import checks  # noqa: F401 - the checks register themselves

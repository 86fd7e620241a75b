"""How Django finds the ledger."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class LedgerConfig(AppConfig):
    name = "ledger"
    verbose_name = _("Record")

    def ready(self) -> None:
        from accounts import former_names
        from ledger import checks, guards  # noqa: F401 - the checks register themselves
        from ledger.catalogue.guards import GUARDS

        GUARDS.add(former_names.TRIGGER + guards.functions_sql() + guards.triggers_sql())

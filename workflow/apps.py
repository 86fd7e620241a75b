"""How Django finds the approval engine."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "workflow"
    verbose_name = _("Approval")

    def ready(self):
        from ledger.catalogue.guards import GUARDS
        from workflow import guards

        GUARDS.add(guards.functions_sql() + guards.triggers_sql())

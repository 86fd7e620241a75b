"""How Django finds the kinds of paper, which register themselves with the workflow."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Campaigns and papers")

    def ready(self):
        from documents import guards
        from documents.nominations.kind import NOMINATION
        from documents.reports.kind import REPORT
        from ledger.catalogue.guards import GUARDS
        from workflow.guards import freeze
        from workflow.kinds import register

        frozen = "".join(freeze(table, column).sql for table, column in guards.CONTENT.items())
        GUARDS.add(guards.INSTALL + guards.recorded_sql() + frozen)

        for kind in (REPORT, NOMINATION):
            register(kind)

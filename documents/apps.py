"""How Django finds the kinds of paper, which register themselves with the workflow."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DocumentsConfig(AppConfig):
    name = "documents"
    verbose_name = _("Campaigns and papers")

    def ready(self):
        from documents.nominations.kind import NOMINATION
        from documents.reports.kind import REPORT
        from workflow.kinds import register

        for kind in (REPORT, NOMINATION):
            register(kind)

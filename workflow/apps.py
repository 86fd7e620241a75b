from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class WorkflowConfig(AppConfig):
    name = "workflow"
    verbose_name = _("Approval")

    def ready(self):
        from workflow import account_record, checks  # noqa: F401 - the checks register themselves

        account_record.connect()

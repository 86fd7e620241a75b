"""How Django finds the administration, which hears how people change their sign-in."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AdministrationConfig(AppConfig):
    name = "administration"
    verbose_name = _("Administration")

    def ready(self):
        from administration.security import account_record

        account_record.connect()

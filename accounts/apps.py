"""How Django finds the people and units of the office."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    name = "accounts"
    verbose_name = _("Units and people")

    def ready(self) -> None:
        from django.contrib.auth.signals import user_logged_in

        from accounts.signing_in.sessions import begin

        user_logged_in.connect(begin)  # Django's own sign-in has no other hook that every door passes

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import Role

REFERENCE_DATA = {  # what an administrator keeps; never a dossier's content or state
    "accounts": {"unit", "unitkind", "user", "appointment", "delegation"},
    "documents": {"campaign", "outline", "awardtype", "recipient", "numberseries"},
}


class AppointmentBackend(AuthenticationBackend):
    """Signs people in and answers for reference data: administrators by appointment, no stored permissions."""

    def _check_password(self, user, password):
        """As allauth does; a password that an administrator gave and nobody used in time opens nothing."""
        found = super()._check_password(user, password)
        return None if found and found.given_password_has_run_out else found

    def has_perm(self, user_obj, perm, obj=None):
        app, _, action = perm.partition(".")
        verb, _, model = action.partition("_")
        allowed = verb in {"view", "add", "change"} and model in REFERENCE_DATA.get(app, ())
        return allowed and self._administers(user_obj)

    def has_module_perms(self, user_obj, app_label):
        return app_label in REFERENCE_DATA and self._administers(user_obj)

    def _administers(self, user) -> bool:
        return user.is_active and any(authority.role == Role.ADMINISTRATOR for authority in user.authorities)

    def get_all_permissions(self, user_obj, obj=None):
        return set()

    get_user_permissions = get_group_permissions = get_all_permissions

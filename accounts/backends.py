"""Who a password opens the door to, and who may see the reference data in Django's admin."""

from allauth.account.auth_backends import AuthenticationBackend

from accounts.models import Role

REFERENCE_DATA = {  # what an administrator keeps; never a dossier's content or state
    "accounts": {"unit", "unitkind", "user", "appointment", "delegation"},
    "documents": {"campaign", "outline", "awardtype", "recipient", "numberseries"},
}

SHARED = frozenset({"unitkind", "outline", "awardtype", "recipient"})  # by every unit: kept by those of the whole tree


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
        whole_tree = model in SHARED and verb != "view"
        return allowed and self._administers(user_obj, whole_tree=whole_tree)

    def has_module_perms(self, user_obj, app_label):
        return app_label in REFERENCE_DATA and self._administers(user_obj)

    def _administers(self, user, *, whole_tree=False) -> bool:
        held = [by for by in user.authorities if by.role == Role.ADMINISTRATOR]
        return user.is_active and any(by.unit.is_root() or not whole_tree for by in held)

    def get_all_permissions(self, user_obj, obj=None):
        return set()

    get_user_permissions = get_group_permissions = get_all_permissions

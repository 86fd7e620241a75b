"""Who a password opens the door to, and who may see the reference data in Django's admin."""

from allauth.account.auth_backends import AuthenticationBackend
from django.db.models import Model, QuerySet

from accounts.compiled import compiled
from accounts.models import Role, User

REFERENCE_DATA = {  # what an administrator keeps; never a dossier's content or state
    "accounts": {"unit", "unitkind", "user", "appointment", "delegation"},
    "documents": {"campaign", "outline", "awardtype", "recipient", "numberseries"},
}

SHARED = frozenset({"unitkind", "outline", "awardtype", "recipient"})  # by every unit: kept by those of the whole tree


@compiled(int)
def person_of(pk: int) -> QuerySet[User]:
    return User.objects.filter(pk=pk).order_by()


class AppointmentBackend(AuthenticationBackend):
    """Signs people in and answers for reference data: administrators by appointment, no stored permissions."""

    def _check_password(self, user: User, password: str) -> User | None:
        """As allauth does; a password that an administrator gave and nobody used in time opens nothing."""
        authenticated = super()._check_password(user, password)
        return None if authenticated and authenticated.given_password_has_run_out else authenticated

    def get_user(self, user_id: int | str) -> User | None:
        users = person_of(int(user_id))
        return users[0] if users and self.user_can_authenticate(users[0]) else None

    def has_perm(self, user_obj: User, perm: str, obj: Model | None = None) -> bool:
        app, _, action = perm.partition(".")
        verb, _, model = action.partition("_")
        allowed = verb in {"view", "add", "change"} and model in REFERENCE_DATA.get(app, ())
        whole_tree = model in SHARED and verb != "view"
        return allowed and self._administers(user_obj, whole_tree=whole_tree)

    def has_module_perms(self, user_obj: User, app_label: str) -> bool:
        return app_label in REFERENCE_DATA and self._administers(user_obj)

    def _administers(self, user: User, *, whole_tree: bool = False) -> bool:
        authorities = [by for by in user.authorities if by.role == Role.ADMINISTRATOR]
        return user.is_active and any(by.unit.is_root() or not whole_tree for by in authorities)

    def get_all_permissions(self, user_obj: User, obj: Model | None = None) -> set[str]:
        return set()

    get_user_permissions = get_group_permissions = get_all_permissions

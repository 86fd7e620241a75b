"""A person's rights on one dossier, as Django asks for them."""

from accounts.models import Role
from accounts.reach import reaches
from workflow.drafting.editing import why_not_edit
from workflow.models import Dossier, DossierUserObjectPermission
from workflow.models.steps import roles
from workflow.states import Verb


def can_see(user, dossier: Dossier) -> bool:
    """The Python twin of `DossierQuerySet.visible_to`; a property test holds the two equal."""
    if not (user.is_authenticated and user.is_active):
        return False
    if any(reaches(by, dossier) for by in user.authorities):
        return True
    return DossierUserObjectPermission.objects.in_force().filter(user=user, content_object_id=dossier.pk).exists()


class DossierBackend:
    """Answers `user.has_perm("workflow.<verb>", dossier)`: the right by role and unit; the rules say the rest."""

    def authenticate(self, request, **credentials):
        return None

    def get_user(self, user_id):
        return None

    def has_perm(self, user_obj, perm, obj=None):
        app, _, act = perm.partition(".")
        if app != "workflow" or not isinstance(obj, Dossier):
            return False
        if act == "view_dossier":
            return can_see(user_obj, obj)
        if act == "change_dossier":
            return any(by.role == Role.DRAFTER and not why_not_edit(obj, by) for by in user_obj.authorities)
        if act not in Verb.values:
            return False
        allowed = roles(Verb(act), obj.state)
        return any(by.role in allowed and reaches(by, obj) for by in user_obj.authorities)

    def has_module_perms(self, user_obj, app_label):
        return False

    def get_all_permissions(self, user_obj, obj=None):
        return set()

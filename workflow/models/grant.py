"""A dossier shared with one person until a day."""

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from guardian.managers import UserObjectPermissionManager
from guardian.models import UserObjectPermissionBase

from accounts.models import Recorded


class GrantQuerySet(models.QuerySet):
    def to_read(self):
        """The only right that is ever shared."""
        return self.filter(permission__codename="view_dossier")

    def in_force(self):
        still = Q(expires_on__isnull=True) | Q(expires_on__gte=timezone.localdate())
        return self.to_read().filter(still, ended_at=None, user__is_active=True)


class DossierUserObjectPermission(Recorded, UserObjectPermissionBase):
    """A grant made by hand: one dossier shared with one person, until a day. Always on the dossier, never the child."""

    content_object = models.ForeignKey("workflow.Dossier", models.PROTECT, related_name="grants")
    expires_on = models.DateField(_("to (last day)"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, editable=False)

    acts = ("shared", "unshared")

    objects = UserObjectPermissionManager.from_queryset(GrantQuerySet)()

    class Meta(UserObjectPermissionBase.Meta):
        abstract = False
        verbose_name = _("grant")

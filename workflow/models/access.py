"""Who viewed, downloaded and exported what."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class AccessLog(models.Model):
    """Who opened, printed or downloaded what. Kept apart from the ledger; the application may only add to it."""

    class Kind(models.TextChoices):
        VIEWED = "viewed", _("opened")
        DOWNLOADED = "downloaded", _("downloaded")
        PRINTED = "printed", _("printed")
        EXPORTED = "exported", _("exported")

    at = models.DateTimeField(auto_now_add=True)
    user = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    dossier = models.ForeignKey("workflow.Dossier", models.PROTECT, related_name="accesses", null=True)
    act = models.CharField(max_length=12, choices=Kind)
    detail = models.CharField(max_length=300, blank=True)

    class Meta:
        verbose_name = _("access")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["dossier", "-id"]), models.Index(fields=["user", "-id"])]

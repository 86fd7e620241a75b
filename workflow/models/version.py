"""A sealed version of a dossier's content."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.models import counted


class Version(models.Model):
    """What exactly was submitted: canonical bytes, sealed at submit. The database refuses to change or delete it."""

    dossier = models.ForeignKey("workflow.Dossier", models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()  # the exact RFC 8785 bytes
    content_hash = models.CharField(max_length=64)  # SHA-256 of them, in hexadecimal
    sealed_at = models.DateTimeField()

    class Meta:
        verbose_name = _("sealed version")
        ordering = ["dossier", "number"]
        constraints = [
            models.UniqueConstraint(fields=["dossier", "number"], name="version_number_once"),
            counted("version"),
        ]

    def __str__(self):
        return f"{self.dossier_id} v{self.number}"

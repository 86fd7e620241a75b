"""A sealed version of a dossier's content, and the words it was read under."""

import json

from django.db import models
from django.utils.translation import gettext_lazy as _

from ledger.models import counted


class Wording(models.Model):
    """Labels, units and questions that papers were read under: sealed once for all versions that name them."""

    digest = models.CharField(max_length=64)  # SHA-256 of the words, in hexadecimal: how versions name them
    words = models.BinaryField()  # the exact RFC 8785 bytes of place -> words

    class Meta:
        constraints = [models.UniqueConstraint(fields=["digest"], name="wording_once"), counted("wording")]

    def __str__(self):
        return self.digest

    def by_place(self) -> dict[str, dict]:
        parsed: dict[str, dict] = json.loads(bytes(self.words))
        return parsed


class Version(models.Model):
    """What exactly was submitted: canonical bytes, sealed at submit. The database refuses to change or delete it."""

    dossier = models.ForeignKey("workflow.Dossier", models.PROTECT, related_name="versions", db_index=False)
    number = models.PositiveIntegerField()
    content = models.BinaryField()  # the exact RFC 8785 bytes
    content_hash = models.CharField(max_length=64)  # SHA-256 of them, in hexadecimal
    wording = models.ForeignKey(  # the one that the content names; the database fills it in
        Wording, models.PROTECT, related_name="versions", db_index=False, editable=False
    )
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

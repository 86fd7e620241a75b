"""The rows of a file attached to a dossier, and of its bytes."""

import hashlib
from collections.abc import Iterator
from pathlib import Path

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.translation import gettext_lazy as _

from workflow.models.dossier_query import rows_of


class Blob(models.Model):
    """A file's bytes, kept once under their SHA-256 however often they are attached."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveIntegerField()  # bytes
    content_type = models.CharField(max_length=120)

    class Meta:
        verbose_name = _("file")

    def __str__(self):
        return self.sha256

    @property
    def path(self) -> Path:
        return stored_at(self.sha256)

    def open(self):
        return self.path.open("rb")


def stored_at(sha256: str) -> Path:
    """Where bytes with this hash lie."""
    return Path(settings.MEDIA_ROOT) / sha256[:2] / sha256


class Attachment(models.Model):
    """A file attached to a dossier under the name it was given."""

    class Kind(models.TextChoices):
        EVIDENCE = "evidence", _("evidence")
        MINUTES = "minutes", _("minutes of the meeting")
        ACHIEVEMENTS = "achievements", _("achievement report")
        LIST = "list", _("list of nominees")
        OPINION = "opinion", _("opinion")
        SIGNED_COPY = "signed_copy", _("signed copy")
        OTHER = "other", _("other")

    dossier = models.ForeignKey("workflow.Dossier", models.PROTECT, related_name="attachments")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="attachments")
    name = models.CharField(_("name"), max_length=255)
    kind = models.CharField(_("kind"), max_length=15, choices=Kind, default=Kind.EVIDENCE)

    class Meta:
        verbose_name = _("attachment")
        verbose_name_plural = _("attachments")
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["dossier", "blob"], name="attached_once")]

    def __str__(self):
        return self.name


def attachment_rows() -> models.Subquery:
    """The files of the outer dossier as content() lists them, in an order that does not depend on when they came."""
    files = Attachment.objects.filter(dossier=OuterRef("pk")).order_by("blob__sha256")
    return rows_of(
        files.values(
            row=JSONObject(
                name=F("name"),
                sha256=F("blob__sha256"),
                size=F("blob__size"),
                type=F("blob__content_type"),
                kind=F("kind"),
            )
        )
    )


def broken_files(named: dict[str, str]) -> Iterator[str]:
    """Files of these (SHA-256 -> name) whose bytes are gone or are not what their hash says."""
    for sha256, name in named.items():
        try:
            with stored_at(sha256).open("rb") as file:
                whole = hashlib.file_digest(file, "sha256").hexdigest() == sha256
        except OSError:
            yield f"the file “{name}” cannot be read where it was stored"
            continue
        if not whole:
            yield f"the stored file “{name}” is not the one that was attached"

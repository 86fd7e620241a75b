"""A people import as the database keeps it: the workbook, and what the check says of each row."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _


class PeopleImport(models.Model):
    """One workbook of units, people and appointments: what a dry run found, and how far its import has come."""

    class State(models.TextChoices):
        CHECKING = "checking", _("being checked")
        UNREADABLE = "unreadable", _("cannot be read")
        CHECKED = "checked", _("checked")
        CONFIRMED = "confirmed", _("being imported")
        IMPORTED = "imported", _("imported")
        REFUSED = "refused", _("not imported")

    ref = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    administrator = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    capacity = models.UUIDField()  # the ref of the authority in which they act
    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+")
    file_name = models.CharField(max_length=200)
    workbook = models.BinaryField()  # empty once it has been kept for long enough
    sha256 = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)  # of every row's outcome as the dry run showed it
    counts = models.JSONField(default=dict)  # sheet -> outcome -> rows
    state = models.CharField(max_length=10, choices=State, default=State.CHECKING)
    reasons = models.JSONField(default=list)  # why it was not read or imported, in the administrator's words
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)  # written while it is checked or imported, on a line of its own
    checked_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("import from Excel")
        verbose_name_plural = _("imports from Excel")
        ordering = ["-pk"]

    def __str__(self):
        return self.file_name

    def rows_that(self, *outcomes: str) -> int:
        return sum(counted.get(outcome, 0) for counted in self.counts.values() for outcome in outcomes)

    @property
    def is_under_way(self) -> bool:
        """Whether a worker has it or will have it."""
        return self.state in (self.State.CHECKING, self.State.CONFIRMED)

    @property
    def is_clean(self) -> bool:
        """Whether every row can be carried out and at least one changes something."""
        return not self.rows_that("refused") and self.rows_that("new", "changed") > 0


class PeopleImportRow(models.Model):
    """What the dry run says of one row of the workbook."""

    class Outcome(models.TextChoices):
        NEW = "new", _("new")
        CHANGED = "changed", _("changed")
        SAME = "same", _("as it is")
        REFUSED = "refused", _("refused")

    people_import = models.ForeignKey(PeopleImport, models.CASCADE, related_name="rows")
    sheet = models.CharField(max_length=12)
    number = models.PositiveIntegerField()
    outcome = models.CharField(max_length=8, choices=Outcome)
    name = models.CharField(max_length=300)
    changes = models.JSONField(default=list)  # [column, from, to]
    problems = models.JSONField(default=list)  # [column, sentence, what it says]

    class Meta:
        verbose_name = _("row of an import")
        ordering = ["pk"]
        indexes = [models.Index(fields=["people_import", "outcome", "id"])]

    def __str__(self):
        return f"{self.sheet} {self.number}"

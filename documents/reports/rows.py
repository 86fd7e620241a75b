"""What a unit writes into its report: a row a section, a figure, an attestation.

A full report has seventy such rows, so that each column and index costs it kilobytes: a row is known by its place.
"""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords


class ReportSection(models.Model):
    """The text of one section, sanitised HTML; no row or an empty one means nothing was written."""

    pk = models.CompositePrimaryKey("report", "section")
    report = models.ForeignKey("documents.Report", models.CASCADE, related_name="section_texts", db_index=False)
    section = models.ForeignKey("documents.Section", models.PROTECT, related_name="+", db_index=False)
    html = models.TextField(_("text"), blank=True)
    history = HistoricalRecords(excluded_fields=["pk"], no_db_index=["section"])

    class Meta:
        verbose_name = _("section of a report")

    def __str__(self):
        return f"{self.report_id}: {self.section_id}"


class Figure(models.Model):
    """One figure, in the column of its type, or the reason why there is none. Missing is never zero."""

    COLUMNS = {"bool": "truth", "table": "rows"} | dict.fromkeys(("int", "decimal", "percent", "money"), "number")

    pk = models.CompositePrimaryKey("report", "indicator")
    report = models.ForeignKey("documents.Report", models.CASCADE, related_name="figures", db_index=False)
    indicator = models.ForeignKey("documents.Indicator", models.PROTECT, related_name="+", db_index=False)
    number = models.DecimalField(max_digits=30, decimal_places=15, null=True)
    text = models.TextField(blank=True)  # text and richtext; a date in ISO; of a file its SHA-256
    truth = models.BooleanField(null=True)
    rows = models.JSONField(null=True)  # of a table: [{column: text}]; an empty list says that there are none
    missing_reason = models.CharField(_("why there is no figure"), max_length=300, blank=True)
    history = HistoricalRecords(excluded_fields=["pk"], no_db_index=["indicator"])

    class Meta:
        verbose_name = _("figure")
        constraints = [
            models.CheckConstraint(
                condition=Q(missing_reason="") | Q(number=None, text="", truth=None, rows__isnull=True),
                name="figure_or_reason",
            ),
        ]

    def __str__(self):
        return f"{self.report_id}: {self.indicator_id}"

    @classmethod
    def column(cls, type: str) -> str:
        """The column that holds a figure of this type."""
        return cls.COLUMNS.get(type, "text")

    def put(self, type: str, value: Decimal | int | bool | str | list | None, missing_reason: str = "") -> bool:
        """Hold this value, or the reason why there is none. Returns whether anything changed."""
        new = {"number": None, "text": "", "truth": None, "rows": None, "missing_reason": ""}
        if value is None or value == "":
            new["missing_reason"] = missing_reason
        else:
            new[self.column(type)] = value
        changed = any(getattr(self, column) != content for column, content in new.items())
        vars(self).update(new)
        return changed


class ReportAttestation(models.Model):
    """What the unit attests, who gave it and when."""

    pk = models.CompositePrimaryKey("report", "attestation")
    report = models.ForeignKey("documents.Report", models.CASCADE, related_name="attestations", db_index=False)
    attestation = models.ForeignKey("documents.Attestation", models.PROTECT, related_name="+", db_index=False)
    given = models.BooleanField(_("given"), default=False)
    person_name = models.CharField(_("given by"), max_length=200, blank=True)
    given_on = models.DateField(_("on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=1000, blank=True)

    class Meta:
        verbose_name = _("attestation of a report")

    def __str__(self):
        return f"{self.report_id}: {self.attestation_id}"

"""The series in which a unit's outgoing papers are numbered."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Recorded

MAX_SYMBOL_CHARACTERS = 60  # what a paper has room for


class DocumentType(models.TextChoices):
    """Types of outgoing papers with their abbreviations of Decree 30/2020, annex III."""

    REPORT = "BC", _("Report")
    SUBMISSION = "TTr", _("Submission")
    DECISION = "QĐ", _("Decision")
    LETTER = "CV", _("Official letter")


def pattern_that_works(pattern: str) -> None:
    """A pattern that names the number, fills in nothing unknown and leaves a symbol that fits on the paper."""
    try:
        sample = pattern.format(number="99999", type=max(DocumentType.values, key=len), symbol="S" * 20)
    except (KeyError, IndexError, ValueError, AttributeError):
        raise ValidationError(_("Only {number}, {type} and {symbol} can be filled in.")) from None
    if "{number}" not in pattern:
        raise ValidationError(_("The pattern must contain {number}."))
    if len(sample) > MAX_SYMBOL_CHARACTERS:
        raise ValidationError(
            _("The symbol would be longer than %(most)d characters."), params={"most": MAX_SYMBOL_CHARACTERS}
        )


class NumberSeries(Recorded):
    """Where the next number of a unit's papers of one type comes from, in one year."""

    PATTERN = "{number}/{type}-{symbol}"

    unit = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name=_("unit"))
    document_type = models.CharField(_("document type"), max_length=10, choices=DocumentType)
    year = models.PositiveSmallIntegerField(_("year"))
    next_number = models.PositiveIntegerField(_("next number"), default=1)
    pattern = models.CharField(
        _("pattern of the symbol"),
        max_length=60,
        default=PATTERN,
        validators=[pattern_that_works],
        help_text=_("{number}, {type} and {symbol} (the unit's) are filled in: 27/TTr-LĐLĐ."),
    )

    acts = ("reference_changed", "dispatched")

    class Meta:
        verbose_name = _("number series")
        verbose_name_plural = _("number series")
        ordering = ["unit", "-year", "document_type"]
        constraints = [
            models.UniqueConstraint(fields=["unit", "document_type", "year"], name="number_series_once"),
            models.CheckConstraint(condition=models.Q(next_number__gte=1), name="number_series_from_one"),
        ]

    def __str__(self):
        return f"{self.document_type} {self.unit.symbol} {self.year}"

    def written(self, number: int) -> str:
        """The symbol as printed: `05/BC-LĐLĐ`, below ten with a leading zero as Decree 30/2020 asks."""
        return self.pattern.format(number=f"{number:02}", type=self.document_type, symbol=self.unit.symbol)

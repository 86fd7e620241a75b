"""Kinds of award: who decides each, and which ballot it requires."""

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Recorded
from documents.awards.ballot import Of, Threshold
from documents.awards.recipient import Recipient
from documents.content.bilingual import in_readers_language


class Target(models.TextChoices):
    INDIVIDUAL = "individual", _("individual")
    COLLECTIVE = "collective", _("collective")


class AwardTypeQuerySet(models.QuerySet):
    def in_force(self, on=None):
        day = on or timezone.localdate()
        return self.filter(Q(valid_to=None) | Q(valid_to__gte=day), valid_from__lte=day)


class AwardType(Recorded):
    """An award, who decides it and what ballot it asks. Rules change: a change is a new row with its own dates."""

    code = models.CharField(_("code"), max_length=30)
    name_vi = models.CharField(_("name"), max_length=200)
    name_en = models.CharField(_("name in English"), max_length=200, blank=True)
    target = models.CharField(_("for"), max_length=12, choices=Target, blank=True, help_text=_("Leave empty for both."))
    decided_by = models.CharField(_("decided by"), max_length=200)
    deciding_unit = models.ForeignKey(
        "accounts.Unit",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=_("deciding unit"),
        help_text=_("Leave empty if a body outside this federation decides; the nomination is then forwarded."),
    )
    forwarded_to = models.CharField(_("forwarded to"), max_length=20, choices=Recipient.Kind, blank=True)
    threshold_numerator = models.PositiveIntegerField(_("votes in favour, parts"), null=True, blank=True)
    threshold_denominator = models.PositiveIntegerField(_("votes in favour, of parts"), null=True, blank=True)
    threshold_strict = models.BooleanField(_("more than that share; exactly that is not enough"), default=False)
    threshold_of = models.CharField(_("measured against"), max_length=15, choices=Of, default=Of.ALL_MEMBERS)
    valid_from = models.DateField(_("valid from"))
    valid_to = models.DateField(_("valid to (last day)"), null=True, blank=True)
    history = HistoricalRecords(excluded_fields=["recorded"])

    acts = ("reference_changed",)
    objects = AwardTypeQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ["code", "-valid_from"]
        constraints = [
            models.UniqueConstraint(fields=["code", "valid_from"], name="award_from_a_day_once"),
            models.CheckConstraint(
                condition=Q(threshold_numerator=None, threshold_denominator=None, threshold_strict=False)
                | Q(threshold_numerator__isnull=False, threshold_denominator__isnull=False)
                & Q(threshold_numerator__gte=1)
                & (
                    Q(threshold_numerator__lt=F("threshold_denominator"))
                    | Q(threshold_numerator=F("threshold_denominator"), threshold_strict=False)
                ),
                name="award_threshold_is_a_share",
            ),
            models.CheckConstraint(
                condition=Q(deciding_unit=None) ^ Q(forwarded_to=""),
                name="award_decided_here_or_forwarded",
                violation_error_message=_(
                    "An award is either decided by a unit in this system or forwarded; please choose one."
                ),
            ),
        ]

    def __str__(self):
        return in_readers_language(self.name_vi, self.name_en)

    @property
    def threshold(self) -> Threshold | None:
        """The ballot it asks of the Standing Committee; None when it asks none."""
        if self.threshold_numerator is None:
            return None
        share = self.threshold_numerator, self.threshold_denominator
        return Threshold(*share, Of(self.threshold_of), strict=self.threshold_strict)

    @threshold.setter
    def threshold(self, value: Threshold | None) -> None:
        self.threshold_numerator, self.threshold_denominator = (
            (value.numerator, value.denominator) if value else (None, None)
        )
        self.threshold_strict = bool(value and value.strict)
        self.threshold_of = value.of if value else Of.ALL_MEMBERS

    @property
    def threshold_share(self) -> str:
        """As its rule writes it: 2/3, 80%."""
        return self.threshold.share if self.threshold else ""

    def read_under(self) -> dict:
        """What whoever signs a nomination reads of its award: name, deciding body, the ballot it asks."""
        names = {"vi": self.name_vi} | ({"en": self.name_en} if self.name_en else {})
        decided = {"decided_by": self.decided_by, "forwarded_to": self.forwarded_to}
        if self.deciding_unit:
            decided["deciding_unit"] = self.deciding_unit.code
        if self.threshold:
            share = {"share": self.threshold.share, "of": str(self.threshold_of), "strict": self.threshold_strict}
            decided["threshold"] = share
        return names | decided

    @property
    def is_own(self) -> bool:
        """Decided here by a unit of the federation, not forwarded."""
        return self.deciding_unit_id is not None

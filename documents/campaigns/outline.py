"""An outline and its sections, indicators and attestations."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.models import Recorded
from documents.content.bilingual import Labelled, Titled, in_readers_language


class Outline(Titled, Recorded):
    """What a report is asked to say. Published, it never changes, as the database sees to; a change is a version."""

    code = models.CharField(_("code"), max_length=40)
    version = models.PositiveSmallIntegerField(_("version"), default=1)
    title_vi = models.CharField(_("title"), max_length=400)
    title_en = models.CharField(_("title in English"), max_length=400, blank=True)
    document_type = models.CharField(_("document type"), max_length=10)
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"))
    legal_basis = models.JSONField(_("legal basis"), default=list)  # list of lines
    guidance_vi = models.TextField(_("guidance"), blank=True)
    guidance_en = models.TextField(_("guidance in English"), blank=True)
    annexes = models.JSONField(default=list)  # [{code, vi, en}]
    checklists = models.JSONField(
        default=dict
    )  # {"report" | "nomination": [{code, vi, en}]}, a campaign's first choice
    consolidation = models.JSONField(default=dict)  # {sum: [code], weighted_average: [{field, weight}]}
    source_hash = models.CharField(max_length=64, editable=False)  # SHA-256 of the data it was loaded from
    published_at = models.DateTimeField(_("published at"), null=True, editable=False)

    acts = ("reference_changed",)

    class Meta:
        verbose_name = _("outline")
        verbose_name_plural = _("outlines")
        ordering = ["code", "-version"]
        constraints = [models.UniqueConstraint(fields=["code", "version"], name="outline_version_once")]

    def __str__(self):
        return f"{self.code} v{self.version}"

    @property
    def guidance(self) -> str:
        return in_readers_language(self.guidance_vi, self.guidance_en)


class Section(Titled, Recorded):
    """One heading of an outline; it wants text unless it has parts."""

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="sections")
    parent = models.ForeignKey("self", models.CASCADE, related_name="parts", null=True)
    code = models.CharField(max_length=12)
    title_vi = models.CharField(max_length=400)
    title_en = models.CharField(max_length=400, blank=True)
    guidance_vi = models.TextField(blank=True)
    position = models.PositiveSmallIntegerField()  # reading order through the whole outline
    has_parts = models.BooleanField(default=False)
    optional = models.BooleanField(default=False)
    origin = models.CharField(max_length=10)  # "seed": named in the plan; "added": usual in such reports

    acts = ("reference_changed",)

    class Meta:
        verbose_name = _("section")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["outline", "code"], name="section_code_once")]

    def __str__(self):
        return f"{self.code}. {self.title}"

    @property
    def wants_text(self) -> bool:
        return not self.has_parts


class Indicator(Labelled, Recorded):
    """One figure a section asks for."""

    class Type(models.TextChoices):
        INT = "int", _("whole number")
        DECIMAL = "decimal", _("number")
        PERCENT = "percent", _("percentage")
        MONEY = "money", _("amount of money")
        TEXT = "text", _("short text")
        RICHTEXT = "richtext", _("text")
        BOOL = "bool", _("yes or no")
        DATE = "date", _("date")
        TABLE = "table", _("table")
        FILE = "file", _("file")

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="indicators")
    section = models.ForeignKey(Section, models.CASCADE, related_name="indicators")
    code = models.SlugField(max_length=60)
    label_vi = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300, blank=True)
    type = models.CharField(max_length=10, choices=Type)
    unit = models.CharField(max_length=40, blank=True)  # "người", "lớp", "đồng"
    check_rule = models.CharField(max_length=80, blank=True)  # "<= lao_dong_total": a warning, not a refusal
    computed = models.CharField(max_length=80, blank=True)  # "count(mo_hinh)": never typed
    columns = models.JSONField(default=list)  # of a table: [code]
    optional = models.BooleanField(default=False)
    position = models.PositiveSmallIntegerField()
    origin = models.CharField(max_length=10)

    acts = ("reference_changed",)

    class Meta:
        verbose_name = _("indicator")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["outline", "code"], name="indicator_code_once")]

    def __str__(self):
        return self.label


class Attestation(Labelled, Recorded):
    """What the unit must attest before it sends: agreed with the employer's head, opinion of the Party committee."""

    class When(models.TextChoices):
        ALWAYS = "always", _("always")
        EMPLOYER_HEAD = "employer_head", _("where there is an employer's head")
        PARTY_ORG = "has_party_org", _("where there is a Party organisation")

    outline = models.ForeignKey(Outline, models.CASCADE, related_name="attestations")
    code = models.SlugField(max_length=60)
    label_vi = models.CharField(max_length=300)
    label_en = models.CharField(max_length=300, blank=True)
    applies_when = models.CharField(max_length=20, choices=When)
    position = models.PositiveSmallIntegerField()

    acts = ("reference_changed",)

    class Meta:
        verbose_name = _("attestation")
        ordering = ["position"]
        constraints = [models.UniqueConstraint(fields=["outline", "code"], name="attestation_code_once")]

    def __str__(self):
        return self.label

    @staticmethod
    def applies(when: str, unit) -> bool:
        """Whether an attestation with this condition applies to this unit."""
        return when == Attestation.When.ALWAYS or bool(getattr(unit, when))

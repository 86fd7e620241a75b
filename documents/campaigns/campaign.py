"""A campaign: one call for reports and nominations, with its plan, outline and days."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from accounts.models import Recorded, Unit
from accounts.reach import reach
from documents.content.bilingual import Titled, in_readers_language
from workflow.paper.terms import Terms


class Campaign(Titled, Recorded):
    """One call for reports and nominations: the plan it follows, its outline, who is asked and until when."""

    outline = models.ForeignKey(
        "documents.Outline", models.PROTECT, related_name="campaigns", verbose_name=_("outline")
    )
    organizer = models.ForeignKey("accounts.Unit", models.PROTECT, related_name="+", verbose_name=_("organised by"))
    plan_no = models.CharField(_("plan number"), max_length=40)
    plan_date = models.DateField(_("date of the plan"))
    title_vi = models.CharField(_("title"), max_length=400)
    title_en = models.CharField(_("title in English"), max_length=400, blank=True)
    short_title = models.CharField(_("short title"), max_length=120)
    period_from = models.DateField(_("period from"))
    period_to = models.DateField(_("period to"))
    due_on = models.DateField(_("due date"))
    legal_basis = models.JSONField(_("legal basis"), default=list, blank=True)  # list of lines
    asked = models.ManyToManyField(
        "accounts.Unit", related_name="campaigns", verbose_name=_("reporting units"), blank=True
    )
    awards = models.ManyToManyField(
        "documents.AwardType", related_name="campaigns", verbose_name=_("awards to propose"), blank=True
    )
    report_checklist = models.JSONField(_("reviewer's list for reports"), default=list, blank=True)  # [{code, vi, en}]
    nomination_checklist = models.JSONField(_("reviewer's list for nominations"), default=list, blank=True)
    usual_recipients = models.ManyToManyField(
        "documents.Recipient", related_name="+", verbose_name=_("usual recipients"), blank=True
    )
    history = HistoricalRecords(excluded_fields=["recorded"])

    acts = ("reference_changed",)

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ["-plan_date", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["organizer", "plan_no", "plan_date"], name="campaign_of_a_plan_once"),
            models.CheckConstraint(condition=Q(period_to__gte=F("period_from")), name="campaign_period_in_order"),
        ]

    def __str__(self):
        return self.short_title

    def save(self, *args, **kwargs):
        if self._state.adding:
            self._take_from_outline()
        super().save(*args, **kwargs)

    @property
    def report_subject(self) -> str:
        """What a unit's report is called in lists and registers; its full title stands on the paper itself."""
        return f"Báo cáo {self.short_title[:1].lower()}{self.short_title[1:]}"

    def read_under(self) -> dict[str, str]:
        """What papers of this campaign bear at their head, beside the plan that their content names."""
        return {"vi": self.title_vi} | ({"en": self.title_en} if self.title_en else {})

    def _take_from_outline(self):
        """What the campaign does not say itself it takes from its outline, once."""
        self.period_from = self.period_from or self.outline.period_from
        self.period_to = self.period_to or self.outline.period_to
        self.legal_basis = self.legal_basis or self.outline.legal_basis
        self.report_checklist = self.report_checklist or self.outline.checklists.get("report", [])
        self.nomination_checklist = self.nomination_checklist or self.outline.checklists.get("nomination", [])


def checklist(items: list[dict]) -> tuple[tuple[str, str], ...]:
    """(code, sentence) pairs in the reader's language from a campaign's list."""
    return tuple((item["code"], in_readers_language(item["vi"], item.get("en", ""))) for item in items)


def campaign_terms(campaign: Campaign, *, numbers=(), people=(), words=()) -> Terms:
    """What a paper of this campaign is found by, besides what it says itself."""
    return Terms(
        numbers=(campaign.plan_no, *filter(None, numbers)),
        people=tuple(people),
        words=(campaign.short_title, *filter(None, words)),
        topic=f"campaign:{campaign.pk}",
    )


def campaign_topics(kind, user) -> list[tuple[str, str]]:
    """The campaigns within reach, as search names them; the same for every kind that answers to a campaign."""
    return [(f"campaign:{campaign.pk}", str(campaign)) for campaign in campaigns_of(user)]


def campaigns_of(user) -> models.QuerySet[Campaign]:
    """Campaigns that ask a unit within reach, or that such a unit has called."""
    units = Unit.objects.filter(reach(user.authorities, unit=""))
    asking = Campaign.asked.through.objects.filter(unit__in=units).values("campaign")
    return Campaign.objects.filter(Q(organizer__in=units) | Q(pk__in=asking))

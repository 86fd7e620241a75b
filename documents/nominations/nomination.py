"""A nomination for an award, as a dossier."""

from django.conf import settings
from django.db import models
from django.db.models import F, OuterRef
from django.db.models.functions import JSONObject
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from accounts.models import User
from documents.attachments.attachment import attachment_rows, broken_files
from documents.awards.award import Target
from documents.campaigns.campaign import campaign_terms, campaign_topics, checklist
from documents.nominations import rules
from documents.nominations.parts import NominationParts
from documents.nominations.unit_ballot import UnitBallot
from documents.register import road_end
from documents.register.referral import ReferralOutcome
from vietnamese.text import fold, nfc
from workflow.models import Dossier
from workflow.models.dossier_query import DossierQuerySet, rows_of
from workflow.paper.terms import Terms
from workflow.states import State, Verb


class NominationQuerySet(DossierQuerySet):
    def with_content(self):
        """The nomination with its award, campaign, previous awards and files: one statement."""
        previous = PreviousAward.objects.filter(nomination=OuterRef("pk")).order_by("year", "form", "decision_no", "pk")
        row = JSONObject(year=F("year"), form=F("form"), decision_no=F("decision_no"), decided_by=F("decided_by"))
        return self.select_related("unit", "campaign", "award__deciding_unit", "nominee_user").annotate(
            previous_rows=rows_of(previous.values(row=row)), attachment_rows=attachment_rows()
        )


class AwardNomination(UnitBallot, Dossier):
    """A person or a collective proposed for an award, with the meeting and the ballot that proposed them."""

    class Sex(models.TextChoices):
        FEMALE = "female", gettext_lazy("female")
        MALE = "male", gettext_lazy("male")

    campaign = models.ForeignKey(
        "documents.Campaign", models.PROTECT, related_name="nominations", verbose_name=gettext_lazy("campaign")
    )
    award = models.ForeignKey(
        "documents.AwardType", models.PROTECT, related_name="nominations", verbose_name=gettext_lazy("award proposed")
    )
    target = models.CharField(gettext_lazy("for"), max_length=12, choices=Target)

    nominee_user = models.ForeignKey(
        "accounts.User",
        models.PROTECT,
        related_name="+",
        null=True,
        blank=True,
        verbose_name=gettext_lazy("nominee's account"),
        help_text=gettext_lazy(
            "If the nominee has an account here: that person may then decide nothing in this dossier."
        ),
    )
    honorific = models.CharField(gettext_lazy("honorific"), max_length=5, choices=User.Honorific, blank=True)
    full_name = models.CharField(gettext_lazy("full name"), max_length=200, blank=True)
    birth_year = models.PositiveSmallIntegerField(gettext_lazy("year of birth"), null=True, blank=True)
    sex = models.CharField(gettext_lazy("sex"), max_length=6, choices=Sex, blank=True)
    union_post = models.CharField(gettext_lazy("post in the union"), max_length=200, blank=True)
    professional_post = models.CharField(gettext_lazy("professional post"), max_length=200, blank=True)
    workplace = models.CharField(gettext_lazy("workplace"), max_length=300, blank=True)
    party_member = models.BooleanField(gettext_lazy("Party member"), null=True, blank=True)

    official_name = models.CharField(
        gettext_lazy("name of the collective, as it is to be printed"), max_length=300, blank=True
    )
    members_total = models.PositiveIntegerField(gettext_lazy("members"), null=True, blank=True)
    female_total = models.PositiveIntegerField(gettext_lazy("of whom women"), null=True, blank=True)

    achievement_summary = models.TextField(gettext_lazy("summary of achievements"), blank=True)
    achievement_report = models.TextField(gettext_lazy("achievement report"), blank=True)  # sanitised HTML
    printed_citation = models.CharField(gettext_lazy("citation to be printed"), max_length=500, blank=True)

    met_on = models.DateField(gettext_lazy("date of the unit's meeting"), null=True, blank=True)
    minutes_no = models.CharField(gettext_lazy("number of the minutes"), max_length=60, blank=True)

    employer_opinion = models.TextField(gettext_lazy("opinion of the employer's head"), blank=True)
    party_opinion = models.TextField(gettext_lazy("opinion of the Party committee"), blank=True)
    published_from = models.DateField(gettext_lazy("posted for the members from"), null=True, blank=True)
    published_to = models.DateField(gettext_lazy("to"), null=True, blank=True)

    outcomes = dict(ReferralOutcome.choices)
    search_related = ("campaign", "award")

    topics = classmethod(campaign_topics)
    objects = NominationQuerySet.as_manager()
    nominations_only = True

    class Meta:
        verbose_name = gettext_lazy("award nomination")
        verbose_name_plural = gettext_lazy("award nominations")

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.due_on = self.due_on or self.campaign.due_on
        if self.is_open:
            self._clean_texts()
            self.subject = self._subject()
            self.search_text = fold(self.subject)
        super().save(*args, **kwargs)

    def _clean_texts(self) -> None:
        for field in self._meta.local_fields:
            if isinstance(value := getattr(self, field.attname), str):
                setattr(self, field.attname, nfc(value).strip())

    def _subject(self) -> str:
        """The award and the name, in the office's language whoever writes it."""
        with override(settings.LANGUAGE_CODE):
            text = _("Award proposed: %(award)s – %(name)s") % {"award": self.award.name_vi, "name": self.nominee_name}
        return nfc(text)[: self._meta.get_field("subject").max_length]

    @property
    def nominee_name(self) -> str:
        return self.official_name if self.target == Target.COLLECTIVE else self.full_name

    # --- what it says -----------------------------------------------------------------------------------------------
    @cached_property
    def parts(self) -> NominationParts:
        """Every place with what stands there; asks the database only when `with_content` did not."""
        row = self if hasattr(self, "previous_rows") else type(self).objects.with_content().get(pk=self.pk)
        return NominationParts(self, row.previous_rows, row.attachment_rows)

    def content(self) -> dict:
        """{"campaign", "parts": {place: {…}}, "attachments": […]}."""
        return {
            "campaign": {"plan_no": self.campaign.plan_no, "plan_date": self.campaign.plan_date.isoformat()},
            "parts": self.parts.content(),
            "attachments": self.parts.attachments,
        }

    def read_under(self) -> dict[str, dict]:
        return {"campaign": self.campaign.read_under(), "field:award": self.award.read_under()}

    def missing(self) -> list:
        return list(self.parts.missing())

    def broken_files(self, named):
        return broken_files(named)

    def places(self) -> list[tuple[str, str]]:
        return list(self.parts.places())

    def nominees(self) -> frozenset[int]:
        return frozenset({self.nominee_user_id} - {None})

    def nominee_refs(self) -> list[str]:
        return [str(self.nominee_user.ref)] if self.nominee_user else []

    def search_terms(self) -> Terms:
        words = (self.award.name_vi, self.workplace, self.official_name)
        people = ((self.full_name, self.nominee_user_id),) if self.target == Target.INDIVIDUAL else ()
        return campaign_terms(self.campaign, numbers=[self.minutes_no], people=people, words=words)

    @property
    def checklist(self) -> tuple[tuple[str, str], ...]:  # type: ignore[override]  # read only
        return checklist(self.campaign.nomination_checklist)

    # --- its own rules ----------------------------------------------------------------------------------------------
    def extra_rules(self, verb: Verb, facts: dict | None):
        if verb == Verb.SUBMIT:
            return rules.consistent(self)
        if verb == Verb.ENDORSE:
            return rules.voted(self.award, facts)
        if verb == Verb.FORWARD:
            return [*rules.decided_elsewhere(self), *road_end.carried_by_a_letter(self, facts)]
        if verb == Verb.CONCLUDE and self.state == State.FORWARDED:
            return road_end.every_recipient_answered(self)
        if verb == Verb.CONCLUDE:
            return rules.decided_here(self, facts)
        return ()


class PreviousAward(models.Model):
    """An award the nominee already has."""

    nomination = models.ForeignKey(AwardNomination, models.CASCADE, related_name="previous_awards")
    year = models.PositiveSmallIntegerField(gettext_lazy("year"))
    form = models.CharField(gettext_lazy("award"), max_length=200)
    decision_no = models.CharField(gettext_lazy("decision number"), max_length=60, blank=True)
    decided_by = models.CharField(gettext_lazy("decided by"), max_length=200, blank=True)

    class Meta:
        verbose_name = gettext_lazy("previous award")
        ordering = ["year", "pk"]

    def __str__(self):
        return f"{self.year} {self.form}"

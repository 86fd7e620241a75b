"""A unit's report in a campaign, as a dossier."""

from django.db import models
from django.db.models import F
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.attachments.attachment import attachment_rows, broken_files
from documents.campaigns.campaign import campaign_terms, campaign_topics, checklist
from documents.content.figures import Contradiction, checks
from documents.register import road_end
from documents.register.referral import ReferralOutcome
from documents.reports import parts as report_parts
from documents.reports import query
from vietnamese.text import fold, nfc
from workflow.models import Dossier
from workflow.models.dossier_query import DossierQuerySet, rows_of
from workflow.paper.terms import Terms
from workflow.states import OPEN, State, Verb


class ReportQuerySet(DossierQuerySet):
    def with_content(self):
        """The outline with what this report says at each of its places, and the files: one statement."""
        return self.select_related("unit", "campaign", "outline").annotate(
            section_rows=rows_of(query.sections()),
            figure_rows=rows_of(query.figures()),
            attestation_rows=rows_of(query.attestations()),
            attachment_rows=attachment_rows(),
        )


class Report(Dossier):
    """A unit's report in a campaign, written along the outline it began with."""

    campaign = models.ForeignKey(
        "documents.Campaign", models.PROTECT, related_name="reports", verbose_name=gettext_lazy("campaign")
    )
    outline = models.ForeignKey(
        "documents.Outline", models.PROTECT, related_name="reports", verbose_name=gettext_lazy("outline")
    )

    outcomes = dict(ReferralOutcome.choices)
    search_related = ("campaign",)

    topics = classmethod(campaign_topics)
    objects = ReportQuerySet.as_manager()

    class Meta:
        verbose_name = gettext_lazy("report")
        verbose_name_plural = gettext_lazy("reports")

    def begin(self):
        self.subject = self.subject or self.campaign.report_subject
        self.outline_id = self.outline_id or self.campaign.outline_id
        self.due_on = self.due_on or self.campaign.due_on
        self.slot = f"report:{self.campaign_id}:{self.unit_id}"

    def save(self, *args, **kwargs):
        if self._state.adding:
            self.begin()
        if self.is_open:
            self.subject = nfc(self.subject).strip()
            self.search_text = fold(self.subject)
        super().save(*args, **kwargs)

    @property
    def is_consolidated(self) -> bool:
        """The organiser's own report, which takes the units' reports in."""
        return self.unit_id == self.campaign.organizer_id

    # --- what it says -----------------------------------------------------------------------------------------------
    @cached_property
    def parts(self) -> report_parts.ReportParts:
        """Every place of the outline with what stands there; asks the database only when `with_content` did not."""
        row = self if hasattr(self, "section_rows") else type(self).objects.with_content().get(pk=self.pk)
        return report_parts.ReportParts(row.section_rows, row.figure_rows, row.attestation_rows, row.attachment_rows)

    def content(self) -> dict:
        """{"campaign", "outline", "period", "parts": {place: {…}}, "attachments": […]}; numbers are text, no floats."""
        campaign, outline = self.campaign, self.outline
        return {
            "campaign": {"plan_no": campaign.plan_no, "plan_date": campaign.plan_date.isoformat()},
            "outline": {"code": outline.code, "version": outline.version},
            "period": {"from": campaign.period_from.isoformat(), "to": campaign.period_to.isoformat()},
            "parts": {"general": {"subject": self.subject}, **self.parts.content()},
            "attachments": self.parts.attachments,
        }

    def read_under(self) -> dict[str, dict]:
        return {"campaign": self.campaign.read_under(), **self.parts.read_under()}

    def missing(self) -> list:
        return list(self.parts.missing(self.unit))

    def broken_files(self, named):
        return broken_files(named)

    def places(self) -> list[tuple[str, str]]:
        return [("general", _("The whole report")), *self.parts.places(self.unit), *self.parts.file_places()]

    def findings(self) -> list[Contradiction]:
        """Figures that contradict each other: warnings for drafter and reviewer, never a refusal."""
        return checks(
            self.parts.numbers(),
            [(row["code"], row["check"], report_parts.label(row)) for row in self.parts.figure_rows],
        )

    def search_terms(self) -> Terms:
        return campaign_terms(self.campaign)

    @property
    def checklist(self) -> tuple[tuple[str, str], ...]:  # type: ignore[override]  # read only
        return checklist(self.campaign.report_checklist)

    # --- its own rules ----------------------------------------------------------------------------------------------
    def extra_rules(self, verb: Verb, facts: dict | None):
        if verb == Verb.FORWARD:
            return road_end.carried_by_a_letter(self, facts)
        if verb == Verb.CONCLUDE and self.state == State.FORWARDED:
            return road_end.every_recipient_answered(self)
        if verb == Verb.CONCLUDE and self.state == State.DISTRICT_REVIEWED:
            return self._included_in_the_consolidated_report(facts)
        if verb == Verb.CONCLUDE:
            return [_("An endorsed report is forwarded; it is concluded once every recipient has replied.")]
        return ()

    def _included_in_the_consolidated_report(self, facts):
        if facts is not None and self._consolidated_reports().filter(ref=facts.get("into") or None).exists():
            return
        if self.is_consolidated:
            yield _("The consolidated report is not included in another; it is endorsed and forwarded.")
        elif facts is not None:
            yield _("Please choose the consolidated report of this campaign.")

    def _consolidated_reports(self):
        """Live, submitted reports of this campaign by its organiser, where that stands above this unit."""
        above = self.unit.paths_above()[:-1]
        reports = Report.objects.filter(campaign=self.campaign_id, unit=F("campaign__organizer"), unit__path__in=above)
        return reports.live().exclude(state__in=OPEN)

    def conclusion_targets(self):
        """What `into` of a conclusion may name."""
        return self._consolidated_reports().order_by("-pk")

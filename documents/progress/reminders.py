"""Reminders to the units asked in a campaign that have not begun; once begun, the report's own due date speaks."""

from datetime import date

from django.urls import reverse
from procrastinate.contrib.django import app

from accounts.models import Role
from documents.campaigns.campaign import Campaign
from documents.reports.report import Report
from workflow.notices.mailing import AGAIN, post_soon
from workflow.notices.reminders import Due, horizon, remind
from workflow.notices.rounds import AT_SEVEN, FIRST, day_of


@app.periodic(cron=AT_SEVEN, periodic_id="remind_campaigns")
@app.task(name="documents.remind", queue="notices", priority=FIRST, retry=AGAIN)
def reminders(timestamp: int) -> None:
    """Each morning, or when the worker comes up after one it missed."""
    today = day_of(timestamp)
    remind(reports_not_begun(today), today)
    post_soon()


def reports_not_begun(today: date) -> list[Due]:
    """A report asked by a day that is near or has passed, of which the unit has no live paper; two queries."""
    near = Campaign.asked.through.objects.filter(campaign__due_on__lte=horizon(today))
    begun = set(Report.objects.live().filter(campaign__due_on__lte=horizon(today)).values_list("campaign", "unit"))
    requested = near.select_related("campaign", "unit").order_by("pk")
    return [_due(row.campaign, row.unit) for row in requested if (row.campaign_id, row.unit_id) not in begun]


def _due(campaign: Campaign, unit) -> Due:
    return Due(
        matter=f"campaign:{campaign.pk}:{unit.pk}",
        kind=Report._meta.label_lower,
        unit=unit,
        title=campaign.report_subject,
        path=reverse("documents:report-begin", args=[campaign.pk, unit.code]),
        due_on=campaign.due_on,
        role=Role.DRAFTER,
    )

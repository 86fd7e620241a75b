"""Everything that happened in this office since its campaign was opened, in an order in which it could have been."""

from datetime import timedelta

from django.utils import timezone

from documents.demo import district_reports, nominations, unit_reports
from documents.models import Campaign, Report


def tell(campaign: Campaign) -> None:
    quick = district_reports.quick(campaign)
    nominations.tell(campaign)
    first = _units_report(campaign)
    consolidated = district_reports.consolidated(campaign, replacing=quick)
    district_reports.take_in(first, into=consolidated)


def _units_report(campaign: Campaign) -> Report:
    """Nine of the ten have begun; gives back the one that the district will take into its own."""
    first = unit_reports.reviewed(campaign, "CD001")
    unit_reports.reviewed(campaign, "CD002")
    unit_reports.returned(campaign, "CD003")
    unit_reports.claimed(campaign, "CD004")
    unit_reports.recalled(campaign, "CD005")
    unit_reports.corrected(campaign, "CD006")
    unit_reports.begun(campaign, "CD007")
    unit_reports.begun(campaign, "CD008", due_on=timezone.localdate() - timedelta(days=4))
    unit_reports.approved_alone(campaign, "CD009")
    return first

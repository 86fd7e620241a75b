"""The campaign of plan 18/KH-LĐLĐ, with the awards, the recipients and this year's number series."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Authority, Unit
from administration.reference import record
from documents.awards.ballot import Threshold
from documents.campaigns.outline_loading import load_outline
from documents.models import AwardType, Campaign, NumberSeries, Recipient

RULES_SINCE = date(2019, 11, 12)  # the union's rules on awards of that day
THRESHOLD = Threshold(80, 100)  # of all members; the demonstration's


def open_campaign(data: dict, district: Unit, by: Authority) -> Campaign:
    """Ask every grassroots unit for its report and its nominations."""
    details = data["campaign"]
    campaign = Campaign.objects.create(
        outline=load_outline(by=by),
        organizer=district,
        plan_no=details["plan_no"],
        plan_date=date.fromisoformat(details["plan_date"]),
        title_vi=details["title"],
        title_en=details["title_en"],
        short_title=details["short_title"],
        due_on=timezone.localdate() + timedelta(days=details["due_in_days"]),
    )
    campaign.asked.set(Unit.objects.filter(path__startswith=district.path).exclude(pk=district.pk))
    campaign.awards.set(_award(award, by) for award in data["awards"])
    campaign.usual_recipients.set(_recipient(recipient, by) for recipient in data["recipients"])
    record(campaign, by=by)
    for kind, number in data["number_series"].items():
        year = timezone.localdate().year
        record(NumberSeries.objects.create(unit=district, document_type=kind, year=year, next_number=number), by=by)
    return campaign


def _award(data: dict, by: Authority) -> AwardType:
    here = data.get("deciding_unit")
    award = AwardType.objects.create(
        code=data["code"],
        name_vi=data["name"],
        name_en=data["name_en"],
        decided_by=data["decided_by"],
        deciding_unit=Unit.objects.get(code=here) if here else None,
        forwarded_to=data.get("forwarded_to", ""),
        threshold=THRESHOLD,
        valid_from=RULES_SINCE,
    )
    record(award, by=by)
    return award


def _recipient(data: dict, by: Authority) -> Recipient:
    names = {"name_vi": data["name"], "name_en": data["name_en"]}
    recipient = Recipient.objects.create(code=data["code"], kind=data["kind"], **names)
    record(recipient, by=by)
    return recipient

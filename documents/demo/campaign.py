"""The campaign of plan 18/KH-LĐLĐ, with the awards, the recipients and this year's number series."""

from datetime import date, timedelta

from django.utils import timezone

from accounts.models import Unit
from documents.awards.ballot import Threshold
from documents.campaigns.outline_loading import load_outline
from documents.models import AwardType, Campaign, NumberSeries, Recipient

RULES_SINCE = date(2019, 11, 12)  # the union's rules on awards of that day
THRESHOLD = Threshold(80, 100)  # of all members; the demonstration's


def open_campaign(said: dict, district: Unit) -> Campaign:
    """Ask every grassroots unit for its report and its nominations."""
    asked = said["campaign"]
    campaign = Campaign.objects.create(
        outline=load_outline(),
        organizer=district,
        plan_no=asked["plan_no"],
        plan_date=date.fromisoformat(asked["plan_date"]),
        title_vi=asked["title"],
        title_en=asked["title_en"],
        short_title=asked["short_title"],
        due_on=timezone.localdate() + timedelta(days=asked["due_in_days"]),
    )
    campaign.asked.set(Unit.objects.filter(path__startswith=district.path).exclude(pk=district.pk))
    campaign.awards.set(_award(award) for award in said["awards"])
    campaign.usual_recipients.set(_recipient(recipient) for recipient in said["recipients"])
    NumberSeries.objects.bulk_create(
        NumberSeries(unit=district, document_type=kind, year=timezone.localdate().year, next_number=number)
        for kind, number in said["number_series"].items()
    )
    return campaign


def _award(said: dict) -> AwardType:
    here = said.get("deciding_unit")
    return AwardType.objects.create(
        code=said["code"],
        name_vi=said["name"],
        name_en=said["name_en"],
        decided_by=said["decided_by"],
        deciding_unit=Unit.objects.get(code=here) if here else None,
        forwarded_to=said.get("forwarded_to", ""),
        threshold=THRESHOLD,
        valid_from=RULES_SINCE,
    )


def _recipient(said: dict) -> Recipient:
    names = {"name_vi": said["name"], "name_en": said["name_en"]}
    return Recipient.objects.create(code=said["code"], kind=said["kind"], **names)

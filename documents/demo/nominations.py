"""An award nomination, written from the data with the unit's meeting and its ballot."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.authority import Authority
from accounts.models import Unit, User
from accounts.vietnamese import nfc
from documents.ballot import Tally
from documents.models import AwardNomination, AwardType, Campaign, PreviousAward
from documents.richtext import from_plain
from workflow import drafting

MET_BEFORE, POSTED_BEFORE = timedelta(days=6), timedelta(days=5)
PLAIN = (
    "honorific", "birth_year", "sex", "union_post", "professional_post", "workplace", "party_member", "members_total",
    "female_total", "achievement_summary", "printed_citation", "minutes_no", "employer_opinion", "party_opinion",
)  # fmt: skip


def propose(said: dict, campaign: Campaign, by: Authority) -> AwardNomination:
    """A draft nomination with everything that its data says."""
    unit, award = Unit.objects.get(code=said["unit"]), AwardType.objects.get(code=said["award"])
    name = {"official_name" if said["target"] == "collective" else "full_name": said["name"]}
    nomination = AwardNomination(campaign=campaign, unit=unit, award=award, target=said["target"], **name)
    drafting.create(nomination, by=by, key=uuid4())
    with drafting.edit(nomination, by=by) as paper:
        _fill(paper, said)
        paper.save()
        PreviousAward.objects.bulk_create(
            PreviousAward(nomination=paper, **award) for award in said.get("previous_awards", ())
        )
    return nomination


def _fill(paper: AwardNomination, said: dict) -> None:
    today = timezone.localdate()
    for field in PLAIN:
        if field in said:
            value = said[field]
            setattr(paper, field, nfc(value) if isinstance(value, str) else value)
    paper.nominee_user = User.objects.filter(username=said.get("username")).first()
    paper.achievement_report = from_plain(said["achievement_report"])
    paper.tally = Tally(**said["ballot"])
    paper.met_on = today - MET_BEFORE
    paper.published_from, paper.published_to = today - POSTED_BEFORE, today - timedelta(days=1)

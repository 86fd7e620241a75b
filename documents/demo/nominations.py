"""The nominations: written from the data with the unit's meeting and its ballot, and what became of each."""

from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import Authority, Role, Unit, User
from documents.awards.ballot import BallotTally
from documents.content.richtext import from_plain
from documents.demo import files, letters
from documents.demo.data import stories
from documents.demo.desk import AWARDS_REVIEWER, decide, endorse, officer, review
from documents.models import Attachment, AwardNomination, AwardType, Campaign, PreviousAward
from vietnamese.text import nfc
from workflow.decisions.back.reject import REJECT
from workflow.decisions.back.withdraw import WITHDRAW
from workflow.decisions.onward.approve import APPROVE
from workflow.decisions.onward.claim import CLAIM
from workflow.decisions.onward.submit import SUBMIT
from workflow.drafting import editing

MET_BEFORE, POSTED_BEFORE = timedelta(days=6), timedelta(days=5)
PLAIN = (
    "honorific", "birth_year", "sex", "union_post", "professional_post", "workplace", "party_member", "members_total",
    "female_total", "achievement_summary", "printed_citation", "minutes_no", "employer_opinion", "party_opinion",
)  # fmt: skip


def tell(campaign: Campaign) -> None:
    """One forwarded, one waiting for the clerk, one given by the district itself, one declined, one taken back, and one
    that waits for its chair with a ballot under the threshold."""
    by_unit = stories()["nominations"]
    letters.send(_endorsed(campaign, "CD001", "cd001.3"), by_unit["CD001"]["dispatch"])
    _endorsed(campaign, "CD006", "cd006.2")
    letters.send(_endorsed(campaign, "CD002", "cd002.3"), by_unit["CD002"]["dispatch"])
    _rejected(campaign, "CD003", "cd003.3")
    withdrawn = _submitted(campaign, "CD010", "cd010.3")
    decide(WITHDRAW, withdrawn, officer("cd010.1", Role.APPROVER), note=by_unit["CD010"]["reason"])
    _submitted(campaign, "CD008", "cd008.2")


def _endorsed(campaign: Campaign, code: str, drafter: str) -> AwardNomination:
    story = stories()["nominations"][code]
    nomination = _approved(campaign, code, drafter)
    review(nomination, by=AWARDS_REVIEWER, note=story["review"])
    endorse(nomination, story["sitting"], tally=story["committee_ballot"], note=story["conclusion"])
    return nomination


def _rejected(campaign: Campaign, code: str, drafter: str) -> None:
    nomination, reviewer = _approved(campaign, code, drafter), officer(AWARDS_REVIEWER, Role.REVIEWER)
    decide(CLAIM, nomination, reviewer)
    decide(REJECT, nomination, reviewer, note=stories()["nominations"][code]["reason"])


def _approved(campaign: Campaign, code: str, drafter: str) -> AwardNomination:
    nomination = _submitted(campaign, code, drafter)
    decide(APPROVE, nomination, officer(f"{code.lower()}.1", Role.APPROVER))
    return nomination


def _submitted(campaign: Campaign, code: str, drafter: str) -> AwardNomination:
    story, by = stories()["nominations"][code], officer(drafter, Role.DRAFTER)
    nomination = propose(story["paper"], campaign, Unit.objects.get(code=code), by)
    files.attach(nomination, story["minutes"], by=by, name=story["file"], kind=Attachment.Kind.MINUTES)
    decide(SUBMIT, nomination, by)
    return nomination


def propose(data: dict, campaign: Campaign, unit: Unit, by: Authority) -> AwardNomination:
    """A draft nomination with everything that its data says."""
    award = AwardType.objects.get(code=data["award"])
    name = {"official_name" if data["target"] == "collective" else "full_name": data["name"]}
    nomination = AwardNomination(campaign=campaign, unit=unit, award=award, target=data["target"], **name)
    editing.create(nomination, by=by, key=uuid4())
    with editing.edit(nomination, by=by) as paper:
        _fill(paper, data)
        paper.save()
        PreviousAward.objects.bulk_create(
            PreviousAward(nomination=paper, **award) for award in data.get("previous_awards", ())
        )
    return nomination


def _fill(paper: AwardNomination, data: dict) -> None:
    today = timezone.localdate()
    for field in PLAIN:
        if field in data:
            value = data[field]
            setattr(paper, field, nfc(value) if isinstance(value, str) else value)
    paper.nominee_user = User.objects.filter(username=data.get("username")).first()
    paper.achievement_report = from_plain(data["achievement_report"])
    paper.tally = BallotTally(**data["ballot"])
    paper.met_on = today - MET_BEFORE
    paper.published_from, paper.published_to = today - POSTED_BEFORE, today - timedelta(days=1)

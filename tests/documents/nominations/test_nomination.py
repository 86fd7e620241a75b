"""Nominations from the first draft to the award."""

import unicodedata
from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone, translation

from documents.awards.ballot import Of, Threshold
from documents.models import AwardNomination, PreviousAward
from documents.nominations import rules
from ledger.canonical import canonical
from tests import factories
from tests.documents.factories import FIVE_OF_FIVE, PERSON, SITTING, again
from workflow.decisions.back.reject import reject
from workflow.decisions.catalogue import why_not
from workflow.decisions.onward.approve import approve
from workflow.decisions.onward.conclude import conclude as decide_conclude
from workflow.decisions.onward.endorse import endorse as decide_endorse
from workflow.decisions.onward.forward import forward
from workflow.decisions.onward.submit import submit
from workflow.drafting import editing
from workflow.errors import Refused
from workflow.states import Verb

pytestmark = pytest.mark.django_db

FOUR_OF_SEVEN = replace(
    FIVE_OF_FIVE, members_total=7, present=6, issued=6, collected=6, valid=5, in_favour=4, against=1
)


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def refusal(action, paper, by, **facts) -> list[str]:
    with pytest.raises(Refused) as refused:
        action(paper, by=by, seen=paper.seen(), key=uuid4(), **facts)
    return refused.value.reasons


def test_a_full_nomination_wants_nothing(office):
    paper = office.nomination()
    assert paper.missing() == []
    assert office.endorsed(paper).state == "endorsed"


def test_an_empty_nomination_says_what_it_wants(office):
    bare = dict.fromkeys(PERSON, "") | {
        "target": "individual",
        "party_member": None,
        "birth_year": None,
        "met_on": None,
    }
    paper = AwardNomination(campaign=office.campaign, unit=office.school, award=office.award(), **bare)
    editing.create(paper, by=office.drafter, key=uuid4())
    assert [wanted.place.removeprefix("field:") for wanted in again(paper).missing()] == [
        "full_name",
        "birth_year",
        "sex",
        "workplace",
        "achievement_summary",
        "met_on",
        "minutes_no",
        "employer_opinion",
        "party_opinion",
        "achievement_report",
        "ballot",
    ]
    assert {wanted.place for wanted in again(paper).missing()} <= {code for code, _label in again(paper).places()}


def test_a_collective_is_asked_for_its_name_and_members(office):
    paper = office.nomination(target="collective", full_name="", official_name="", female_total=40)
    assert [wanted.place for wanted in paper.missing()] == ["field:official_name", "field:members_total"]
    with editing.edit(paper, by=office.drafter) as draft:
        draft.official_name, draft.members_total = "Tổ công đoàn Phân xưởng Cắt", 32
        draft.save()
    assert again(paper).subject.endswith("Tổ công đoàn Phân xưởng Cắt")
    assert refusal(submit, again(paper), office.drafter) == ["There are more women than members."]


def test_a_party_opinion_is_only_allowed_where_there_is_a_party_organisation(office):
    by = office.company_drafter
    paper = AwardNomination(
        campaign=office.campaign, unit=office.company, award=office.award(), **PERSON, tally=FIVE_OF_FIVE
    )
    editing.create(paper, by=by, key=uuid4())
    paper = again(paper)
    assert paper.missing() == []
    assert "field:party_opinion" not in dict(paper.places())
    [reason] = refusal(submit, paper, by)
    assert reason.startswith("This unit has no Party organisation")
    with editing.edit(paper, by=by) as draft:
        draft.party_opinion = ""
        draft.save()
    office.submitted(again(paper))


def test_a_ballot_whose_sums_do_not_add_up_is_not_submitted(office):
    paper = office.nomination(tally=replace(FIVE_OF_FIVE, in_favour=6))
    [reason] = refusal(submit, paper, office.drafter)
    assert "do not add up" in reason


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"achievement_summary": "chữ " * 601}, "The summary of achievements is longer than 600 words."),
        ({"met_on": date(2999, 1, 1)}, "The unit's meeting cannot be in the future."),
        ({"birth_year": 1810}, "The year of birth 1810 cannot be right."),
        ({"published_from": date(2026, 4, 9), "published_to": date(2026, 4, 2)}, "The posting ends before it begins."),
    ],
)
def test_what_cannot_be_right_is_refused(office, fields, reason):
    assert refusal(submit, office.nomination(**fields), office.drafter) == [reason]


def test_an_award_out_of_force_or_for_others_is_not_proposed(office):
    yesterday = timezone.localdate() - timedelta(days=1)
    award = office.award(valid_to=yesterday, target="collective", name_en="Old certificate")
    assert refusal(submit, office.nomination(award), office.drafter) == [
        "“Old certificate” is not given to this kind of nominee.",
        "“Old certificate” is not in force today.",
    ]


def test_the_words_of_600_are_counted_not_the_letters(office):
    office.submitted(office.nomination(achievement_summary="nghiêng " * 600))


def test_a_weak_ballot_of_the_unit_warns_and_goes_on(office):
    paper = office.nomination(tally=FOUR_OF_SEVEN)
    assert [w[:50] for w in rules.warnings(paper)] == ["The unit's ballot does not reach the threshold: 4/"]
    office.submitted(paper)
    assert rules.warnings(office.nomination(office.own_award())) == []


class TestTheStandingCommitteesVote:
    def endorse(self, office, award, tally):
        paper = office.reviewed(office.nomination(award))
        facts = {**SITTING, "tally": vars(tally) if tally else None}
        return decide_endorse(paper, by=office.signatory, seen=paper.seen(), key=uuid4(), **facts)

    def refused(self, office, award, tally) -> list[str]:
        with pytest.raises(Refused) as refused:
            self.endorse(office, award, tally)
        return refused.value.reasons

    def test_it_must_be_given(self, office):
        assert self.refused(office, office.award(), None) == [
            "This award requires a ballot of the Standing Committee: please enter the count."
        ]

    def test_it_must_add_up(self, office):
        assert len(self.refused(office, office.award(), replace(FIVE_OF_FIVE, against=1))) == 1

    def test_it_must_pass(self, office):
        [reason] = self.refused(office, office.award(), FOUR_OF_SEVEN)
        assert reason.startswith("The ballot does not reach the threshold: 4/7")

    def test_the_same_votes_pass_against_valid_ballots(self, office):
        """4 of 5 valid ballots are 80 %, 4 of 7 members are not: the award's own rule decides."""
        award = office.award(threshold=Threshold(80, 100, Of.VALID_BALLOTS))
        assert self.endorse(office, award, FOUR_OF_SEVEN).to_state == "endorsed"

    def test_an_award_without_a_threshold_asks_for_none(self, office):
        assert self.endorse(office, office.award(threshold=None), None).to_state == "endorsed"

    def test_exactly_the_threshold_passes(self, office):
        assert self.endorse(office, office.award(threshold=Threshold(4, 7)), FOUR_OF_SEVEN).to_state == "endorsed"

    def test_exactly_the_threshold_fails_where_more_is_asked(self, office):
        award = office.award(threshold=Threshold(4, 7, strict=True))
        assert self.refused(office, award, FOUR_OF_SEVEN) == [
            "The ballot does not reach the threshold: 4/7 votes (57,1%); more than 4/7 of all members required."
        ]

    @pytest.mark.parametrize("counts", [{"members_total": 5}, {**vars(FIVE_OF_FIVE), "valid": "năm"}, {"x": 1}])
    def test_a_broken_tally_is_a_sentence_not_an_error(self, office, counts):
        paper = office.reviewed(office.nomination())
        reasons = refusal(decide_endorse, paper, office.signatory, **SITTING, tally=counts)
        assert reasons == ["The tally is not complete."]


class TestWhoDecidesTheAward:
    def conclude(self, office, paper, **facts):
        decided = {"outcome": "awarded", "decision_no": "31/QĐ-LĐLĐ", "decided_on": timezone.localdate()}
        return decide_conclude(paper, by=office.clerk, seen=paper.seen(), key=uuid4(), **decided | facts)

    def test_the_districts_own_award_ends_with_its_decision(self, office):
        paper = office.endorsed(office.nomination(office.own_award()))
        assert self.conclude(office, paper).facts["decision_no"] == "31/QĐ-LĐLĐ"

    @pytest.mark.parametrize("facts", [{"decision_no": ""}, {"decided_on": None}])
    def test_the_decision_has_a_number_and_a_date(self, office, facts):
        paper = office.endorsed(office.nomination(office.own_award()))
        with pytest.raises(Refused) as refused:
            self.conclude(office, paper, **facts)
        assert refused.value.reasons == ["The number and the date of the decision are required."]

    def test_an_award_of_another_body_is_not_decided_here(self, office):
        paper = office.endorsed(office.nomination())
        with pytest.raises(Refused) as refused:
            self.conclude(office, paper)
        assert refused.value.reasons == ["This award is decided by Quận ủy; please forward the nomination."]

    def test_an_own_award_is_not_forwarded(self, office):
        paper = office.endorsed(office.nomination(office.own_award()))
        reasons = refusal(forward, paper, office.clerk, dispatch="27/TTr-LĐLĐ")
        assert reasons[0] == "This award is within the authority of Liên đoàn Lao động quận and is not forwarded."

    def test_a_nomination_is_not_taken_into_a_report(self, office):
        paper = office.reviewed(office.nomination())
        assert why_not(Verb.CONCLUDE, paper, office.reviewer) == [
            "A nomination is not included in a report; it must be endorsed first."
        ]


def test_a_nomination_may_be_declined(office):
    paper = office.reviewed(office.nomination())
    reject(paper, by=office.signatory, seen=paper.seen(), key=uuid4(), note="Chưa đạt tỷ lệ phiếu.")
    assert again(paper).state == "rejected"


def test_the_nominee_decides_nothing(office):
    paper = office.submitted(office.nomination(nominee_user=office.approver.person))
    [reason] = refusal(approve, paper, office.approver)
    assert reason.startswith("The award is proposed for you")


def test_the_content_is_one_statement_and_does_not_depend_on_the_order_of_rows(office, django_assert_num_queries):
    paper = office.nomination(nominee_user=factories.person("on"))
    awards = [{"year": 2019, "form": "Giấy khen"}, {"year": 2018, "form": "Bằng khen", "decision_no": "12/QĐ"}]

    def sealed(rows) -> bytes:
        with editing.edit(paper, by=office.drafter) as draft:
            draft.previous_awards.all().delete()
            for row in rows:
                PreviousAward.objects.create(nomination=draft, **row)
        with django_assert_num_queries(1):
            read = AwardNomination.objects.with_content().get(pk=paper.pk)
            content = canonical(read.content())
            read.missing(), read.places(), read.checklist
        return content

    assert sealed(awards) == sealed(reversed(awards))
    assert canonical(AwardNomination.objects.get(pk=paper.pk).content()) == sealed(awards)


def test_a_submitted_nomination_is_frozen_in_the_database(office):
    paper = office.nomination()
    with editing.edit(paper, by=office.drafter) as draft:
        row = PreviousAward.objects.create(nomination=draft, year=2019, form="Giấy khen")
    office.submitted(again(paper))
    for change in (
        lambda: AwardNomination.objects.filter(pk=paper.pk).update(full_name="Khác"),
        lambda: PreviousAward.objects.filter(pk=row.pk).update(year=2020),
        lambda: row.delete(),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_names_of_two_hundred_letters_and_html_are_kept_as_they_are(office):
    name = ("Nguyễn <b>Thị</b> " * 20)[:200].strip()
    paper = office.nomination(full_name=name)
    assert paper.content()["parts"]["field:full_name"] == {"value": name}
    assert len(paper.subject) <= 400


def test_decomposed_text_is_composed_when_it_is_saved(office):
    paper = office.nomination(full_name=unicodedata.normalize("NFD", " Lê Thị Ân "))
    assert paper.full_name == "Lê Thị Ân"
    assert paper.search_text.endswith("le thi an")

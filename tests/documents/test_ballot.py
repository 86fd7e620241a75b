from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from documents.awards.ballot import Of, Tally, Threshold, display, passes, problems, ratio


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def tally(members_total, present, issued, collected, valid, in_favour, against, blank, **written):
    return Tally(members_total, present, issued, collected, valid, in_favour, against, blank, **written)


THANH_AM = tally(7, 7, 7, 7, 6, 5, 1, 0)
NGOC_LAM = tally(15, 14, 14, 14, 14, 13, 1, 0, written_opinions=1, written_in_favour=1)


def test_the_same_votes_carry_or_fail_by_what_they_are_measured_against():
    assert problems(THANH_AM) == []
    assert THANH_AM.invalid == 1
    assert not passes(THANH_AM, Threshold(80, Of.ALL_MEMBERS))
    assert passes(THANH_AM, Threshold(80, Of.VALID_BALLOTS))
    assert display(THANH_AM) == "5/7 votes (71,4%)"
    assert display(THANH_AM, Of.VALID_BALLOTS) == "5/6 votes (83,3%)"


def test_an_absent_member_in_favour_in_writing_counts_among_all_members():
    assert problems(NGOC_LAM) == []
    assert ratio(NGOC_LAM, Of.ALL_MEMBERS) == Fraction(14, 15)
    assert ratio(NGOC_LAM, Of.PRESENT) == Fraction(13, 14)
    assert display(NGOC_LAM) == "14/15 votes (93,3%)"


def test_a_written_opinion_against_leaves_the_committee_at_exactly_four_fifths():
    committee = tally(5, 4, 4, 4, 4, 4, 0, 0, written_opinions=1)
    assert problems(committee) == []
    assert passes(committee, Threshold(80))
    assert not passes(committee, Threshold(Decimal("80.01")))


def test_an_unanimous_ballot():
    assert display(tally(11, 11, 11, 11, 11, 11, 0, 0)) == "11/11 votes (100%)"


@pytest.mark.parametrize("of", Of)
def test_no_ballots_is_no_support(of):
    assert ratio(tally(0, 0, 0, 0, 0, 0, 0, 0), of) == 0
    assert not passes(tally(0, 0, 0, 0, 0, 0, 0, 0), Threshold(50, of))


def test_the_threshold_may_come_as_stored_text():
    assert passes(THANH_AM, Threshold(80, "valid_ballots"))
    with pytest.raises(ValueError, match="those_awake"):
        ratio(THANH_AM, "those_awake")


@pytest.mark.parametrize(
    ("fault", "sentence"),
    [
        ({"present": 16}, "Members present (16) exceed all members (15)."),
        (
            {"present": 15, "issued": 14},
            "Members present (15) and written opinions (1) together exceed all members (15).",
        ),
        ({"issued": 15}, "Ballots issued (15) exceed members present (14)."),
        ({"collected": 15, "issued": 14}, "Ballots collected (15) exceed ballots issued (14)."),
        ({"valid": 15, "blank": 1}, "Valid ballots (15) exceed ballots collected (14)."),
        ({"in_favour": 12}, "In favour (12), against (1) and blank (0) do not add up to the valid ballots (14)."),
        ({"written_in_favour": 2}, "Written opinions in favour (2) exceed written opinions (1)."),
        ({"in_favour": 15, "against": -1}, "No count can be negative."),
    ],
)
def test_each_fault_has_its_sentence(fault, sentence):
    assert problems(replace(NGOC_LAM, **fault)) == [sentence]


def test_nobody_present_is_no_ballot():
    assert problems(tally(5, 0, 0, 0, 0, 0, 0, 0)) == ["At least one member must be present."]


def test_every_fault_is_named_not_only_the_first():
    assert len(problems(tally(3, 4, 5, 6, 7, 1, 1, 1, written_opinions=1, written_in_favour=2))) == 6


@st.composite
def sound(draw):
    """A tally counted from votes that were really cast."""
    present = draw(st.integers(1, 200))
    written = draw(st.integers(0, 20))
    absent = draw(st.integers(0, 20))
    issued = draw(st.integers(0, present))
    collected = draw(st.integers(0, issued))
    valid = draw(st.integers(0, collected))
    in_favour = draw(st.integers(0, valid))
    against = draw(st.integers(0, valid - in_favour))
    return Tally(
        members_total=present + written + absent, present=present, issued=issued, collected=collected, valid=valid,
        in_favour=in_favour, against=against, blank=valid - in_favour - against,
        written_opinions=written, written_in_favour=draw(st.integers(0, written)),
    )  # fmt: skip


@given(sound())
def test_votes_really_cast_have_no_problems(cast):
    assert problems(cast) == []


@given(sound(), st.sampled_from(Of))
def test_the_share_of_a_sound_tally_lies_between_none_and_all(cast, of):
    assert 0 <= ratio(cast, of) <= 1


@given(sound(), st.sampled_from(["in_favour", "against", "blank"]), st.integers(-200, 200).filter(bool))
def test_votes_that_do_not_add_up_are_found(cast, field, slip):
    assert problems(replace(cast, **{field: getattr(cast, field) + slip}))


@pytest.mark.parametrize(
    ("part", "whole"),
    [
        ("present", "members_total"), ("issued", "present"), ("collected", "issued"), ("valid", "collected"),
        ("written_in_favour", "written_opinions"), ("written_opinions", "members_total"),
    ],
)  # fmt: skip
@given(cast=sound(), excess=st.integers(1, 50))
def test_a_part_greater_than_its_whole_is_found(part, whole, cast, excess):
    assert problems(replace(cast, **{part: getattr(cast, whole) + excess}))


@given(sound(), st.sampled_from(list(Tally.__dataclass_fields__)), st.integers(-50, -1))
def test_a_negative_count_is_found(cast, field, count):
    assert problems(replace(cast, **{field: count}))


@given(sound(), st.sampled_from(Of), st.integers(0, 100))
def test_one_more_vote_in_favour_never_turns_a_pass_into_a_fail(cast, of, percent):
    assume(cast.against)
    better = replace(cast, in_favour=cast.in_favour + 1, against=cast.against - 1)
    threshold = Threshold(percent, of)
    assert passes(better, threshold) >= passes(cast, threshold)
    assert ratio(better, of) > ratio(cast, of)


@given(sound(), st.sampled_from(Of))
def test_the_exact_share_is_reached_and_a_hair_more_is_not(cast, of):
    share = ratio(cast, of) * 100
    assert passes(cast, Threshold(share, of))
    assert not passes(cast, Threshold(share + Fraction(1, 10**9), of))

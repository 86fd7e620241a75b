"""Ballots: majorities, invalid votes, and what an award requires."""

from dataclasses import replace
from fractions import Fraction

import pytest
from django.utils import translation
from hypothesis import assume, given
from hypothesis import strategies as st

from documents.awards.ballot import BallotTally, Of, Threshold, display, passes, problems, ratio, read_share


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def tally(members_total, present, issued, collected, valid, in_favour, against, blank, **written):
    return BallotTally(members_total, present, issued, collected, valid, in_favour, against, blank, **written)


THANH_AM = tally(7, 7, 7, 7, 6, 5, 1, 0)
NGOC_LAM = tally(15, 14, 14, 14, 14, 13, 1, 0, written_opinions=1, written_in_favour=1)


def test_the_same_votes_carry_or_fail_by_what_they_are_measured_against():
    assert problems(THANH_AM) == []
    assert THANH_AM.invalid == 1
    assert not passes(THANH_AM, Threshold(80, 100, Of.ALL_MEMBERS))
    assert passes(THANH_AM, Threshold(80, 100, Of.VALID_BALLOTS))
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
    assert passes(committee, Threshold(80, 100))
    assert not passes(committee, Threshold(4, 5, strict=True))
    assert not passes(committee, Threshold(8001, 10_000))


def test_two_thirds_are_two_thirds_and_more_than_half_is_not_half():
    assert passes(tally(15, 15, 15, 15, 15, 10, 5, 0), Threshold(2, 3))
    assert not passes(tally(15, 15, 15, 15, 15, 10, 5, 0), Threshold(6667, 10_000))
    assert not passes(tally(9999, 9999, 9999, 9999, 9999, 6665, 3334, 0), Threshold(2, 3))
    assert not passes(tally(10, 10, 10, 10, 10, 5, 5, 0), Threshold(1, 2, strict=True))
    assert passes(tally(11, 11, 11, 11, 11, 6, 5, 0), Threshold(50, 100, strict=True))


def test_a_share_is_cut_off_and_never_rounded_up_to_what_it_has_not_reached():
    assert display(tally(2000, 2000, 2000, 2000, 2000, 1999, 1, 0)) == "1.999/2.000 votes (99,9%)"
    assert display(tally(3, 3, 3, 3, 3, 2, 1, 0)) == "2/3 votes (66,6%)"
    assert display(tally(2500, 2500, 2500, 2500, 2500, 1999, 501, 0)) == "1.999/2.500 votes (79,9%)"


@pytest.mark.parametrize(
    ("threshold", "said"),
    [
        (Threshold(2, 3), "at least 2/3 of all members"),
        (Threshold(80, 100, Of.PRESENT), "at least 80% of members present"),
        (Threshold(1, 2, Of.VALID_BALLOTS, strict=True), "more than 1/2 of valid ballots"),
        (Threshold(6650, 10_000), "at least 66,5% of all members"),
        (Threshold(9, 10), "at least 9/10 of all members"),
        (Threshold(100, 100), "at least 100% of all members"),
    ],
)
def test_a_threshold_is_said_as_its_rule_says_it(threshold, said):
    assert str(threshold) == said


def test_a_threshold_is_said_in_vietnamese_too():
    with translation.override("vi"):
        assert str(Threshold(1, 2, strict=True)) == "trên 1/2, tính trên tổng số ủy viên"
        assert str(Threshold(2, 3)) == "ít nhất 2/3, tính trên tổng số ủy viên"


@pytest.mark.parametrize(("numerator", "denominator"), [(0, 3), (-1, 2), (4, 3), (1, 0), (-1, -2)])
def test_no_ballot_is_asked_for_less_than_something_or_more_than_all(numerator, denominator):
    with pytest.raises(ValueError, match="no ballot"):
        Threshold(numerator, denominator)


def test_more_than_all_is_never_reached_and_never_asked_for():
    with pytest.raises(ValueError, match="no ballot"):
        Threshold(100, 100, strict=True)


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("2/3", (2, 3)), (" 2 / 3 ", (2, 3)), ("2\u20443", (2, 3)),
        ("80%", (80, 100)), ("80 %", (80, 100)), ("80\u00a0%", (80, 100)),
        ("66,5%", (665, 1000)), ("66.67 %", (6667, 10_000)),
    ],
)  # fmt: skip
def test_a_share_is_read_as_it_is_written(typed, read):
    assert read_share(typed) == read


@pytest.mark.parametrize(
    "typed",
    ["", "80", "0,8", "2:3", "-1/2", "%", "1/", "/2", "80%%", "1e2%", "²/3", "2²/3", "½", "٢/٣", "9" * 40 + "%"],
)
def test_what_is_no_share_is_refused(typed):
    with pytest.raises(ValueError, match="no share"):
        read_share(typed)


def test_an_unanimous_ballot():
    assert display(tally(11, 11, 11, 11, 11, 11, 0, 0)) == "11/11 votes (100%)"


@pytest.mark.parametrize("of", Of)
def test_no_ballots_is_no_support(of):
    assert ratio(tally(0, 0, 0, 0, 0, 0, 0, 0), of) == 0
    assert not passes(tally(0, 0, 0, 0, 0, 0, 0, 0), Threshold(1, 2, of))


def test_the_threshold_may_come_as_stored_text():
    assert passes(THANH_AM, Threshold(80, 100, "valid_ballots"))
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
    return BallotTally(
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


@given(sound(), st.sampled_from(list(BallotTally.__dataclass_fields__)), st.integers(-50, -1))
def test_a_negative_count_is_found(cast, field, count):
    assert problems(replace(cast, **{field: count}))


thresholds = st.integers(1, 1000).flatmap(
    lambda whole: st.builds(
        Threshold,
        st.integers(1, whole),
        st.just(whole + 1),  # strict or not, it can be reached
        st.sampled_from(Of),
        strict=st.booleans(),
    )
)


@given(sound(), thresholds)
def test_one_more_vote_in_favour_never_turns_a_pass_into_a_fail(cast, threshold):
    assume(cast.against)
    better = replace(cast, in_favour=cast.in_favour + 1, against=cast.against - 1)
    assert passes(better, threshold) >= passes(cast, threshold)
    assert ratio(better, threshold.of) > ratio(cast, threshold.of)


@given(sound(), thresholds)
def test_a_ballot_passes_exactly_as_fractions_say(cast, threshold):
    votes = cast.in_favour + (cast.written_in_favour if threshold.of == Of.ALL_MEMBERS else 0)
    base = {Of.ALL_MEMBERS: cast.members_total, Of.PRESENT: cast.present, Of.VALID_BALLOTS: cast.valid}[threshold.of]
    reached = Fraction(votes, base) if base else Fraction(0)
    asked = Fraction(threshold.numerator, threshold.denominator)
    assert passes(cast, threshold) == (reached > asked or (reached == asked and not threshold.strict))


@given(sound(), st.sampled_from(Of))
def test_the_exact_share_is_reached_and_a_hair_more_is_not(cast, of):
    share = ratio(cast, of)
    assume(share > 0)
    assert passes(cast, Threshold(*share.as_integer_ratio(), of))
    assume(share < 1)
    assert not passes(cast, Threshold(*share.as_integer_ratio(), of, strict=True))
    assert not passes(cast, Threshold(*(share + Fraction(1, 10**9)).as_integer_ratio(), of))


@given(sound(), st.sampled_from(Of))
def test_what_is_printed_is_never_more_than_what_was_reached(cast, of):
    printed = Fraction(display(cast, of).partition("(")[2].rstrip("%)").replace(",", "."))
    assert 0 <= ratio(cast, of) * 100 - printed < Fraction(1, 10)


@given(thresholds)
def test_a_share_as_printed_is_read_back_as_it_was(threshold):
    numerator, denominator = read_share(threshold.share)
    assert Fraction(numerator, denominator) == threshold.fraction

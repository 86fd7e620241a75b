"""What forms say at the door: cleaned once, blank is nothing, and what the record keeps is what the rules read."""

import unicodedata

import pytest

from ledger.models import Event
from tests.days import today
from tests.workflow.office import do, fresh
from workflow.decisions.facts import MAX_TEXT_CHARACTERS, plain
from workflow.errors import Refused
from workflow.history.sentences import line
from workflow.models import Point, SearchEntry
from workflow.search.index import learn_all
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
DECOMPOSED = unicodedata.normalize("NFD", "Bổ sung số liệu")


def refusal(verb, paper, by, **facts) -> list[str]:
    with pytest.raises(Refused) as refused:
        do(verb, paper, by, **facts)
    return refused.value.reasons


@pytest.mark.parametrize("nothing", ["", "   ", "\u200b", "\u00a0\n"])
def test_a_blank_reason_or_point_is_none(office, nothing):
    paper = office.memo_in(State.SUBMITTED)
    assert refusal(Verb.RECALL, paper, office.drafter, note=nothing) == ["Please give the reason."]
    assert refusal(Verb.RETURN, paper, office.approver, points=[("field:text", nothing)]) == ["A point has no text."]


def test_minutes_without_a_number_are_none(office):
    paper = office.memo_in(State.DISTRICT_REVIEWED)
    assert refusal(Verb.ENDORSE, paper, office.signatory, minutes_no="\u200b ") == [
        "The date of the sitting and the number of its minutes are required."
    ]


def test_nothing_is_decided_tomorrow(office):
    reviewed, forwarded = office.memo_in(State.DISTRICT_REVIEWED), office.memo_in(State.FORWARDED)
    assert refusal(Verb.ENDORSE, reviewed, office.signatory, sitting_on=today(1)) == [
        "The sitting cannot be in the future."
    ]
    assert refusal(Verb.CONCLUDE, forwarded, office.clerk, decided_on=today(1)) == [
        "The decision cannot be in the future."
    ]
    assert refusal(Verb.RECORD_REPLY, forwarded, office.clerk, replied_on=today(1)) == [
        "The date of the reply is required and cannot be in the future."
    ]


def test_a_point_is_stored_as_it_was_committed_to(office):
    paper = office.memo_in(State.SUBMITTED)
    do(Verb.RETURN, paper, office.approver, points=[("field:text", f" {DECOMPOSED}\u200b")])
    said = Event.objects.latest("pk").texts["point.1"]
    assert (Point.objects.get().text, said) == ("Bổ sung số liệu", "Bổ sung số liệu")


@pytest.mark.parametrize(
    "facts",
    [{"sitting_on": 5}, {"sitting_on": "2021-99-99"}, {"tally": "x"}, {"tally": {"in_favour": "x"}}, {"list": []},
     {"outcome": {"a": 1}}, {"model": "no.such"}, {"points": 5}, {"points": [{"place": "general"}]}],
)  # fmt: skip
def test_facts_that_no_form_makes_are_said_to_be_unreadable_and_end_no_page(facts):
    said = line(Event(verb=Verb.ENDORSE, facts=facts, leaf_hash=b""))
    assert said.points == ["What this step says besides cannot be read."]


def test_facts_that_no_form_makes_keep_no_other_dossier_from_the_search(office):
    memo = office.memo()
    learn_all(
        [Event(chain=memo.ref, actor=office.drafter.person, unit=office.unit, facts={"outcome": [1], "dispatch": {}})]
    )
    assert SearchEntry.objects.get(dossier=memo).numbers == []


def test_facts_are_recorded_in_one_form(office):
    paper = office.memo_in(State.DISTRICT_REVIEWED)
    do(Verb.ENDORSE, paper, office.signatory, minutes_no=f"{DECOMPOSED} ")
    assert Event.objects.latest("pk").facts["minutes_no"] == "Bổ sung số liệu"


@pytest.mark.parametrize("value", [0.1, 5.0, 2**60, {1, 2}])
def test_a_figure_that_json_cannot_hold_exactly_is_refused(office, value):
    paper = office.memo_in(State.DISTRICT_REVIEWED)
    assert refusal(Verb.ENDORSE, paper, office.signatory, tally={"valid": value}) == [
        f"“{value}” is not a whole number."
    ]


def test_an_answer_to_nothing_asked_is_refused(office):
    paper = office.memo_in(State.UNIT_APPROVED)
    assert refusal(Verb.REVIEW, paper, office.reviewer, checklist={"readable": "yes", "paid": "yes"}) == [
        "An answer refers to an item that is not on the reviewer's list."
    ]


def test_words_have_an_end(office):
    paper = office.memo_in(State.SUBMITTED)
    do(Verb.RECALL, paper, office.drafter, note="a" * MAX_TEXT_CHARACTERS)
    do(Verb.SUBMIT, paper, office.drafter)
    for facts in (
        {"note": "a" * (MAX_TEXT_CHARACTERS + 1)},
        {"points": [("field:text", "a" * (MAX_TEXT_CHARACTERS + 1))]},
    ):
        [reason] = refusal(Verb.RETURN, paper, office.approver, **facts)
        assert reason.startswith(f"Longer than {MAX_TEXT_CHARACTERS} characters: “aaa")
    concluding = office.memo_in(State.FORWARDED)
    [reason] = refusal(Verb.CONCLUDE, concluding, office.clerk, outcome="b" * 201)
    assert reason.startswith("Longer than 200 characters: “bbb")
    assert fresh(concluding).state == State.FORWARDED


def test_plain_leaves_what_is_plain_alone():
    value = {"a": [1, None, True, "Đủ"], "b": {"c": -(2**53) + 1}}
    assert plain(value) == value

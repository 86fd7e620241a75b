"""Two hands at once, many times each: real threads, real connections, a barrier; one winner and one event."""

import json
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Barrier
from types import SimpleNamespace
from uuid import uuid4

import pytest
from django.db import connection, transaction

from accounts.models import Appointment, Role
from administration import registry
from ledger.canonical import leaf_hash
from ledger.envelope import GENESIS
from ledger.models import Event
from tests import factories
from tests.administration.test_office_races import and_go, somebody_waits
from tests.founder import office_chain
from tests.testapp.models import Memo
from tests.trial import often
from workflow.decisions.back.recall import recall
from workflow.decisions.onward.approve import approve
from workflow.decisions.onward.claim import claim
from workflow.decisions.onward.review import review
from workflow.decisions.onward.submit import submit
from workflow.drafting import editing
from workflow.errors import Refused
from workflow.models import Version
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = often(15, trial=100)
PATIENCE = 30  # seconds for the other thread to come to the line


@dataclass
class Round:
    """One paper on one desk, as two people see it on their pages before they click."""

    paper: Memo
    seen: str
    number: int


@pytest.fixture
def cast():
    """A district and one union: two who draft, two who approve, one who reviews, one who administers."""
    district = factories.unit("LDLD")
    union = factories.unit("CD1", district)
    places = {
        "drafter": (Role.DRAFTER, union),
        "colleague": (Role.DRAFTER, union),
        "approver": (Role.APPROVER, union),
        "deputy": (Role.APPROVER, union),
        "reviewer": (Role.REVIEWER, district),
        "administrator": (Role.ADMINISTRATOR, district),
    }
    people = {name: factories.person(name) for name in places}
    for name, (role, at) in places.items():
        factories.appoint(people[name], at, role)
    authorities = {name: factories.acting(people[name], role, at) for name, (role, at) in places.items()}
    return SimpleNamespace(union=union, district=district, **authorities)


def drafts(cast) -> list[Round]:
    """A hundred drafts, written in one transaction."""
    with transaction.atomic():
        papers = [Memo(unit=cast.union, subject=f"Giấy {n}", text=f"Nội dung {n}") for n in range(ROUNDS)]
        for paper in papers:
            editing.create(paper, by=cast.drafter, key=uuid4())
    return opened()


def submitted(cast) -> list[Round]:
    """A hundred papers waiting for the unit's approval."""
    with transaction.atomic():
        for desk in drafts(cast):
            submit(desk.paper, by=cast.drafter, seen=desk.seen, key=uuid4())
    return opened()


def opened() -> list[Round]:
    papers = Memo.objects.with_situation().select_related("unit").order_by("pk")
    return [Round(paper, paper.seen(), number) for number, paper in enumerate(papers)]


def race(rounds: list[Round], *clicks) -> list[tuple]:
    """Let every click of a round fall at once; for each round, what each click came to: an event or an exception."""
    line = Barrier(len(clicks))

    def hand(click):
        try:
            return [came_of(click, desk) for desk in rounds if line.wait(PATIENCE) is not None]
        finally:
            connection.close()

    def came_of(click, desk):
        try:
            return click(desk)
        except Exception as trouble:  # whatever it is, the story's assertion will name it
            return trouble

    with ThreadPoolExecutor(len(clicks)) as pool:
        return list(zip(*pool.map(hand, clicks), strict=True))


def winner_of(desk: Round, outcomes: tuple):
    """The one event of this round; everybody else was told so in words, by nothing but a refusal."""
    won = [came for came in outcomes if isinstance(came, Event)]
    lost = [came for came in outcomes if not isinstance(came, Event)]
    assert len(won) == 1, f"round {desk.number}: {outcomes!r}"
    assert all(isinstance(came, Refused) and came.reasons for came in lost), f"round {desk.number}: {outcomes!r}"
    return won[0]


def assert_sound(desk: Round, *verbs: str) -> None:
    """The chain tells exactly this story, each event sealed on the one before; the row and the seal agree with it."""
    paper = Memo.objects.get(pk=desk.paper.pk)
    events = assert_chain(paper.ref, *verbs)
    assert (paper.state, paper.version) == (events[-1].to_state, events[-1].version)
    if paper.is_sealed:
        sealed = Version.objects.get(dossier=paper, number=paper.version)
        assert json.loads(bytes(sealed.content))["content"] == paper.content()
        assert sealed.content_hash == events[-1].content_hash


def assert_chain(chain, *verbs: str) -> list[Event]:
    events = list(Event.objects.filter(chain=chain).order_by("seq"))
    assert [event.verb for event in events] == list(verbs)
    assert [event.seq for event in events] == list(range(1, len(verbs) + 1))
    leaves = [leaf_hash(bytes(event.envelope)) for event in events]
    assert [bytes(event.leaf_hash) for event in events] == leaves
    assert [bytes(event.prev_hash) for event in events] == [GENESIS, *leaves][: len(events)]
    return events


def test_two_approvers_sign_at_once(cast):
    rounds = submitted(cast)
    outcomes = race(
        rounds,
        lambda desk: approve(desk.paper, by=cast.approver, seen=desk.seen, key=uuid4()),
        lambda desk: approve(desk.paper, by=cast.deputy, seen=desk.seen, key=uuid4()),
    )
    for desk, came in zip(rounds, outcomes, strict=True):
        assert winner_of(desk, came).verb == Verb.APPROVE
        assert_sound(desk, Verb.CREATE, Verb.SUBMIT, Verb.APPROVE)


def test_the_drafter_recalls_while_the_approver_signs(cast):
    rounds = submitted(cast)
    outcomes = race(
        rounds,
        lambda desk: approve(desk.paper, by=cast.approver, seen=desk.seen, key=uuid4()),
        lambda desk: recall(desk.paper, by=cast.drafter, seen=desk.seen, key=uuid4(), note="Sót số liệu."),
    )
    for desk, came in zip(rounds, outcomes, strict=True):
        assert_sound(desk, Verb.CREATE, Verb.SUBMIT, winner_of(desk, came).verb)


def test_an_autosave_meets_the_submission(cast):
    """Either the save is refused, or the submission is: what was sealed is what is stored."""

    def autosave(desk):
        by = cast.colleague if desk.number % 2 else cast.drafter
        with editing.edit(desk.paper, by=by) as paper:
            paper.text = "Bản khác."
            paper.save()
        return paper

    rounds = drafts(cast)
    outcomes = race(
        rounds,
        autosave,
        lambda desk: submit(desk.paper, by=cast.drafter, seen=desk.seen, key=uuid4()),
    )
    for desk, (saved, sent) in zip(rounds, outcomes, strict=True):
        assert sorted([isinstance(saved, Refused), isinstance(sent, Refused)]) == [False, True], (saved, sent)
        stored = Memo.objects.get(pk=desk.paper.pk)
        if isinstance(sent, Event):
            assert (stored.state, stored.text) == (State.SUBMITTED, f"Nội dung {desk.number}")
            assert_sound(desk, Verb.CREATE, Verb.SUBMIT)
        else:
            assert (stored.state, stored.text, saved.pk) == (State.DRAFT, "Bản khác.", stored.pk)
            assert_sound(desk, Verb.CREATE)


def test_a_double_click_is_one_decision(cast):
    rounds = submitted(cast)
    keys = [uuid4() for _desk in rounds]

    def click(desk):
        return approve(desk.paper, by=cast.approver, seen=desk.seen, key=keys[desk.number])

    outcomes = race(rounds, click, click)
    for desk, (first, second) in zip(rounds, outcomes, strict=True):
        assert isinstance(first, Event), first
        assert second == first
        assert_sound(desk, Verb.CREATE, Verb.SUBMIT, Verb.APPROVE)


def test_an_appointment_ends_between_page_and_click(cast):
    """Either the signature was given before the appointment ended, or it is refused; never after."""
    rounds = submitted(cast)
    signers = a_hundred(Role.APPROVER, cast.union)
    outcomes = race(
        rounds,
        lambda desk: registry.end_appointment(signers[desk.number].appointment, by=cast.administrator, key=uuid4()),
        lambda desk: approve(desk.paper, by=signers[desk.number], seen=desk.seen, key=uuid4()),
    )
    for desk, (ended, signed) in zip(rounds, outcomes, strict=True):
        assert isinstance(ended, Event), ended
        if isinstance(signed, Event):
            assert signed.at < Appointment.objects.get(pk=signed.appointment_id).ended_at
            assert_sound(desk, Verb.CREATE, Verb.SUBMIT, Verb.APPROVE)
        else:
            assert isinstance(signed, Refused), signed
            assert_sound(desk, Verb.CREATE, Verb.SUBMIT)
    assert list(office_chain().values_list("verb", flat=True)) == ["appointment_ended"] * ROUNDS


def a_hundred(role: Role, at) -> list:
    """As many people, each holding the role there, as they looked when their page was made."""
    with transaction.atomic():
        people = [factories.person(f"{role}{n}", f"Trần Thị {n}") for n in range(ROUNDS)]
        held = [factories.appoint(each, at, role, post="Phó") for each in people]
    return [factories.acting(appointment.user, role) for appointment in held]


def test_the_appointment_of_the_reviewer_who_took_it_up_ends(cast):
    """The reviewer signs what they hold while the office ends their appointment and frees it: no deadlock."""
    signers = a_hundred(Role.REVIEWER, cast.district)
    with transaction.atomic():
        for desk in submitted(cast):
            approve(desk.paper, by=cast.approver, seen=desk.seen, key=uuid4())
            claim(desk.paper, by=signers[desk.number], seen=desk.seen, key=uuid4())
    rounds, so_far = opened(), (Verb.CREATE, Verb.SUBMIT, Verb.APPROVE, Verb.CLAIM)
    outcomes = race(
        rounds,
        lambda desk: registry.end_appointment(signers[desk.number].appointment, by=cast.administrator, key=uuid4()),
        lambda desk: review(
            desk.paper, by=signers[desk.number], seen=desk.seen, key=uuid4(), checklist={"readable": "yes"}
        ),
    )
    for desk, (ended, signed) in zip(rounds, outcomes, strict=True):
        assert isinstance(ended, Event), ended
        assert isinstance(signed, Event | Refused), signed
        assert_sound(desk, *so_far, *([Verb.REVIEW] if isinstance(signed, Event) else []))
        assert Memo.objects.get(pk=desk.paper.pk).handler is None


# --- a sign-off reads without a lock: what came between is answered of what stands then -------------------------------
def beside(work, sign_off):
    """What a sign-off comes to that begins while `work` is done and not committed."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            done = work()
            waiting = pool.submit(and_go, sign_off)
            assert somebody_waits()
        return done, waiting


def test_a_sign_off_waits_for_another_decision_and_is_refused_of_what_it_left(cast):
    desk = submitted(cast)[0]
    _recalled, signed = beside(
        lambda: recall(desk.paper, by=cast.drafter, seen=desk.seen, key=uuid4(), note="Sót số liệu."),
        lambda: approve(desk.paper, by=cast.approver, seen=desk.seen, key=uuid4()),
    )
    with pytest.raises(Refused, match="Hồ sơ này đang: Dự thảo"):
        signed.result(PATIENCE)
    assert_sound(desk, Verb.CREATE, Verb.SUBMIT, Verb.RECALL)


def test_a_sign_off_waits_for_the_end_of_its_office_and_is_refused(cast):
    desk = submitted(cast)[0]
    _ended, signed = beside(
        lambda: registry.end_appointment(cast.approver.appointment, by=cast.administrator, key=uuid4()),
        lambda: approve(desk.paper, by=cast.approver, seen=desk.seen, key=uuid4()),
    )
    with pytest.raises(Refused, match="không còn hiệu lực"):
        signed.result(PATIENCE)
    assert_sound(desk, Verb.CREATE, Verb.SUBMIT)


def test_a_double_click_waits_for_the_first_and_gives_its_event(cast):
    desk, key = submitted(cast)[0], uuid4()
    click = partial(approve, desk.paper, by=cast.approver, seen=desk.seen, key=key)
    first, second = beside(click, click)
    assert second.result(PATIENCE) == first
    assert_sound(desk, Verb.CREATE, Verb.SUBMIT, Verb.APPROVE)


def test_a_sign_off_within_a_larger_change_goes_with_it(cast):
    desk = submitted(cast)[0]
    with transaction.atomic():
        approve(desk.paper, by=cast.approver, seen=desk.seen, key=uuid4())
        transaction.set_rollback(True)
    assert_sound(desk, Verb.CREATE, Verb.SUBMIT)
    approve(desk.paper, by=cast.approver, seen=desk.seen, key=uuid4())
    assert_sound(desk, Verb.CREATE, Verb.SUBMIT, Verb.APPROVE)

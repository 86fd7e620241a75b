"""One story a process, told on the memo: who did what, what was refused, and what the record says afterwards."""

import threading
import unicodedata
from datetime import date
from uuid import uuid4

import pytest
from django.db import connection, transaction
from django.utils import timezone, translation

from accounts.models import Appointment, Role, User, authorities
from administration import registry
from ledger.models import Event
from tests import factories
from tests.days import today
from tests.factories import answered, rewritten
from tests.testapp.models import Memo
from tests.workflow.office import ROADS, Office, do, fresh
from workflow.decisions.onward.approve import approve
from workflow.decisions.onward.endorse import endorse
from workflow.decisions.onward.review import review
from workflow.decisions.onward.submit import submit
from workflow.drafting import editing
from workflow.errors import AlreadyRecorded, Refused, Stale
from workflow.models import Notice, Version
from workflow.notices import tell
from workflow.states import State, Verb

pytestmark = pytest.mark.usefixtures("english")


def road(paper) -> list[tuple[str, str]]:
    """The record in short: each verb and where it led."""
    return list(Event.objects.filter(chain=paper.ref).order_by("seq").values_list("verb", "to_state"))


def last(paper) -> Event:
    return Event.objects.select_related("opening").filter(chain=paper.ref).latest("seq")


def reasons(verb: Verb, paper, by, **facts) -> list[str]:
    with pytest.raises(Refused) as refused:
        do(verb, paper, by, **facts)
    return refused.value.reasons


def kept_by_the_database():
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


# --- the straight road ------------------------------------------------------------------------------------------------
def test_straight_road_to_both_bodies(office):
    paper = office.memo()
    do(Verb.SUBMIT, paper, office.drafter)
    do(Verb.APPROVE, paper, office.approver)
    do(Verb.CLAIM, paper, office.reviewer)
    do(Verb.REVIEW, paper, office.reviewer)
    do(Verb.ENDORSE, paper, office.signatory)
    do(Verb.FORWARD, paper, office.clerk)
    do(Verb.RECORD_REPLY, paper, office.clerk, recipient="Quận ủy")
    do(Verb.RECORD_REPLY, paper, office.clerk, recipient="LĐLĐ Thành phố", receipt_no="102")
    do(Verb.CONCLUDE, paper, office.clerk)
    kept_by_the_database()
    assert road(paper) == [
        ("create", "draft"),
        ("submit", "submitted"),
        ("approve", "unit_approved"),
        ("claim", "unit_approved"),
        ("review", "district_reviewed"),
        ("endorse", "endorsed"),
        ("forward", "forwarded"),
        ("record_reply", "forwarded"),
        ("record_reply", "forwarded"),
        ("conclude", "concluded"),
    ]
    endorsed = Event.objects.get(chain=paper.ref, verb="endorse")
    assert endorsed.facts == {"sitting_on": "2021-11-20", "minutes_no": "12/BB-BTV", "tally": None}
    assert endorsed.texts == {
        "actor": "Đỗ Tiến Dũng",
        "post": office.signatory.post,
        "at_unit": "Liên đoàn Lao động Quận 1",
    }
    versions = Version.objects.filter(dossier=paper.pk)
    assert [(sealed.number, sealed.content_hash) for sealed in versions] == [(1, endorsed.content_hash)]


def test_each_step_tells_those_whose_turn_it_is_once(office):
    paper = office.memo()
    event = do(Verb.SUBMIT, paper, office.drafter)
    tell(event_ids=[event.pk])
    tell(event_ids=[event.pk])
    assert list(Notice.objects.values_list("user__username", "event__verb")) == [("minh", "submit")]


# --- returned, answered, submitted again ------------------------------------------------------------------------------
def test_returned_with_points_answered_and_resubmitted(office):
    paper = office.memo_in(State.UNIT_APPROVED)
    first = paper.seen()
    points = [("field:text", "Thiếu số liệu quý III."), ("field:text", "Sai tên.")]
    do(Verb.RETURN, paper, office.reviewer, points=points)
    assert last(paper).texts["point.2"] == "Sai tên."
    assert reasons(Verb.SUBMIT, paper, office.drafter) == ["2 points of the return are not answered."]
    with editing.edit(paper, by=office.drafter) as memo:
        memo.text = "Đã bổ sung."
        memo.save()
        answered(memo, "Đã sửa.")
    do(Verb.SUBMIT, paper, office.drafter)
    do(Verb.APPROVE, paper, office.approver)
    do(Verb.REVIEW, paper, office.reviewer)  # returning is not one of the three decisions
    kept_by_the_database()
    assert [sealed.number for sealed in Version.objects.filter(dossier=paper.pk)] == [1, 2]
    assert fresh(paper).seen() != first


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({"points": []}, "A return needs at least one point."),
        ({"points": [("section:9.9", "?")]}, "A point refers to a place that is not in this dossier."),
    ],
)
def test_a_return_needs_points_that_belong_to_the_paper(office, facts, reason):
    paper = office.memo_in(State.SUBMITTED)
    assert reasons(Verb.RETURN, paper, office.approver, **facts) == [reason]


def test_upper_body_returns_it_by_letter(office):
    paper = office.memo_in(State.FORWARDED)
    asked = reasons(Verb.RETURN, paper, office.clerk, letter_no="")
    assert asked == ["A return after forwarding must cite the letter of the level above."]
    do(Verb.RETURN, paper, office.clerk, letter_no="31/CV-QU")
    assert last(paper).facts["letter_no"] == "31/CV-QU"
    assert fresh(paper).state == State.RETURNED
    kept_by_the_database()


# --- recalled ---------------------------------------------------------------------------------------------------------
def test_recalled_by_its_submitter_and_by_no_colleague(office):
    colleague = office.officer("binh", Role.DRAFTER, office.unit)
    paper = office.memo_in(State.SUBMITTED)
    assert reasons(Verb.RECALL, paper, colleague) == ["Only the person who submitted it can recall it now."]
    assert reasons(Verb.RECALL, paper, office.drafter, note="  ") == ["Please give the reason."]
    do(Verb.RECALL, paper, office.drafter)
    assert road(paper)[-1] == ("recall", "draft")


def test_recalled_by_an_approver_until_the_district_takes_it_up(office):
    paper = office.memo_in(State.UNIT_APPROVED)
    do(Verb.CLAIM, paper, office.reviewer)
    taken = "A reviewer has already taken it up; please ask the reviewer to return it."
    assert reasons(Verb.RECALL, paper, office.approver) == [taken]
    administrator = office.officer("tuan", Role.ADMINISTRATOR, office.district)
    registry.end_appointment(office.reviewer.appointment, by=administrator, key=uuid4())
    do(Verb.RECALL, paper, office.approver)
    assert fresh(paper).state == State.DRAFT
    kept_by_the_database()


def test_a_claim_lapses_with_the_day_its_appointment_ends(office):
    paper = office.memo_in(State.UNIT_APPROVED)
    do(Verb.CLAIM, paper, office.reviewer)
    rewritten(Appointment.objects.filter(pk=office.reviewer.appointment.pk), ends_on=today(-1))
    do(Verb.RECALL, paper, office.approver)
    assert fresh(paper).state == State.DRAFT


def test_a_claim_may_be_taken_over(office):
    second = office.officer("nga", Role.REVIEWER, office.city)
    paper = office.memo_in(State.UNIT_APPROVED)
    do(Verb.CLAIM, paper, office.reviewer)
    assert reasons(Verb.CLAIM, paper, office.reviewer) == ["You have already taken it up."]
    do(Verb.CLAIM, paper, second)
    assert fresh(paper).handler == second.person
    do(Verb.REVIEW, paper, office.reviewer)
    assert fresh(paper).handler is None


def test_an_ended_appointment_frees_only_what_its_holder_had_taken_up(office):
    mine, theirs = office.memo_in(State.UNIT_APPROVED), office.memo_in(State.UNIT_APPROVED)
    second = office.officer("nga", Role.REVIEWER, office.district)
    do(Verb.CLAIM, mine, office.reviewer)
    do(Verb.CLAIM, theirs, second)
    administrator = office.officer("tuan", Role.ADMINISTRATOR, office.district)
    registry.end_appointment(office.reviewer.appointment, by=administrator, key=uuid4())
    assert (fresh(mine).handler, fresh(theirs).handler) == (None, second.person)


# --- a delegate signs -------------------------------------------------------------------------------------------------
def test_a_delegate_signs_and_both_names_stand_on_the_record(office):
    deputy = factories.person("son", "Hồ Ngọc Sơn")
    delegation = factories.lend(office.signatory.appointment, deputy)
    by = factories.acting(deputy, Role.SIGNATORY)
    paper = office.memo_in(State.DISTRICT_REVIEWED)
    event = do(Verb.ENDORSE, paper, by)
    assert (event.actor, event.acting_for, event.delegation) == (deputy, office.signatory.person, delegation)
    said = last(paper).texts
    assert (said["actor"], said["acting_for"]) == ("Hồ Ngọc Sơn", "Đỗ Tiến Dũng")
    registry.revoke(delegation, by=office.signatory, key=uuid4())
    other = office.memo_in(State.DISTRICT_REVIEWED)
    assert reasons(Verb.ENDORSE, other, by) == ["Your appointment no longer allows this."]


# --- sole officer -----------------------------------------------------------------------------------------------------
def test_sole_officer_only_when_nobody_else_can_and_marked_for_ever(office):
    factories.appoint(office.drafter.person, office.unit, Role.APPROVER)
    alone = factories.acting(office.drafter.person, Role.APPROVER)
    paper = office.memo_in(State.SUBMITTED)
    asked = {"seen": paper.seen(), "by": alone, "sole_reason": "Công đoàn chỉ có một cán bộ."}
    with pytest.raises(Refused) as refused:
        approve(paper, key=uuid4(), **asked)
    assert refused.value.reasons == ["Another officer can decide: Lê Văn Minh."]
    rewritten(Appointment.objects.filter(pk=office.approver.appointment.pk), ended_at=timezone.now())
    with pytest.raises(Refused) as refused:
        approve(paper, key=uuid4(), **(asked | {"sole_reason": " "}))
    assert refused.value.reasons == ["Please give the reason."]
    approve(paper, key=uuid4(), **asked)
    event = last(paper)
    assert (event.sole_officer, event.texts["note"]) == (True, "Công đoàn chỉ có một cán bộ.")
    assert b'"sole_officer":true' in bytes(event.envelope)
    kept_by_the_database()


def test_a_lent_right_makes_another_officer_eligible(office):
    factories.appoint(office.drafter.person, office.unit, Role.APPROVER)
    alone = factories.acting(office.drafter.person, Role.APPROVER)
    paper = office.memo_in(State.SUBMITTED)
    deputy = factories.person("son", "Hồ Ngọc Sơn")
    factories.lend(office.approver.appointment, deputy)
    rewritten(User.objects.filter(pk=office.approver.person.pk), is_active=False)  # away for good: the loan falls too
    approve(paper, by=alone, seen=paper.seen(), key=uuid4(), sole_reason="Chỉ có một cán bộ.")
    other = office.memo_in(State.DRAFT)
    rewritten(User.objects.filter(pk=office.approver.person.pk), is_active=True)
    do(Verb.SUBMIT, other, office.drafter)
    with pytest.raises(Refused) as refused:
        approve(other, by=alone, seen=fresh(other).seen(), key=uuid4(), sole_reason="Chỉ có một.")
    assert refused.value.reasons == ["Another officer can decide: Lê Văn Minh, Hồ Ngọc Sơn."]


def test_sole_officer_is_not_for_those_who_may_decide_in_the_ordinary_way(office):
    paper = office.memo_in(State.SUBMITTED)
    with pytest.raises(Refused) as refused:
        approve(paper, by=office.approver, seen=paper.seen(), key=uuid4(), sole_reason="Vội")
    assert refused.value.reasons == ["There is no need to decide as sole officer: you may decide in the ordinary way."]


@pytest.mark.parametrize("verb", [Verb.REVIEW, Verb.ENDORSE])
def test_sole_reviewer_and_sole_signatory(office, verb):
    """The district's only officer reviewed it and must also endorse, or approved it and must also review."""
    hand, usual = {
        Verb.REVIEW: (office.approver, office.reviewer),
        Verb.ENDORSE: (office.reviewer, office.signatory),
    }[verb]
    paper = office.memo_in(STANDING[verb])
    factories.appoint(hand.person, office.district, DECIDES[verb])
    alone = factories.acting(hand.person, DECIDES[verb], office.district)
    rewritten(Appointment.objects.filter(pk=usual.appointment.pk), ended_at=timezone.now())
    action = {Verb.REVIEW: review, Verb.ENDORSE: endorse}[verb]
    facts = {
        Verb.REVIEW: {"checklist": {"readable": "yes"}},
        Verb.ENDORSE: {"sitting_on": today(), "minutes_no": "12/BB-BTV"},
    }[verb]
    event = action(paper, by=alone, seen=paper.seen(), key=uuid4(), sole_reason="Chỉ có một cán bộ.", **facts)
    assert (event.verb, event.sole_officer) == (verb, True)


# --- rejected, withdrawn, reopened ------------------------------------------------------------------------------------
@pytest.mark.parametrize("state", [State.UNIT_APPROVED, State.DISTRICT_REVIEWED])
def test_rejected_and_reopened(office, state):
    paper = office.memo_in(state)
    who = {State.UNIT_APPROVED: office.reviewer, State.DISTRICT_REVIEWED: office.signatory}[state]
    assert reasons(Verb.REJECT, paper, who, note="") == ["Please give the reason."]
    do(Verb.REJECT, paper, who)
    assert reasons(Verb.REOPEN, paper, who, note="") == ["Please give the reason."]
    do(Verb.REOPEN, paper, who)
    kept_by_the_database()
    assert road(paper)[-2:] == [("reject", "rejected"), ("reopen", "draft")]


def test_only_nominations_can_be_declined(office, monkeypatch):
    monkeypatch.setattr(Memo, "nominations_only", False)
    paper = office.memo_in(State.UNIT_APPROVED)
    assert reasons(Verb.REJECT, paper, office.reviewer) == [
        "Only award nominations can be declined; return this paper instead."
    ]


def test_withdrawn_from_a_draft_and_reopened(office):
    paper = office.memo()
    do(Verb.WITHDRAW, paper, office.approver)
    with pytest.raises(Refused), editing.edit(paper, by=office.drafter):
        pass
    do(Verb.REOPEN, paper, office.approver)
    do(Verb.SUBMIT, paper, office.drafter)
    kept_by_the_database()
    assert road(paper)[-3:] == [("withdraw", "withdrawn"), ("reopen", "draft"), ("submit", "submitted")]


# --- handed back, superseded ------------------------------------------------------------------------------------------
def test_handed_back_both_ways_and_the_same_officers_repeat_their_own(office):
    paper = office.memo_in(State.ENDORSED)
    assert reasons(Verb.HAND_BACK, paper, office.clerk, note="") == ["Please give the reason."]
    do(Verb.HAND_BACK, paper, office.clerk)
    do(Verb.HAND_BACK, paper, office.signatory)
    assert fresh(paper).state == State.UNIT_APPROVED
    do(Verb.REVIEW, paper, office.reviewer)
    do(Verb.ENDORSE, paper, office.signatory)
    kept_by_the_database()
    assert fresh(paper).state == State.ENDORSED


def test_superseded_once_its_replacement_has_come_as_far(office):
    paper = office.memo_in(State.ENDORSED)
    assert reasons(Verb.SUPERSEDE, paper, office.clerk) == ["No dossier replaces this one."]
    replacement = office.memo_in(State.UNIT_APPROVED, replaces=paper)
    assert reasons(Verb.SUPERSEDE, paper, office.clerk) == [
        "The dossier that replaces it has not reached this stage yet."
    ]
    do(Verb.REVIEW, replacement, office.reviewer)
    do(Verb.ENDORSE, replacement, office.signatory)
    do(Verb.SUPERSEDE, paper, office.clerk)
    kept_by_the_database()
    assert fresh(paper).state == State.SUPERSEDED


# --- four eyes --------------------------------------------------------------------------------------------------------
HANDS = [  # (whose hand was in it, the decision they are then refused)
    ("drafter", Verb.APPROVE),
    ("drafter", Verb.REVIEW),
    ("drafter", Verb.ENDORSE),
    ("editor", Verb.APPROVE),
    ("editor", Verb.REVIEW),
    ("editor", Verb.ENDORSE),
    ("submitter", Verb.APPROVE),
    ("submitter", Verb.REVIEW),
    ("submitter", Verb.ENDORSE),
    ("nominee", Verb.APPROVE),
    ("nominee", Verb.REVIEW),
    ("nominee", Verb.ENDORSE),
    ("approver", Verb.REVIEW),
    ("approver", Verb.ENDORSE),
    ("reviewer", Verb.ENDORSE),
]
STANDING = {Verb.APPROVE: State.SUBMITTED, Verb.REVIEW: State.UNIT_APPROVED, Verb.ENDORSE: State.DISTRICT_REVIEWED}
DECIDES = {Verb.APPROVE: Role.APPROVER, Verb.REVIEW: Role.REVIEWER, Verb.ENDORSE: Role.SIGNATORY}
HAND = "You or the person you act for have already taken part in this dossier; another officer must decide."
NOMINEE = "The award is proposed for you or for the person you act for; another officer must decide."


def with_hands(office: Office, state: State) -> tuple[Memo, dict[str, User]]:
    """A memo that several people had a hand in, each in one way only."""
    editor = office.officer("ngoc", Role.DRAFTER, office.unit)
    submitter = office.officer("phuc", Role.DRAFTER, office.unit)
    nominee = factories.person("quang")
    paper = office.memo(nominee=nominee)
    with editing.edit(paper, by=editor) as memo:
        memo.text = "Sửa."
        memo.save()
    do(Verb.SUBMIT, paper, submitter)
    if state != State.SUBMITTED:
        do(Verb.APPROVE, paper, office.approver)
    if state == State.DISTRICT_REVIEWED:
        do(Verb.REVIEW, paper, office.reviewer)
    crew = {"drafter": office.drafter, "editor": editor, "submitter": submitter}
    crew |= {"approver": office.approver, "reviewer": office.reviewer}
    return paper, {who: by.person for who, by in crew.items()} | {"nominee": nominee}


@pytest.mark.parametrize("way", ["themselves", "for another", "through another"])
@pytest.mark.parametrize(("hand", "verb"), HANDS)
def test_four_eyes_for_every_hand_and_decision(office, hand, verb, way):
    paper, people = with_hands(office, STANDING[verb])
    at = office.unit if verb == Verb.APPROVE else office.district
    if way == "themselves":
        factories.appoint(people[hand], at, DECIDES[verb])
        by = factories.acting(people[hand], DECIDES[verb], at)
    elif way == "for another":  # the hand acts for someone clean
        clean = office.officer("clean", DECIDES[verb], at)
        factories.lend(clean.appointment, people[hand])
        by = factories.acting(people[hand], DECIDES[verb], at)
    else:  # someone clean acts for the hand
        deputy = factories.person("deputy")
        factories.lend(factories.appoint(people[hand], at, DECIDES[verb]), deputy)
        by = factories.acting(deputy, DECIDES[verb], at)
    assert reasons(verb, paper, by) == [NOMINEE if hand == "nominee" else HAND]


def test_whoever_edited_for_another_bars_that_other_too(office):
    deputy = factories.person("deputy")
    factories.lend(office.drafter.appointment, deputy)
    helper = office.officer("ngoc", Role.DRAFTER, office.unit)
    factories.lend(helper.appointment, deputy)
    by = next(held for held in authorities(deputy) if held.acting_for == helper.person)
    paper = office.memo()
    with editing.edit(paper, by=by) as memo:
        memo.text = "Sửa hộ."
        memo.save()
    do(Verb.SUBMIT, paper, office.drafter)
    factories.appoint(helper.person, office.unit, Role.APPROVER)
    assert reasons(Verb.APPROVE, paper, factories.acting(helper.person, Role.APPROVER)) == [HAND]


def test_the_districts_own_paper_goes_the_same_road_inside_its_office(office):
    office.unit = office.district
    office.drafter = office.officer("tam", Role.DRAFTER, office.district)
    office.approver = office.officer("vinh", Role.APPROVER, office.district)
    paper = office.memo_in(State.CONCLUDED)
    assert fresh(paper).unit == office.district
    kept_by_the_database()


# --- pages, keys and old versions -------------------------------------------------------------------------------------
def test_the_same_key_gives_the_same_result(office):
    paper = office.memo()
    seen, key = paper.seen(), uuid4()
    first = submit(paper, by=office.drafter, seen=seen, key=key)
    again = submit(paper, by=office.drafter, seen=seen, key=key)
    assert again == first
    assert road(paper) == [("create", "draft"), ("submit", "submitted")]


@pytest.mark.parametrize("change", [{"note": "Khác"}, {"note": ""}, {"sole_reason": "Đồng ý"}])
def test_the_same_key_with_other_words_is_refused_with_what_is_on_record(office, change):
    paper, key = office.memo_in(State.SUBMITTED), uuid4()
    first = do(Verb.APPROVE, paper, office.approver, key=key, note="Đồng ý")
    with pytest.raises(AlreadyRecorded) as refused:
        do(Verb.APPROVE, paper, office.approver, key=key, **change)
    assert refused.value.event == first


@pytest.mark.parametrize("change", ["verb", "dossier", "person"])
def test_the_same_key_for_something_else_is_refused(office, change):
    paper, key = office.memo_in(State.SUBMITTED), uuid4()
    do(Verb.APPROVE, paper, office.approver, key=key)
    verb = Verb.RECALL if change == "verb" else Verb.APPROVE
    other = office.memo_in(State.SUBMITTED) if change == "dossier" else paper
    by = office.officer("khoa", Role.APPROVER, office.unit) if change == "person" else office.approver
    used = "This form has already been used for another decision. Please open the page again."
    assert reasons(verb, other, by, key=key) == [used]


def test_creating_twice_with_one_key_makes_one_dossier(office):
    key, made = uuid4(), []
    for _ in range(2):
        paper = Memo(unit=office.unit, subject="Một lần", text="Nội dung.")
        made.append(editing.create(paper, by=office.drafter, key=key))
    assert made[0] == made[1]
    assert Memo.objects.count() == 1


def test_a_key_that_began_one_paper_begins_no_paper_of_another_slot(office):
    key = uuid4()
    first = editing.create(Memo(unit=office.unit, subject="Một lần", text="x"), by=office.drafter, key=key)
    with pytest.raises(AlreadyRecorded) as refused:
        editing.create(Memo(unit=office.unit, subject="Một lần", slot="khác"), by=office.drafter, key=key)
    assert refused.value.event == first


def test_a_key_of_another_form_begins_nothing(office):
    paper, key = office.memo(), uuid4()
    do(Verb.SUBMIT, paper, office.drafter, key=key)
    with pytest.raises(Refused) as refused:
        editing.create(Memo(unit=office.unit, subject="Khác", text="x"), by=office.drafter, key=key)
    assert refused.value.reasons == [
        "This form has already been used for another decision. Please open the page again."
    ]
    assert Memo.objects.count() == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("shared", ["key", "slot"])
def test_two_that_begin_at_once_make_one_dossier(office, shared):
    """A double click, and two drafters: the second waits while the first is not yet committed, then hears of it."""
    key, colleague = uuid4(), office.officer("binh", Role.DRAFTER, office.unit)
    double_click = {"by": office.drafter, "key": key, "slot": "memo:1"}
    two_drafters = {"by": colleague, "key": uuid4(), "slot": "memo:1"}
    outcome = []
    second = threading.Thread(
        target=begin_elsewhere, args=(office, outcome), kwargs=double_click if shared == "key" else two_drafters
    )
    with transaction.atomic():
        first = begin(office, by=office.drafter, key=key, slot="memo:1")
        second.start()
        wait_until_someone_waits_for_us()
    second.join()
    taken = ["This unit already has a dossier of this kind under way in this campaign."]
    assert outcome == [first if shared == "key" else taken]
    assert Memo.objects.count() == 1


def begin(office, *, by, key, slot):
    return editing.create(Memo(unit=office.unit, subject="Một lần", slot=slot), by=by, key=key)


def begin_elsewhere(office, outcome, **how):
    """As another process would: its own connection, its own language."""
    with translation.override("en"):
        try:
            outcome.append(begin(office, **how))
        except Refused as refused:
            outcome.append(refused.reasons)
        finally:
            connection.close()


def wait_until_someone_waits_for_us():
    with connection.cursor() as cursor:
        for _ in range(10_000):
            cursor.execute("SELECT FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY(pg_blocking_pids(pid))")
            if cursor.rowcount:
                return
    pytest.fail("the second never waited for the first")


def test_a_stale_page_is_refused_with_a_word(office):
    paper = office.memo()
    seen = paper.seen()
    with editing.edit(paper, by=office.drafter) as memo:
        memo.text = "Bản mới."
        memo.save()
    with pytest.raises(Stale) as stale:
        do(Verb.SUBMIT, paper, office.drafter, seen=seen)
    assert stale.value.reasons == [
        "This paper has changed since you opened it. Read the new version before you decide."
    ]
    assert road(paper) == [("create", "draft")]


def test_a_page_of_an_older_version_is_stale_for_the_approver(office):
    paper = office.memo_in(State.SUBMITTED)
    seen = paper.seen()
    do(Verb.RECALL, paper, office.drafter)
    with editing.edit(paper, by=office.drafter) as memo:
        memo.text = "Bản mới."
        memo.save()
    do(Verb.SUBMIT, paper, office.drafter)
    with pytest.raises(Stale):
        do(Verb.APPROVE, paper, office.approver, seen=seen)


def test_an_appointment_that_ended_after_the_page_was_shown(office):
    paper = office.memo_in(State.SUBMITTED)
    rewritten(Appointment.objects.filter(pk=office.approver.appointment.pk), ended_at=timezone.now())
    assert reasons(Verb.APPROVE, paper, office.approver) == ["Your appointment no longer allows this."]


def test_a_deactivated_account_can_do_nothing(office):
    paper = office.memo()
    rewritten(User.objects.filter(pk=office.drafter.person.pk), is_active=False)
    assert reasons(Verb.SUBMIT, paper, office.drafter) == ["Your appointment no longer allows this."]
    with pytest.raises(Refused), editing.edit(paper, by=office.drafter):
        pass


# --- names and letters ------------------------------------------------------------------------------------------------
def test_names_of_two_hundred_letters_and_decomposed_letters(office):
    decomposed = unicodedata.normalize("NFD", "Nguyễn Thị Hường ")
    name = (decomposed * 40)[:400]
    person = factories.person("dai", unicodedata.normalize("NFC", name)[:200])
    assert len(person.full_name) == 200
    factories.appoint(person, office.unit, Role.APPROVER, post="Chủ tịch " + "Đ" * 111)
    by = factories.acting(person, Role.APPROVER)
    paper = office.memo(subject=unicodedata.normalize("NFD", "Báo cáo Đợt 1"), text=decomposed)
    do(Verb.SUBMIT, paper, office.drafter)
    do(Verb.APPROVE, paper, by, note=decomposed)
    kept_by_the_database()
    texts = last(paper).texts
    assert texts["actor"] == person.full_name
    assert all(unicodedata.is_normalized("NFC", text) for text in texts.values())


def test_two_live_papers_cannot_share_a_slot(office):
    paper = office.memo(slot="memo:1")
    do(Verb.WITHDRAW, paper, office.approver)
    second = office.memo(slot="memo:1")
    taken = ["This unit already has a dossier of this kind under way in this campaign."]
    assert reasons(Verb.REOPEN, paper, office.approver) == taken
    with pytest.raises(Refused) as refused:
        office.memo(slot="memo:1")
    assert refused.value.reasons == taken
    for verb in ROADS[State.ENDORSED]:
        do(verb, second, office.crew(verb, fresh(second).state))
    correction = office.memo(slot="memo:1", replaces=second)  # one that names what it replaces stands aside
    assert list(Memo.objects.live()) == [second]
    assert correction.state == State.DRAFT


def test_a_correction_takes_the_place_of_what_it_replaced(office):
    """Once superseded, the old one frees nothing: the correction stands in its slot."""
    old = office.memo_in(State.ENDORSED, slot="memo:1")
    new = office.memo_in(State.ENDORSED, slot="memo:1", replaces=old)
    do(Verb.SUPERSEDE, old, office.clerk)
    assert list(Memo.objects.live()) == [new]
    with pytest.raises(Refused) as refused:
        office.memo(slot="memo:1")
    assert refused.value.reasons == ["This unit already has a dossier of this kind under way in this campaign."]


def test_what_a_dossier_may_replace(office):
    endorsed = office.memo_in(State.ENDORSED, slot="memo:1")
    refusals = {
        "Only a paper of the same kind, unit and campaign can be replaced.": {"slot": "memo:2", "replaces": endorsed},
        "Only a paper that is endorsed, forwarded or concluded can be replaced.": {"replaces": office.memo()},
    }
    for reason, fields in refusals.items():
        with pytest.raises(Refused) as refused:
            office.memo(**fields)
        assert refused.value.reasons == [reason]
    office.memo(slot="memo:1", replaces=endorsed)
    with pytest.raises(Refused) as refused:
        office.memo(slot="memo:1", replaces=endorsed)
    assert refused.value.reasons == ["Another dossier already replaces the same one."]


def test_dates_are_written_without_a_time(office):
    paper = office.memo_in(State.FORWARDED)
    do(Verb.RECORD_REPLY, paper, office.clerk, replied_on=date(2021, 1, 5))
    assert last(paper).facts["replied_on"] == "2021-01-05"

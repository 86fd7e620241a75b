"""Reminders: due by and not due exactly, to whose turn it is, once a step and due date, in one mail a day."""

from datetime import date, timedelta

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from accounts.models import Role, User
from tests import factories
from tests.factories import rewritten, saved
from tests.workflow.office import do, fresh
from workflow.models import Mail, Notice, NoticeChoice, Reminder
from workflow.notices.gathering import gather
from workflow.notices.posting import post
from workflow.notices.reminders import RUNNING, dossiers_due, remind, step
from workflow.states import State, Verb

pytestmark = pytest.mark.usefixtures("english")
DAY = timedelta(days=1)
TODAY = date(2026, 11, 23)
DUE = TODAY + 7 * DAY


def morning(day: date) -> list[tuple[str, int]]:
    """What the worker does on one morning; everyone reminded until then, and of which step."""
    remind(dossiers_due(day), day)
    return list(Notice.objects.order_by("pk").values_list("user__username", "reminder__step"))


@pytest.mark.parametrize(
    ("left", "expected"),
    [(8, None), (7, 7), (6, 7), (4, 7), (3, 3), (2, 3), (1, 1), (0, 1), (-6, 1), (-7, -7), (-13, -7), (-14, -14)],
)
def test_the_latest_step_whose_moment_has_come(left, expected):
    assert step(TODAY + left * DAY, TODAY) == expected


def test_day_after_day_each_step_comes_once(office):
    office.memo_in(State.SUBMITTED, due_on=DUE)
    for days in range(-1, 22):
        morning(TODAY + days * DAY)
        morning(TODAY + days * DAY)
    assert morning(TODAY + 22 * DAY) == [("minh", at) for at in (7, 3, 1, -7, -14)]


def test_a_week_without_the_worker_brings_the_last_step_alone(office):
    office.memo_in(State.SUBMITTED, due_on=DUE)
    assert morning(TODAY) == [("minh", 7)]
    assert morning(DUE + 10 * DAY) == [("minh", 7), ("minh", -7)]


@pytest.mark.parametrize("state", State)
def test_whose_turn_it_is_and_only_while_it_has_not_gone_on(office, state):
    office.memo_in(state, due_on=DUE)
    turn = {
        State.DRAFT: "lan",
        State.RETURNED: "lan",
        State.SUBMITTED: "minh",
        State.UNIT_APPROVED: "hoa",
        State.DISTRICT_REVIEWED: "dung",
        State.ENDORSED: "thu",
    }
    assert set(turn) == set(RUNNING)
    assert {name for name, _step in morning(TODAY)} == ({turn[state]} if state in turn else set())


def test_who_has_taken_it_up_is_reminded_alone_until_they_leave(office):
    office.officer("khac", Role.REVIEWER, office.district)
    paper = office.memo_in(State.UNIT_APPROVED, due_on=DUE)
    do(Verb.CLAIM, paper, office.reviewer)
    assert morning(TODAY) == [("hoa", 7)]
    office.reviewer.appointment.ends_on = timezone.localdate() - DAY
    saved(office.reviewer.appointment)
    assert morning(DUE) == [("hoa", 7), ("khac", 1)]


def test_a_delegate_is_reminded_too_and_other_units_are_not(office):
    for name, at in (("la", office.foreign), ("anh", office.sibling)):
        office.officer(name, Role.APPROVER, at)
    factories.lend(office.approver.appointment, factories.person("thay"))
    office.memo_in(State.SUBMITTED, due_on=DUE)
    assert sorted(morning(TODAY)) == [("minh", 7), ("thay", 7)]


def test_when_it_goes_on_the_next_is_reminded(office):
    paper = office.memo_in(State.SUBMITTED, due_on=DUE)
    morning(TODAY)
    do(Verb.APPROVE, paper, office.approver)
    assert morning(TODAY + DAY) == [("minh", 7), ("hoa", 7)]
    assert Reminder.objects.count() == 1


def test_many_matters_take_as_few_statements_as_one(office, django_assert_num_queries):
    office.memo_in(State.SUBMITTED, due_on=DUE)
    with django_assert_num_queries(5):
        morning_silently(TODAY)
    for _n in range(20):
        office.memo_in(State.SUBMITTED, due_on=DUE)
        office.memo_in(State.UNIT_APPROVED, due_on=DUE)
    with django_assert_num_queries(5):
        morning_silently(TODAY)
    assert Notice.objects.count() == 41


def morning_silently(day: date) -> None:
    remind(dossiers_due(day), day)


def test_however_many_matters_one_mail_a_day(office):
    rewritten(User.objects.filter(pk=office.approver.person.pk), email="minh@trinh.test")
    NoticeChoice.objects.create(user=office.approver.person, way="each", language="en")
    today = timezone.localdate()
    for days in (1, 3, 7):
        office.memo_in(State.SUBMITTED, due_on=today + days * DAY)
    morning(today)
    gather()
    paper = office.memo_in(State.SUBMITTED, due_on=today)  # a due date that comes to light in the afternoon
    morning(today)
    gather()
    post()
    assert [(message.subject, message.body.count("Reminder of the due date.")) for message in django_mail.outbox] == [
        ("Trình: reminder of 3 due dates", 3)
    ]
    tomorrow = timezone.now() + DAY
    gather(tomorrow)
    last = Mail.objects.latest("pk")
    assert (last.occasion, last.notices.get().reminder.dossier_id) == ("reminders", paper.pk)
    assert fresh(paper).state == State.SUBMITTED

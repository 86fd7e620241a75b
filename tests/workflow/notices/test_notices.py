"""Who is told, how it comes by mail, and what a mail says: from the decision to the outbox and out of it."""

from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta

import pytest
from django.core import mail as django_mail
from django.db import connection
from django.utils import timezone, translation

from accounts.models import Role, User
from ledger.models import Event
from tests import factories
from tests.factories import rewritten
from tests.workflow.office import do
from workflow.models import AccessLog, Mail, Notice, NoticeChoice, Reminder
from workflow.notices import tell
from workflow.notices.gathering import gather
from workflow.notices.letter import LINES, letter
from workflow.notices.posting import post
from workflow.states import State, Verb

pytestmark = pytest.mark.usefixtures("english")


def at(hour: int, days: int = 0) -> datetime:
    today = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def reachable(*capacities, way="", **choice) -> None:
    """Give these officers an address and, where said, a choice."""
    for by in capacities:
        rewritten(User.objects.filter(pk=by.person.pk), email=f"{by.person.username}@trinh.test")
        if way:
            NoticeChoice.objects.create(user=by.person, way=way, **choice)


def told(paper) -> Event:
    """The worker's part after the last decision."""
    event = Event.objects.filter(dossier=paper).latest("seq")
    tell(event_ids=[event.pk])
    return event


def mails() -> list[tuple]:
    return list(Mail.objects.order_by("pk").values_list("user__username", "occasion", "state"))


# --- each at once -----------------------------------------------------------------------------------------------------
def test_a_decision_reaches_the_one_whose_turn_it_is_once(office):
    reachable(office.approver)
    paper = office.memo_in(State.SUBMITTED)
    for _again in range(2):
        told(paper)
        gather()
        post()
    assert mails() == [("minh", "notices", "sent")]
    (message,) = django_mail.outbox
    assert message.to == ["minh@trinh.test"]


def test_a_mail_says_what_kind_which_unit_and_until_when_and_no_more(office, settings):
    settings.SITE_URL = "https://trinh.example"
    reachable(office.approver, way="each", language="en")
    due = timezone.localdate() + timedelta(days=4)
    paper = office.memo_in(State.SUBMITTED, subject="Đề nghị khen thưởng Nguyễn Thị Bí Mật", due_on=due)
    told(paper)
    gather()
    post()
    (message,) = django_mail.outbox
    assert message.subject == "Trình: memo – U1: Awaiting the unit's approval"
    assert message.body == (
        "Memo – U1\n"
        "  State: Awaiting the unit's approval\n"
        f"  Due {due:%d/%m/%Y} (4 days left)\n"
        f"  https://trinh.example/dossiers/{paper.ref}/\n"
        "\n"
        "All your notices: https://trinh.example/notices/\n"
        "\n"
        "-- \n"
        "This is an automatic message from Trình; please do not reply.\n"
        "To change or stop these e-mails: https://trinh.example/notices/choices/\n"
    )
    headers = message.message()
    assert headers["Message-ID"] == f"<{Mail.objects.get().ref}@trinh.example>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"] == "<https://trinh.example/notices/choices/>"


def test_a_name_with_line_breaks_adds_no_header(office):
    reachable(office.approver)
    paper = office.memo_in(State.SUBMITTED)
    rewritten(type(office.unit).objects.filter(pk=office.unit.pk), short_name="U1\nBcc: moi@nguoi.vn\r\nX: y")
    told(paper)
    gather()
    post()
    message = django_mail.outbox[0].message()
    assert message["Bcc"] is None
    assert "\n" not in django_mail.outbox[0].subject
    assert mails() == [("minh", "notices", "sent")]


def test_decisions_taken_together_come_in_one_mail(office):
    reachable(office.approver)
    events = [told_later(office) for _n in range(3)]
    tell(event_ids=[event.pk for event in events])
    gather()
    assert mails() == [("minh", "notices", "queued")]
    assert Notice.objects.filter(mail__isnull=False).count() == 3


def test_two_notices_of_one_dossier_are_one_line_as_it_stands_when_the_mail_goes(office):
    reachable(office.approver, way="daily", hour=8, language="en")
    paper = office.memo_in(State.SUBMITTED)
    told(paper)
    do(Verb.RECALL, paper, office.drafter)
    do(Verb.SUBMIT, paper, office.drafter)
    told(paper)
    do(Verb.APPROVE, paper, office.approver)
    gather(at(9))
    assert Notice.objects.filter(mail__isnull=False).count() == 2
    message = letter(Mail.objects.get())
    assert message.subject == f"Trình: 1 notice, {at(9):%d/%m/%Y}"
    assert message.body.count("Memo – U1") == message.body.count("State: Approved by the unit") == 1


def told_later(office) -> Event:
    return Event.objects.filter(dossier=office.memo_in(State.SUBMITTED)).latest("seq")


# --- once a day, or not by mail ---------------------------------------------------------------------------------------
def test_a_daily_mail_waits_for_its_hour_and_takes_all_until_then(office):
    reachable(office.approver, way="daily", hour=16, language="en")
    for _n in range(2):
        told(office.memo_in(State.SUBMITTED))
    gather(at(15))
    assert mails() == []
    gather(at(16))
    gather(at(17))
    told(office.memo_in(State.SUBMITTED))
    gather(at(18))
    assert mails() == [("minh", "digest", "queued")]
    gather(at(8, days=1))
    assert mails() == [("minh", "digest", "queued")]
    gather(at(16, days=1))
    post()
    assert [message.subject for message in django_mail.outbox] == [
        f"Trình: 2 notices, {at(16):%d/%m/%Y}",
        f"Trình: 1 notice, {at(16, days=1):%d/%m/%Y}",
    ]


def test_days_without_the_worker_come_in_one_mail(office):
    reachable(office.approver, way="daily", hour=8)
    told(office.memo_in(State.SUBMITTED))
    gather(at(9, days=4))
    assert mails() == [("minh", "digest", "queued")]


def test_what_was_read_in_the_page_is_not_mailed_any_more(office):
    reachable(office.approver, way="daily", hour=8)
    told(office.memo_in(State.SUBMITTED))
    Notice.objects.update(read_at=timezone.now())
    paper = office.memo_in(State.SUBMITTED)
    told(paper)
    AccessLog.objects.create(user=office.approver.person, dossier=paper, act="viewed")
    AccessLog.objects.create(user=office.drafter.person, dossier=told(office.memo_in(State.SUBMITTED)).dossier)
    gather(at(9))
    assert mails() == [("minh", "digest", "queued")]
    assert list(Notice.objects.order_by("pk").values_list("not_mailed", flat=True)) == ["read", "read", ""]


def test_without_an_address_or_by_choice_only_in_the_page_for_good(office):
    office.officer("hai", Role.APPROVER, office.unit)
    reachable(office.approver, way="none")
    told(office.memo_in(State.SUBMITTED))
    gather()
    reachable(factories.acting(User.objects.get(username="hai"), Role.APPROVER))
    NoticeChoice.objects.all().delete()
    gather()
    assert mails() == []
    assert dict(Notice.objects.values_list("user__username", "not_mailed")) == {"minh": "choice", "hai": "address"}


def test_a_choice_made_before_the_mail_counts(office):
    reachable(office.approver, way="daily", hour=16)
    told(office.memo_in(State.SUBMITTED))
    NoticeChoice.objects.update(way="each")
    gather(at(9))
    assert mails() == [("minh", "notices", "queued")]


def test_a_long_mail_names_thirty_and_counts_the_rest(office):
    reachable(office.approver, way="each", language="en")
    paper = office.memo_in(State.SUBMITTED)
    event = Event.objects.filter(dossier=paper).latest("seq")
    mail = Mail.objects.create(user=office.approver.person, occasion="notices")
    reminders = Reminder.objects.bulk_create(
        Reminder(matter=f"x:{n}", unit=office.unit, kind="testapp.memo", path="/", due_on=timezone.localdate(), step=1)
        for n in range(LINES + 5)
    )
    Notice.objects.bulk_create(Notice(user=mail.user, reminder=reminder, mail=mail) for reminder in reminders)
    Notice.objects.create(user=mail.user, event=event, mail=mail)
    body = letter(mail).body
    assert body.count("Memo – U1") == LINES
    assert "And 6 more notices:" in body


def test_a_mail_is_in_the_persons_language_whoever_wakes_the_worker(office):
    reachable(office.approver)
    told(office.memo_in(State.SUBMITTED))
    gather()
    with translation.override("en"):
        message = letter(Mail.objects.get())
    with translation.override("vi"):
        assert str(State.SUBMITTED.label) in message.subject


def test_two_gatherings_at_once_make_one_mail(office, transactional_db):
    reachable(office.approver, way="daily", hour=0)
    for _n in range(5):
        told(office.memo_in(State.SUBMITTED))
    with ThreadPoolExecutor(4) as hands:
        list(hands.map(lambda _n: gathered_apart(), range(4)))
    assert mails() == [("minh", "digest", "queued")]
    assert Notice.objects.filter(mail=None).count() == 0


def gathered_apart() -> None:
    try:
        gather()
    finally:
        connection.close()

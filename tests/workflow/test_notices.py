"""Who is told, how it comes by mail, and what a mail says: from the decision to the outbox and out of it."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.core import mail as django_mail
from django.utils import timezone

from accounts.models import User
from workflow.models import Event, Mail, Notice, NoticeChoice
from workflow.notices import tell
from workflow.notices.gathering import gather
from workflow.notices.posting import post
from workflow.states import State

pytestmark = pytest.mark.usefixtures("english")
HOME = ZoneInfo("Asia/Ho_Chi_Minh")


def at(hour: int, days: int = 0) -> datetime:
    today = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def reachable(*capacities, way="", **choice) -> None:
    """Give these officers an address and, where said, a choice."""
    for by in capacities:
        User.objects.filter(pk=by.person.pk).update(email=f"{by.person.username}@trinh.test")
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
        "Written by Trình itself; please do not answer.\n"
        "How these mails come, or stop: https://trinh.example/notices/choices/\n"
    )
    headers = message.message()
    assert headers["Message-ID"] == f"<{Mail.objects.get().ref}@trinh.example>"
    assert headers["Auto-Submitted"] == "auto-generated"
    assert headers["List-Unsubscribe"] == "<https://trinh.example/notices/choices/>"


def test_a_name_with_line_breaks_adds_no_header(office):
    reachable(office.approver)
    paper = office.memo_in(State.SUBMITTED)
    type(office.unit).objects.filter(pk=office.unit.pk).update(short_name="U1\nBcc: moi@nguoi.vn\r\nX: y")
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


def told_later(office) -> Event:
    return Event.objects.filter(dossier=office.memo_in(State.SUBMITTED)).latest("seq")

"""The outbox against a mail server that is down, refuses, or breaks off: nothing lost, nothing twice."""

from datetime import timedelta

import pytest
from django.utils import timezone

from tests import factories
from tests.factories import rewritten
from tests.workflow.notices.mail_server import MailServer
from workflow.models import Mail
from workflow.notices.posting import ABANDONED, GIVE_UP, post

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english", "by_smtp")]
PEOPLE = ["an", "binh", "chi"]


@pytest.fixture
def by_smtp(settings):
    settings.EMAIL_BACKEND = "workflow.notices.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_TIMEOUT = "127.0.0.1", 10


@pytest.fixture
def outbox(db):
    """One mail for each of three people."""
    people = [factories.person(name, email=f"{name}@trinh.test") for name in PEOPLE]
    for person in people:
        Mail.objects.create(user=person, occasion="digest", day=timezone.localdate())
    return people


@pytest.fixture
def serve(settings):
    """Listen, and have the program know where."""

    def start(answers=lambda command, to: None) -> MailServer:
        server = MailServer(answers)
        settings.EMAIL_PORT = server.port
        return server

    return start


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def come_due() -> None:
    Mail.objects.update(due_at=timezone.now())


def test_all_are_sent_on_one_line_each_once(outbox, serve):
    with serve() as server:
        post()
        post()
    assert server.recipients == ["an@trinh.test", "binh@trinh.test", "chi@trinh.test"]
    assert len(server.lines) == 1
    assert states() == ["sent"] * 3
    assert [message["Message-ID"] for message in server.messages] == [
        f"<{ref}@localhost>" for ref in Mail.objects.order_by("pk").values_list("ref", flat=True)
    ]


def test_while_the_server_is_down_all_wait_with_growing_pauses(outbox, serve):
    with serve():
        pass  # now nobody listens there
    pauses = []
    for _attempt in range(9):
        come_due()
        post()
        mail = Mail.objects.order_by("pk").first()
        pauses.append(round((mail.due_at - mail.at) / timedelta(minutes=1)))
    assert pauses == [5, 10, 20, 40, 80, 160, 320, 320, 320]
    assert states() == ["queued"] * 3
    assert mail.fault == Mail.Fault.UNREACHABLE
    assert "refused" in mail.answer


def test_nothing_is_tried_before_its_pause_is_over(outbox, serve):
    Mail.objects.update(due_at=timezone.now() + timedelta(minutes=1))
    with serve() as server:
        post()
    assert server.lines == []
    assert states() == ["queued"] * 3


def test_an_address_that_is_refused_fails_and_the_others_go(outbox, serve):
    with serve(lambda command, to: "550 no such user" if (command, to[:4]) == ("RCPT", "binh") else None) as server:
        post()
    assert server.recipients == ["an@trinh.test", "chi@trinh.test"]
    assert states() == ["sent", "failed", "sent"]
    refused = Mail.objects.get(state="failed")
    assert (refused.fault, refused.answer) == (Mail.Fault.REFUSED, "550 no such user")


def test_a_mailbox_that_is_full_for_now_is_tried_again_and_once_it_was_too_often_given_up(outbox, serve):
    with serve(lambda command, to: "452 full" if (command, to[:4]) == ("RCPT", "binh") else None) as server:
        for attempt in range(GIVE_UP):
            assert states() == ["sent" if attempt else "queued", "queued", "sent" if attempt else "queued"]
            come_due()
            post()
    assert states() == ["sent", "failed", "sent"]
    assert sorted(server.recipients) == ["an@trinh.test", "chi@trinh.test"]


@pytest.mark.parametrize("command", ["MAIL", "RCPT", "DATA"])
def test_a_line_that_breaks_before_the_mail_is_given_is_tried_again(outbox, serve, command):
    broken = []

    def once(said, to):
        if said == command and not broken:
            return broken.append(to) or "hang up"
        return None

    with serve(once) as server:
        post()
        expected = "unsure" if command == "DATA" else "queued"
        assert sorted(states()) == sorted([expected, "sent", "sent"])
        come_due()
        post()
    assert len(server.given) == len(set(server.recipients)) == (2 if command == "DATA" else 3)


def test_a_line_that_breaks_after_the_mail_was_given_leaves_it_unsure_and_never_sends_it_again(outbox, serve):
    with serve(lambda command, to: "hang up" if (command, to[:4]) == (".", "binh") else None) as server:
        post()
        come_due()
        post()
    assert sorted(server.recipients) == ["an@trinh.test", "binh@trinh.test", "chi@trinh.test"]
    assert states() == ["sent", "unsure", "sent"]


def test_what_a_dead_worker_had_in_its_hands_is_unsure_and_stays_so(outbox, serve):
    Mail.objects.filter(user__username="an").update(state="handing_over", at=timezone.now())
    Mail.objects.filter(user__username="binh").update(state="handing_over", at=timezone.now() - ABANDONED * 2)
    with serve() as server:
        post()
        post()
    assert states() == ["handing_over", "unsure", "sent"]
    assert server.recipients == ["chi@trinh.test"]


def test_who_left_meanwhile_is_written_no_more(outbox, serve):
    for person, change in zip(outbox, [{"is_active": False}, {"email": ""}], strict=False):
        rewritten(type(person).objects.filter(pk=person.pk), **change)
    with serve() as server:
        post()
    assert states() == ["failed", "failed", "sent"]
    assert server.recipients == ["chi@trinh.test"]


def test_an_address_that_no_header_can_carry_fails_by_itself(outbox, serve):
    rewritten(type(outbox[0]).objects.filter(pk=outbox[0].pk), email="a\nBcc: b@c.vn")
    with serve() as server:
        post()
    assert states() == ["failed", "sent", "sent"]
    assert len(server.given) == 2

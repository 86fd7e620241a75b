"""The pages of notices: mine, how they come, and what was sent, for administrators at their own units and below."""

import pytest
from django.urls import reverse
from django.utils import timezone

from accounts.models import Role, User
from ledger.models import Event
from tests import factories
from tests.accounts.test_compiled import same
from tests.addresses import named
from tests.factories import rewritten
from tests.workflow.office import do
from workflow.models import Mail, Notice, NoticeChoice, Reminder
from workflow.notices import tell
from workflow.notices.gathering import gather
from workflow.notices.inbox import unread_counted
from workflow.notices.reminders import dossiers_due, remind
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]


@pytest.fixture
def english_pages(client, settings):
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def administrator(office):
    return office.officer("quan", Role.ADMINISTRATOR, office.district)


def url(name: str, *args) -> str:
    return reverse(named(name), args=args)


def told(paper, by=None) -> Notice:
    tell(event_ids=list(Event.objects.filter(dossier=paper).order_by("-seq").values_list("pk", flat=True)[:1]))
    return Notice.objects.latest("pk")


def words(answer) -> str:
    return " ".join(answer.content.decode().split())


def stuck(person, state: str, **fields) -> Mail:
    return Mail.objects.create(user=person, occasion="notices", state=state, address="minh@trinh.test", **fields)


# --- mine -------------------------------------------------------------------------------------------------------------
def test_my_notices_say_how_each_came(client, office):
    client.force_login(office.approver.person)
    told(office.memo_in(State.SUBMITTED))
    assert "With the next e-mail" in words(client.get(url("notices")))
    gather()
    page = words(client.get(url("notices")))
    assert "On the page only: no e-mail address" in page
    assert "You have no e-mail address here" in page
    rewritten(User.objects.filter(pk=office.approver.person.pk), email="minh@trinh.test")
    told(office.memo_in(State.SUBMITTED))
    gather()
    assert "Waiting to be sent" in words(client.get(url("notices")))


def test_the_bell_counts_the_unread_and_one_is_put_away_by_itself(client, office):
    first, second = (told(office.memo_in(State.SUBMITTED)) for _n in range(2))
    client.force_login(office.approver.person)
    assert same(unread_counted, office.approver.person.pk) == 2
    assert client.get(url("notices")).context["bell"] == {"count": 2, "more": False}
    assert client.post(url("notice-reading", first.pk), {"here": 1}).url == url("notices")
    assert client.get(url("notices")).context["bell"]["count"] == 1
    client.get(url("dossier", second.event.dossier.ref))
    assert client.get(url("notices")).context["bell"]["count"] == 0


def test_nobody_puts_away_the_notices_of_another(client, office):
    notice = told(office.memo_in(State.SUBMITTED))
    client.force_login(office.drafter.person)
    assert client.post(url("notice-reading", notice.pk)).status_code == 404
    client.post(url("reading"))
    assert Notice.objects.get().read_at is None
    assert client.get(url("notice-reading", notice.pk)).status_code == 405
    assert notice.event.dossier.subject not in words(client.get(url("notices")))


def test_reminders_stand_on_the_desk_and_in_the_list_until_the_paper_is_opened(client, office):
    paper = office.memo_in(State.SUBMITTED, due_on=timezone.localdate())
    remind(dossiers_due(timezone.localdate()), timezone.localdate())
    client.force_login(office.approver.person)
    assert "Reminder of the due date." in words(client.get(url("desk")))
    assert f"Reminder: due {timezone.localdate():%d/%m/%Y}" in words(client.get(url("notices")))
    client.get(url("dossier", paper.ref))
    assert "Reminder of the due date." not in words(client.get(url("desk")))


def test_the_choice_is_kept(client, office):
    client.force_login(office.approver.person)
    assert client.post(url("notice-choices"), {"way": "daily", "hour": 3, "language": "en"}).status_code == 422
    assert client.post(url("notice-choices"), {"way": "daily", "hour": 14, "language": "en"}).url == url("notices")
    chosen = NoticeChoice.objects.get(user=office.approver.person)
    assert (chosen.way, chosen.hour, chosen.language) == ("daily", 14, "en")
    assert client.get(url("notice-choices")).context["form"]["hour"].value() == 14


def test_as_many_questions_for_one_notice_as_for_a_page_full(client, office, django_assert_num_queries):
    client.force_login(office.approver.person)
    told(office.memo_in(State.SUBMITTED))
    with django_assert_num_queries(8):
        client.get(url("notices"))
    paper = office.memo_in(State.SUBMITTED)
    told(paper)
    many = [
        Reminder(matter=f"x:{n}", unit=office.unit, kind="testapp.memo", due_on=timezone.localdate(), step=1, path="/")
        for n in range(100)
    ]
    Notice.objects.bulk_create(
        Notice(user=office.approver.person, reminder=reminder) for reminder in Reminder.objects.bulk_create(many)
    )
    with django_assert_num_queries(8):
        answer = client.get(url("notices"))
    assert answer.context["bell"] == {"count": 99, "more": True}


# --- what was sent ----------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [role for role in Role if role != Role.ADMINISTRATOR])
def test_only_administrators_see_what_was_sent(client, office, role):
    mail = stuck(office.approver.person, "failed")
    client.force_login(office.officer("ai", role, office.district).person)
    assert client.get(url("mails-sent")).status_code == 404
    assert client.post(url("mail-again", mail.ref)).status_code == 404
    assert Mail.objects.get().state == "failed"


def test_an_administrator_sees_their_units_and_below_with_masked_addresses(client, office, administrator):
    stuck(office.approver.person, "failed", fault="refused", answer="550 no such user")
    stranger = office.officer("xa", Role.APPROVER, office.foreign).person
    theirs = stuck(stranger, "unsure")
    client.force_login(administrator.person)
    page = words(client.get(url("mails-sent")))
    assert "Lê Văn Minh" in page
    assert "mi…@trinh.test" in page
    assert "550 no such user" in page
    assert "minh@trinh.test" not in page
    assert stranger.full_name not in page
    assert client.post(url("mail-again", theirs.ref)).status_code == 404
    assert client.get(url("mails-sent"), {"state": "unsure"}).context["page"].paginator.count == 0
    assert client.get(url("mails-sent"), {"state": "failed"}).context["page"].paginator.count == 1


def test_without_a_mail_server_nothing_is_called_sent(client, office, administrator, settings):
    stuck(office.approver.person, Mail.State.SENT)
    client.force_login(administrator.person)
    assert "<b>Written to a file, not sent</b>" in words(client.get(url("mails-sent")))
    for page in ("notices", "notice-choices"):
        rewritten(User.objects.filter(pk=administrator.person.pk), email="quan@trinh.test")
        assert "No mail server is set up" in words(client.get(url(page)))
    settings.EMAIL_HOST = "mail.trinh.test"
    assert "<b>Sent</b>" in words(client.get(url("mails-sent")))
    assert "No mail server is set up" not in words(client.get(url("notices")))


def test_only_what_is_stuck_is_sent_again_and_who_did_it_stands_there(client, office, administrator):
    mails = {state: stuck(office.approver.person, state, attempts=12) for state in Mail.State.values}
    client.force_login(administrator.person)
    for mail in mails.values():
        assert client.post(url("mail-again", mail.ref)).url == url("mails-sent")
    queued = Mail.objects.filter(again_by=administrator.person)
    assert sorted(mail.pk for mail in queued) == sorted([mails["failed"].pk, mails["unsure"].pk])
    assert {(mail.state, mail.attempts) for mail in queued} == {("queued", 0)}
    assert "again, by Nguyễn Văn Quan" in words(client.get(url("mails-sent")))


def test_what_was_sent_takes_the_same_questions_for_one_and_for_many(
    client, office, administrator, django_assert_num_queries
):
    client.force_login(administrator.person)
    stuck(office.approver.person, "sent")
    with django_assert_num_queries(10):
        client.get(url("mails-sent"))
    for n in range(40):
        person = factories.person(f"p{n}")
        factories.appoint(person, office.unit, Role.DRAFTER)
        stuck(person, "failed", again_by=administrator.person)
    with django_assert_num_queries(10):
        client.get(url("mails-sent"))


def test_a_decision_that_comes_back_reaches_its_drafter_in_the_page(client, office):
    paper = office.memo_in(State.SUBMITTED)
    do(Verb.RETURN, paper, office.approver)
    told(paper)
    client.force_login(office.drafter.person)
    assert "returned version 1" in words(client.get(url("notices")))

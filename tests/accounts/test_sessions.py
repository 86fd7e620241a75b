"""Sessions: new at sign-in, ended when idle, old, elsewhere or signed out; and the whole knock is remembered."""

import time
from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.conf import settings
from django.core.cache import cache
from django.db import connection, transaction
from django.db.utils import ProgrammingError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import SignIn, User
from accounts.signing_in.one_time import give_password
from accounts.signing_in.sessions import BEGAN, IDLE, SEEN, STEP, WHOLE
from tests.accounts.door import PASSWORD, inside, sign_in
from tests.factories import rewritten

pytestmark = pytest.mark.django_db
CHROME = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36"


def later(client, idle=0, age=0) -> None:
    """As if this much time had gone by for the session."""
    session = client.session
    session[SEEN] -= idle
    session[BEGAN] -= age
    session.save()


@pytest.mark.parametrize(
    ("idle", "age", "stays"),
    [(IDLE - 5, 0, True), (IDLE + 5, 0, False), (0, WHOLE - 5, True), (0, WHOLE + 5, False)],
)
def test_a_session_ends_when_idle_or_when_its_day_is_over(client, approver, idle, age, stays):
    sign_in(client, "duyet")
    later(client, idle, age)
    assert inside(client) is stays
    assert UserSession.objects.count() == int(stays)


def test_use_keeps_it_alive_and_is_noted_every_few_minutes(client, approver):
    sign_in(client, "duyet")
    later(client, idle=STEP + 5)
    client.get("/")
    assert time.time() - client.session[SEEN] < 5
    noted = client.session[SEEN]
    later(client, idle=60)
    client.get("/")
    assert client.session[SEEN] == noted - 60


def test_a_session_without_its_times_is_nobodys(client, approver):
    sign_in(client, "duyet")
    session = client.session
    del session[BEGAN]
    session.save()
    assert not inside(client)


def test_the_page_that_was_wanted_comes_after_signing_in_again(client, approver):
    sign_in(client, "duyet")
    later(client, idle=IDLE + 5)
    answer = client.get("/history/?verb=approve")
    assert answer["Location"] == f"{reverse('account_login')}?next=/history/%3Fverb%3Dapprove"


def test_a_key_planted_before_is_worth_nothing_after(client, approver):
    client.get(reverse("account_login"))
    client.cookies[settings.SESSION_COOKIE_NAME] = "planted0by0another0window0000000"
    sign_in(client, "duyet")
    assert client.cookies[settings.SESSION_COOKIE_NAME].value != "planted0by0another0window0000000"
    planted = Client()
    planted.cookies[settings.SESSION_COOKIE_NAME] = "planted0by0another0window0000000"
    assert not inside(planted)


def test_signing_out_leaves_nothing_to_take_up(client, approver):
    sign_in(client, "duyet")
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    client.post(reverse("account_logout"))
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = kept
    assert not inside(thief)


def test_the_others_are_ended_from_the_list(client, approver):
    elsewhere = Client(headers={"User-Agent": CHROME})
    sign_in(elsewhere, "duyet"), sign_in(client, "duyet")
    page = client.get(reverse("usersessions_list")).content.decode()
    assert "Chrome, Windows" in page
    client.post(reverse("usersessions_list"))
    assert (inside(client), inside(elsewhere)) == (True, False)


def test_every_knock_is_remembered(client, approver):
    sign_in(client, "duyet", "sai rồi, hãy thử lại")
    sign_in(client, "duyet")
    client.post(reverse("account_logout"))
    kept = [(row.outcome, row.method, row.ip) for row in approver.sign_ins.all()]
    assert kept == [
        ("signed_out", "", "127.0.0.1"),
        ("signed_in", "password", "127.0.0.1"),
        ("refused", "password", "127.0.0.1"),
    ]


def test_a_name_without_an_account_leaves_only_a_mark(client, approver):
    for name in ("mật khẩu của tôi", "MẬT KHẨU của tôi", "ai khác"):
        sign_in(client, name)
    marks = [*SignIn.objects.values_list("unknown_name", flat=True)]
    assert len(set(marks)) == 2
    assert {row.user for row in SignIn.objects.all()} == {None}
    assert all(len(mark) == 16 for mark in marks)


def test_both_answers_are_alike_whether_the_name_is_known(client, approver):
    def answer(name):
        page = sign_in(client, name, "sai rồi, hãy thử lại")
        return page.status_code, page.context["form"].errors, len(page.headers)

    assert answer("duyet") == answer("khong-co")


def test_the_application_may_only_add_to_the_history(client, approver):
    sign_in(client, "duyet")
    for statement in ("UPDATE accounts_signin SET outcome = 'refused'", "DELETE FROM accounts_signin"):
        with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
            connection.cursor().execute(statement)


def test_only_ones_own_history_is_shown_with_a_steady_count_of_queries(client, approver, django_assert_num_queries):
    sign_in(client, "duyet", "sai rồi, hãy thử lại")
    sign_in(client, "khong-co")
    sign_in(client, "duyet")
    rows = client.get(reverse("sign-ins")).context["page"].object_list
    assert [row.outcome for row in rows] == ["signed_in", "refused"]
    with django_assert_num_queries(7) as one:
        client.get(reverse("sign-ins"))
    SignIn.objects.bulk_create([SignIn(user=approver, outcome="refused", ip="198.51.100.7") for _ in range(100)])
    with django_assert_num_queries(len(one)):
        client.get(reverse("sign-ins"))


def test_guessing_is_counted_for_the_account_over_all_addresses(client, approver):
    for address in range(5):
        sign_in(Client(REMOTE_ADDR=f"198.51.100.{address}"), "duyet", "sai rồi, hãy thử lại")
    answer = sign_in(client, "duyet")
    assert not inside(client)
    assert "5" in str(answer.context["form"].errors)
    assert approver.sign_ins.first().outcome == "held_off"


def test_guessing_at_many_names_does_not_push_a_count_out(client, approver):
    for _ in range(5):
        sign_in(client, "duyet", "sai rồi, hãy thử lại")
    for number in range(400):
        cache.set(f"another-name-{number}", 1)
    sign_in(Client(REMOTE_ADDR="198.51.100.7"), "duyet")
    assert approver.sign_ins.first().outcome == "held_off"


@pytest.mark.parametrize(
    "away", ["//xau.test", "https:/\\xau.test", "javascript:alert(1)", "/\\xau.test", "http:///xau.test"]
)
def test_no_way_leads_off_this_site(client, approver, away):
    assert sign_in(client, "duyet", next=away)["Location"] == "/"


def test_a_form_of_another_site_does_not_sign_in(approver):
    strict = Client(enforce_csrf_checks=True)
    assert sign_in(strict, "duyet").status_code == 403
    assert not inside(strict)


def test_a_given_password_is_for_one_sign_in_and_a_week(client, approver):
    given = give_password(approver)
    sign_in(client, "duyet")
    assert not inside(client), "the old one opens nothing"
    sign_in(client, "duyet", given)
    assert client.get("/")["Location"] == reverse("account_change_password")
    form = {"oldpassword": given, "password1": "cây tre trăm đốt", "password2": "cây tre trăm đốt"}
    client.post(reverse("account_change_password"), form)
    sign_in(client, "duyet", "cây tre trăm đốt")
    assert inside(client)


def test_a_given_password_runs_out(client, approver):
    given = give_password(approver)
    rewritten(User.objects.filter(pk=approver.pk), given_password_until=timezone.now() - timedelta(seconds=1))
    sign_in(client, "duyet", given)
    assert not inside(client)


def test_giving_a_password_ends_what_was_open(client, approver):
    sign_in(client, "duyet")
    give_password(approver)
    assert not inside(client)


@pytest.mark.parametrize(
    "name",
    [
        "account_email",
        "account_signup",
        "account_reset_password",
        "account_set_password",
        "account_email_verification_sent",
    ],
)
def test_pages_an_office_has_no_use_for_are_not_there(client, approver, name):
    assert client.get(reverse(name)).status_code == 404
    sign_in(client, "duyet", PASSWORD)
    assert client.get(reverse(name)).status_code == 404
    assert client.post(reverse(name), {"email": "a@b.vn"}).status_code == 404

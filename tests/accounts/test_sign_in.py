"""The one door: password sign-in with limits, sessions that end with the account, no way round it."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from accounts.models import Role, User
from tests.factories import appoint, person, saved, unit

pytestmark = pytest.mark.django_db
PASSWORD = "Giay-trinh-2026"


@pytest.fixture(autouse=True)
def nobody_has_tried_yet():
    cache.clear()


@pytest.fixture
def drafter():
    someone = person("soan", "Lê Thị Ân", password=PASSWORD)
    appoint(someone, unit("CD1"), Role.DRAFTER)
    return someone


def sign_in(client, username="soan", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": username, "password": password, **more})


def test_the_right_password_opens_the_desk(client, drafter):
    response = sign_in(client)
    assert (response.status_code, response["Location"]) == (302, "/")
    assert client.get("/").status_code == 200


@pytest.mark.parametrize(("username", "password"), [("soan", "sai"), ("ai-đó", PASSWORD), ("", ""), ("soan\x00", "x")])
def test_a_wrong_one_says_so_in_vietnamese_and_opens_nothing(client, drafter, username, password):
    response = sign_in(client, username, password)
    assert response.status_code == 200
    assert 'lang="vi"' in response.content.decode()
    assert client.get("/").status_code == 302


def test_guessing_is_stopped_even_for_the_right_password(client, drafter):
    for _ in range(5):
        assert sign_in(client, password="sai").status_code == 200
    assert client.get("/").status_code == 302
    sign_in(client)
    assert client.get("/").status_code == 302, "the sixth try is not even looked at"


def test_the_way_back_stays_on_this_site(client, drafter):
    assert sign_in(client, next="https://xau.test/").headers["Location"] == "/"


def test_a_session_ends_with_the_account(client, drafter):
    sign_in(client)
    drafter.is_active = False
    saved(drafter)
    response = client.get("/")
    assert response.status_code == 302
    assert reverse("account_login") in response["Location"]
    assert sign_in(client).status_code != 302 or client.get("/").status_code == 302


def test_signing_in_gives_a_new_session(client, drafter):
    client.get(reverse("account_login"))
    before = client.session.session_key
    sign_in(client)
    assert client.session.session_key != before


def test_nobody_signs_up(client):
    assert 'name="password1"' not in client.get(reverse("account_signup")).content.decode()
    form = {"username": "la", "password1": PASSWORD, "password2": PASSWORD}
    client.post(reverse("account_signup"), form)
    assert not User.objects.filter(username="la").exists()

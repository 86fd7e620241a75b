"""The second factor: set up, asked for, guessed at, replayed, used twice, and not one's own."""

import json

import pytest
from allauth.mfa.models import Authenticator
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from accounts.models import Role, SignIn
from ledger.models import Event
from tests.accounts.door import PASSWORD, Passkey, add_app, add_passkey, code, inside, sign_in
from tests.factories import appoint, person

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def protected(client, approver):
    """An approver with an app, signed out; the app's secret."""
    sign_in(client, "duyet")
    secret = add_app(client)
    client.post(reverse("account_logout"))
    cache.clear()
    return secret


def recovery_codes() -> list[str]:
    return Authenticator.objects.get(type="recovery_codes").wrap().get_unused_codes()


def give(client, what):
    return client.post(reverse("mfa_authenticate"), {"code": what})


def test_the_password_alone_opens_nothing_any_more(client, protected):
    answer = sign_in(client, "duyet")
    assert answer["Location"] == reverse("mfa_authenticate")
    assert not inside(client)
    give(client, code(protected))
    assert inside(client)
    last = SignIn.objects.filter(outcome="signed_in").first()
    assert last.method == "password+totp"


def test_a_code_opens_the_door_once(client, protected):
    now = code(protected)
    sign_in(client, "duyet"), give(client, now)
    assert inside(client)
    overheard = Client()
    sign_in(overheard, "duyet")
    assert "code" in give(overheard, now).context["form"].errors
    assert not inside(overheard)


def test_the_code_that_set_the_app_up_opens_nothing(client, approver):
    sign_in(client, "duyet")
    secret = add_app(client)
    overheard = Client()
    sign_in(overheard, "duyet")
    give(overheard, code(secret))
    assert not inside(overheard)


@pytest.mark.parametrize("periods", [-2, -1, 1, 2, 10])
def test_yesterdays_and_tomorrows_codes_open_nothing(client, protected, periods):
    sign_in(client, "duyet")
    give(client, code(protected, periods))
    assert not inside(client)


def test_guessing_codes_is_stopped_even_for_the_right_one(client, protected):
    sign_in(client, "duyet")
    for _ in range(5):
        give(client, "000000")
    give(client, code(protected))
    assert not inside(client)
    elsewhere = Client(REMOTE_ADDR="198.51.100.7")
    sign_in(elsewhere, "duyet")
    give(elsewhere, code(protected))
    assert not inside(elsewhere), "the count is the account's, not the address's"
    kept = SignIn.objects.filter(method="totp").values_list("outcome", flat=True)
    assert [*kept] == ["held_off", "held_off", *["refused"] * 5]


def test_a_recovery_code_opens_the_door_once(client, protected):
    one, other = recovery_codes()[:2]
    sign_in(client, "duyet"), give(client, one)
    assert inside(client)
    again = Client()
    sign_in(again, "duyet"), give(again, one)
    assert not inside(again)
    give(again, other)
    assert inside(again)
    assert len(recovery_codes()) == 8


def test_seeds_lie_encrypted(client, protected):
    stored = json.dumps([*Authenticator.objects.values_list("data", flat=True)])
    assert protected not in stored
    assert [code for code in recovery_codes() if code in stored] == []


def test_a_passkey_opens_the_door_alone_and_only_its_owners(client, approver, office):
    other = person("khac", "Lê Văn Khác", password=PASSWORD)
    appoint(other, office, Role.APPROVER)
    key, theirs = Passkey(), Passkey(b"the key of another one, 32 bytes.")
    for username, one in [("duyet", key), ("khac", theirs)]:
        window = Client()
        sign_in(window, username)
        assert add_passkey(window, one).status_code == 302

    def challenge(window):
        answer = window.get(reverse("mfa_login_webauthn"), headers={"Accept": "application/json"})
        return answer.json()["request_options"]

    options = challenge(client)
    client.post(reverse("mfa_login_webauthn"), {"credential": theirs.used(options, owner=key.owner)})
    assert not inside(client), "another one's key under this one's name"
    sent = key.used(options)
    client.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert inside(client)
    assert SignIn.objects.filter(outcome="signed_in").first().method == "webauthn"
    replay = Client()
    challenge(replay)
    replay.post(reverse("mfa_login_webauthn"), {"credential": sent})
    assert not inside(replay), "an answer to an older question"


def test_another_ones_passkey_is_no_second_factor_of_mine(client, approver, office):
    person("khac", "Lê Văn Khác", password=PASSWORD)
    key, theirs = Passkey(), Passkey(b"the key of another one, 32 bytes.")
    for username, one in [("duyet", key), ("khac", theirs)]:
        window = Client()
        sign_in(window, username)
        add_passkey(window, one)
    sign_in(client, "duyet")
    options = client.get(reverse("mfa_authenticate")).context["js_data"]["request_options"]
    options = json.loads(json.dumps(options, default=str))
    client.post(reverse("mfa_authenticate"), {"credential": theirs.used(options)})
    assert not inside(client)
    assert SignIn.objects.filter(method="webauthn", outcome="refused").count() == 1


@pytest.mark.parametrize("name", ["mfa_edit_webauthn", "mfa_remove_webauthn"])
def test_another_ones_passkey_is_not_there_to_be_changed(client, approver, name):
    window = Client()
    sign_in(window, "duyet"), add_passkey(window, Passkey())
    person("khac", "Lê Văn Khác", password=PASSWORD)
    sign_in(client, "khac")
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    address = reverse(name, args=[Authenticator.objects.get(type="webauthn").pk])
    assert [client.get(address).status_code, client.post(address, {"name": "x"}).status_code] == [404, 404]


def test_a_factor_is_changed_only_by_who_proves_to_be_there(client, protected):
    sign_in(client, "duyet"), give(client, code(protected))
    for name in ("mfa_deactivate_totp", "mfa_generate_recovery_codes", "mfa_add_webauthn"):
        answer = client.get(reverse(name))
        assert answer.status_code == 302
        assert "reauthenticate" in answer["Location"]


def test_each_change_ends_other_sessions_and_is_sealed(client, approver):
    elsewhere = Client()
    sign_in(elsewhere, "duyet"), sign_in(client, "duyet")
    add_app(client)
    assert not inside(elsewhere)
    assert inside(client)
    client.post(reverse("mfa_deactivate_totp"))
    sealed = Event.objects.filter(verb="sign_in_changed").order_by("seq")
    assert [event.facts["what"] for event in sealed] == [
        "totp_added", "recovery_codes_added", "totp_removed", "recovery_codes_removed",
    ]  # fmt: skip
    assert {event.actor for event in sealed} == {approver}


@pytest.mark.parametrize("ugly", ["", " ", "abc", "12345", "0" * 5000, "１２３４５６", "-1", "\x00", "1 2 3 4 5 6"])
def test_ugly_codes_are_answered_with_words(client, protected, ugly):
    sign_in(client, "duyet")
    answer = give(client, ugly)
    assert answer.status_code == 200
    assert answer.context["form"].errors


@pytest.mark.parametrize(
    "ugly", ["", "{}", "[]", "null", '{"id": 1}', "x" * 1000, '{"response": {"userHandle": null}}']
)
def test_ugly_keys_are_answered_with_words(client, approver, ugly):
    client.get(reverse("mfa_login_webauthn"))
    answer = client.post(reverse("mfa_login_webauthn"), {"credential": ugly})
    assert answer.status_code in {200, 302}
    assert not inside(client)

"""Passwords: long, not what everybody tries first, whatever letters they are made of, and nothing else asked."""

import unicodedata

import pytest
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.urls import reverse

from accounts.models import SignIn, User
from accounts.passwords import made_up
from tests.accounts.door import PASSWORD, inside, sign_in
from tests.factories import person

pytestmark = pytest.mark.django_db


def faults(password, user=None) -> list[str]:
    try:
        validate_password(password, user)
    except ValidationError as refusal:
        return sorted(error.code for error in refusal.error_list)
    return []


@pytest.mark.parametrize(
    "password",
    [
        "gánh nước đêm trăng", "bốn con cua bò ngang", "            một hai ba bốn", "😀 mèo ngủ trên mái nhà",
        "correct horse battery", "x7$Qp!2mZ#vL", "đ" * 5 + "ăâêôơưÁẢÃẠ" + "chim", "k" * 100 + " và năm chữ khác nữa",
    ],
)  # fmt: skip
def test_long_and_unlike_others_is_all_that_is_asked(password):
    assert faults(password) == []


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("ngắn quá", ["password_too_short"]),
        ("11 ký tự ạ!", ["password_too_short"]),
        ("matkhau123456", ["password_tried_first"]),
        ("Mật khẩu 123456", ["password_tried_first"]),
        ("anhyeuemnhieu", ["password_tried_first"]),
        ("congdoanvietnam2026", ["password_tried_first"]),
        ("Công Đoàn 12345!", ["password_tried_first"]),
        ("qwertyuiop123", ["password_too_common"]),
        ("123456789012", ["password_tried_first"]),
        ("aaaaaaaaaaaa", ["password_tried_first"]),
        ("trinhtrinhtrinh", ["password_tried_first"]),
        ("longbien@2026", ["password_tried_first"]),
        ("y" * 129 + "bốn chữ nữa", ["max_length"]),
    ],
)
def test_what_everybody_tries_first_is_refused(password, why):
    assert faults(password) == why


def test_ones_own_name_is_tried_first_too():
    someone = person("hanh.tt", "Trần Thị Bích Hạnh")
    assert faults("tranthibichhanh", someone) == ["password_tried_first"]
    assert faults("Bích Hạnh 1987", someone) == ["password_tried_first"]
    assert faults("hanh.tt.hanh.tt", someone) == ["password_tried_first"]
    assert faults("cây tre trăm đốt", someone) == []


def test_the_same_password_however_it_was_composed(client):
    composed = unicodedata.normalize("NFC", PASSWORD)
    apart = unicodedata.normalize("NFD", PASSWORD)
    assert composed != apart
    for kept, typed in [(composed, apart), (apart, composed)]:
        someone = person(f"soan{len(kept)}", password=kept)
        assert User.objects.get(pk=someone.pk).check_password(typed)
    sign_in(client, f"soan{len(apart)}", composed)
    assert inside(client)


def test_nothing_of_a_long_password_is_cut_off(client):
    long = "từng chữ một " * 9 + "hết"
    person("dai", password=long)
    sign_in(client, "dai", long[:-1])
    assert not inside(client)
    sign_in(client, "dai", long)
    assert inside(client)


def test_a_password_of_a_megabyte_is_not_hashed(client, monkeypatch):
    someone = person("soan", password=PASSWORD)
    monkeypatch.setattr("django.contrib.auth.hashers.check_password", None)
    assert not someone.check_password("x" * 2**20)


def test_the_change_asks_for_the_old_one_ends_every_session_and_is_told(client, django_user_model):
    from django.test import Client

    person("soan", password=PASSWORD)
    other = Client()
    sign_in(client, "soan"), sign_in(other, "soan")
    form = {"oldpassword": "sai", "password1": "cây tre trăm đốt", "password2": "cây tre trăm đốt"}
    assert "oldpassword" in client.post(reverse("account_change_password"), form).context["form"].errors
    client.post(reverse("account_change_password"), form | {"oldpassword": PASSWORD})
    assert not inside(client)
    assert not inside(other)
    sign_in(client, "soan")
    assert not inside(client), "the old one opens nothing"
    sign_in(client, "soan", "cây tre trăm đốt")
    assert inside(client)
    assert SignIn.objects.filter(outcome="refused").count() == 1


def test_managers_of_passwords_are_helped(client):
    page = client.get(reverse("account_login")).content.decode()
    assert 'autocomplete="username"' in page
    assert 'autocomplete="current-password"' in page
    assert "maxlength" not in page.partition('name="password"')[2].partition(">")[0], "a paste is never cut"
    person("soan", password=PASSWORD)
    sign_in(client, "soan")
    page = client.get(reverse("account_change_password")).content.decode()
    assert page.count('autocomplete="new-password"') == 2


def test_made_up_passwords_are_good_ones_and_never_the_same():
    made = {made_up() for _ in range(500)}
    assert len(made) == 500
    assert [password for password in made if faults(password)] == []

"""What the database folds and what Python folds is one and the same, whatever was typed."""

import unicodedata

import pytest
from django.db import connection
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from ledger.record_search import WORD, words
from tests import factories
from vietnamese.text import fold, nfc

VIETNAMESE = "aăâeêioôơuưyđ" + "\u0300\u0309\u0303\u0301\u0323\u0302\u0306\u031b"
ODD = "'’ʼ´0059ÐðƉɖĐđ-\u2010\u2011\u2012\u2013\u2014\u2212\u00a0\u200b\u2028\ufeff\u00ad ßẞſΣςΑЖж①½İıŁøæﬁ/.,“”"
letters = st.sampled_from(VIETNAMESE + VIETNAMESE.upper() + ODD)
# What neither side knows yet may be decomposed by one of them; no text of the database holds U+0000.
known = st.characters(exclude_categories=["Cs", "Cn"], exclude_characters="\x00")
texts = st.text(letters, max_size=30) | st.text(known, max_size=30)


def by_database(text: str, function: str = "vietnamese_folded") -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {function}(%s)", [text])
        return cursor.fetchone()[0]


class TestTwins(TestCase):
    @given(texts)
    @settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_both_fold_alike(self, text):
        assert by_database(text) == fold(text)

    @given(st.text(letters, max_size=30))
    @example("①00 a00 0①0 00①05 Ⅷ00")
    @settings(max_examples=200, deadline=None)
    def test_the_words_of_the_record_are_those_that_are_asked_for(self, text):
        assert WORD.findall(by_database(text, "ledger_folded")) == words(text)


@pytest.mark.django_db
def test_every_character_by_itself_is_folded_alike():
    every = [chr(point) for point in range(1, 0x20000) if unicodedata.category(chr(point)) not in ("Cs", "Cn")]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT vietnamese_folded(one) FROM unnest(%s::text[]) WITH ORDINALITY t(one, n) ORDER BY n", [every]
        )
        folded = [row[0] for row in cursor.fetchall()]
    assert [one for one, other in zip(every, folded, strict=True) if fold(one) != other] == []


@pytest.mark.parametrize("letter", ["Đ", "\u00d0", "\u0189"])
def test_the_d_of_other_letters_is_one_and_the_same_afterwards(letter):
    assert nfc(f"{letter}ặng Văn {letter}ức") == "Đặng Văn Đức"
    assert fold(f"{letter}ặng") == "dang"


def test_a_small_one_too_where_vietnamese_has_it():
    assert nfc("ðồng chí ɖược, 500.000ð") == "đồng chí được, 500.000đ"
    assert nfc("L\u00d0L\u00d0") == "LĐLĐ"
    assert nfc("Guðmundur") == "Guðmundur"
    assert fold("GU\u00d0MUNDUR") == fold("Guðmundur") == "gudmundur"


@pytest.mark.parametrize("dash", "-\u2010\u2011\u2012\u2013\u2212")
def test_every_short_dash_is_a_hyphen(dash):
    assert fold(f"18/KH{dash}LĐLĐ") == "18/kh-ldld"


@pytest.mark.django_db
def test_people_and_units_are_kept_with_the_one_letter_and_found_by_the_column():
    person = factories.person("dang", "\u00d0ặng Văn Hòa")
    person.refresh_from_db()
    assert (person.full_name, person.search_text) == ("Đặng Văn Hòa", "dang van hoa dang ")
    unit = factories.unit("CD\u20111", name="Công đoàn \u00d0ức Giang – A")
    unit.refresh_from_db()
    assert unit.search_text == "cd-1 cd-1 cong doan duc giang - a  "


def test_an_apostrophe_is_one_however_it_was_typed():
    assert {fold(f"H{sign}Bia Ê-ban") for sign in "'’‘ʼ′´"} == {"h'bia e-ban"}

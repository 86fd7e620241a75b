"""Vietnamese text: cleaning, order of names, dates and numbers."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.text import fold, long_date, nfc, number, short_official_date, sort_key

LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
TONES = ["", "\u0300", "\u0309", "\u0303", "\u0301", "\u0323"]

words = st.lists(st.tuples(st.sampled_from(LETTERS), st.integers(0, 5), st.booleans()), min_size=1, max_size=4)
names = st.lists(words, min_size=1, max_size=3)


def spelled(name):
    def letter(base, tone, capital):
        return unicodedata.normalize("NFC", (base.upper() if capital else base) + TONES[tone])

    return " ".join("".join(letter(*part) for part in word) for word in name)


def rank(name):
    """The rule itself, on letters and tones that are still apart: given name first, tones second."""

    def part(words):
        return (
            [[LETTERS.index(base) for base, _tone, _capital in word] for word in words],
            [tone for word in words for _base, tone, _capital in word],
        )

    return part(name[-1:]), part(name[:-1])


def test_names_sort_by_given_name_in_vietnamese_letter_order():
    in_order = [
        "Trần Văn An", "Lê Anh", "Đặng Thị Ảnh", "Nguyễn Thị Ảnh", "Đặng Ánh", "Nguyễn Ánh", "Bùi Ân", "Phạm Dũng",
        "Mai Văn Đạt", "Hồ Oanh", "Ngô Ôn", "Cao Ơn",
    ]  # fmt: skip
    shuffled = in_order[::-1]
    assert sorted(shuffled, key=sort_key) == in_order


def test_a_family_name_alone_comes_before_the_same_with_a_middle_name():
    assert sort_key("Nguyễn An") < sort_key("Nguyện An") < sort_key("Nguyễn Bá An") < sort_key("Nguyễn Văn An")


def test_the_key_of_a_vietnamese_name_is_plain_ascii():
    assert sort_key("Đặng Thị Ánh") == "anh 4 d~a~ng-thi 0500005"


@given(names, names)
def test_the_order_of_keys_is_the_order_of_the_rule(one, other):
    assert (sort_key(spelled(one)) < sort_key(spelled(other))) == (rank(one) < rank(other))
    assert (sort_key(spelled(one)) == sort_key(spelled(other))) == (rank(one) == rank(other))


@given(names)
def test_key_ignores_how_the_name_was_typed(name):
    typed = spelled(name)
    assert sort_key(unicodedata.normalize("NFD", typed)) == sort_key(f"  {typed.upper()}\u00a0") == sort_key(typed)


@given(st.text(), st.text())
def test_byte_order_of_any_keys_is_their_text_order(one, other):
    keys = sort_key(one), sort_key(other)
    assert (keys[0] < keys[1]) == (keys[0].encode() < keys[1].encode())


def test_foreign_names_keep_a_place():
    people = ["Anna Müller", "Jean O'Neil", "Иван Петров", "", "   ", "H'Hen Niê", "Nguyễn Văn 2"]
    assert sorted(people, key=sort_key) == [
        "", "   ", "Nguyễn Văn 2", "Anna Müller", "H'Hen Niê", "Jean O'Neil", "Иван Петров",
    ]  # fmt: skip


def test_search_form_drops_marks_and_case():
    assert fold("ĐẶNG Thị Hoà — Uỷ ban") == "dang thi hoa — uy ban"
    assert fold(unicodedata.normalize("NFD", "Đường Trường Sơn")) == "duong truong son"
    assert fold("hòa") == fold("hoà") == "hoa"


@given(st.text())
def test_folding_twice_changes_nothing(text):
    assert fold(fold(text)) == fold(text)


def test_no_single_character_escapes_the_fold():
    every = [chr(code) for code in range(0x20000) if not 0xD800 <= code < 0xE000]
    assert [c for c in every if fold(fold(c)) != fold(c)] == []


def test_stored_text_is_composed_and_has_nothing_invisible():
    assert nfc("\u00d0inh Th\u1ecb \u0189ào, \u00f0i \u0256âu") == "Đinh Thị Đào, đi đâu"
    assert nfc(unicodedata.normalize("NFD", "Công đoàn quận")) == "Công đoàn quận"
    assert nfc("báo\u200b cáo\u202e.pdf\ufeff\x00") == "báo cáo.pdf"
    assert nfc("1\u00a0234\u202f567") == "1 234 567"
    assert nfc("dòng một\x0bdòng hai") == "dòng một\ndòng hai"
    assert nfc("  hai  khoảng\t trắng \n") == "  hai  khoảng\t trắng \n"


def test_a_mark_parted_from_its_letter_by_a_hidden_character_is_composed():
    assert nfc("a\u200b\u0301") == "á"


@given(st.text())
def test_cleaning_twice_changes_nothing(text):
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize(
    ("day", "long", "short"),
    [
        (date(2021, 3, 9), "ngày 09 tháng 3 năm 2021", "09/3/2021"),
        (date(2021, 1, 31), "ngày 31 tháng 01 năm 2021", "31/01/2021"),
        (date(2021, 2, 1), "ngày 01 tháng 02 năm 2021", "01/02/2021"),
        (date(2021, 10, 10), "ngày 10 tháng 10 năm 2021", "10/10/2021"),
        (date(2016, 5, 15), "ngày 15 tháng 5 năm 2016", "15/5/2016"),
    ],
)
def test_official_dates_pad_the_day_and_the_first_two_months(day, long, short):
    assert long_date(day) == long
    assert short_official_date(day) == short


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (0, "0"), (999, "999"), (1000, "1.000"), (1234567, "1.234.567"), (-1234, "-1.234"),
        (Decimal("1234567.5"), "1.234.567,5"), (Decimal("1234.5000"), "1.234,5"), (Decimal("100.0"), "100"),
        (Decimal("-0.0"), "0"), (Decimal("1E+3"), "1.000"), (93.3, "93,3"), (Decimal("0.05"), "0,05"),
    ],
)  # fmt: skip
def test_numbers_group_by_dots_and_part_by_a_comma(value, shown):
    assert number(value) == shown

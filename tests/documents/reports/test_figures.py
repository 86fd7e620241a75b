"""Figures as people type them, and as the paper shows them."""

import unicodedata
from contextlib import suppress
from datetime import date
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from documents.content.figures import FIGURE_TYPES, BadFigure, Contradiction, checks, computed, display, parse, typed


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def refusal(text, type):
    with pytest.raises(BadFigure) as refused:
        parse(text, type)
    return str(refused.value)


@pytest.mark.parametrize("type", FIGURE_TYPES)
@pytest.mark.parametrize("nothing", ["", "   ", None, "\u00a0", "\u200b"])
def test_nothing_typed_is_missing_and_never_zero(nothing, type):
    assert parse(nothing, type) is None


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0", 0), ("05", 5), ("1234", 1234), ("1.234", 1234), ("1.234.567", 1234567), ("1 234 567", 1234567),
        ("1\u00a0234", 1234), ("1\u202f234", 1234), ("１２３", 123), ("１．２３４", 1234), (" 62 ", 62),
        ("999999999999999", 999999999999999),
    ],
)  # fmt: skip
def test_whole_numbers_as_an_office_writes_them(text, value):
    assert parse(text, "int") == value
    assert parse(text, "money") == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"), ("1234,5", "1234.5"), ("1 234,50", "1234.5"), ("0,05", "0.05"), ("12", "12"),
        ("-3,5", "-3.5"), ("−3", "-3"), ("1.234.567", "1234567"), ("１，５", "1.5"),
    ],
)  # fmt: skip
def test_decimals_take_a_comma(text, value):
    assert parse(text, "decimal") == Decimal(value)


def test_percent_and_money_may_carry_their_sign():
    assert parse("98,5%", "percent") == parse("98,5 %", "percent") == Decimal("98.5")
    assert parse("1.500.000 đồng", "money") == parse("1.500.000đ", "money") == parse("1500000 VNĐ", "money") == 1500000
    assert parse(unicodedata.normalize("NFD", "1.500.000 đồng"), "money") == 1500000


def test_a_decimal_part_is_refused_for_a_count():
    assert refusal("1.234,5", "int") == "Write a whole number; “1.234,5” has a decimal part."
    assert refusal("1,234", "money") == "Write a whole number; “1,234” has a decimal part."


@pytest.mark.parametrize("type", ["decimal", "percent"])
def test_one_dot_is_refused_with_both_ways_to_write_it(type):
    assert refusal("1.5", type) == ("“1.5” can be read in two ways. Write 1,5 for a decimal or 15 for a whole number.")
    assert "Write 1,234 for a decimal or 1234" in refusal("1.234", type)


@pytest.mark.parametrize("type", ["int", "money"])
@pytest.mark.parametrize("text", ["-3", "−3", "- 3", "-1.234"])
def test_counts_are_never_negative(text, type):
    assert refusal(text, type) == "This figure cannot be negative."


@pytest.mark.parametrize("type", ["int", "money", "decimal", "percent"])
@pytest.mark.parametrize("text", ["1e9", "1E+9", "1,5e3"])
def test_exponents_are_refused(text, type):
    assert refusal(text, type) == "Write the number in full, without “e”."


@pytest.mark.parametrize("type", ["int", "money", "decimal", "percent"])
@pytest.mark.parametrize(
    "text",
    ["abc", "12 34", "12.34.5", "1..2", "1.234 567", ",5", "5,", "1,2,3", "0x10", "1_000", "5²", "½", "٣", "+5", "NaN",
     "Infinity", "--3", "<b>1</b>", "0.500.000", "1,234.5"],
)  # fmt: skip
def test_what_is_not_a_number_is_refused(text, type):
    assert refusal(text, type)


@pytest.mark.parametrize("type", ["int", "money", "decimal", "percent"])
@pytest.mark.parametrize("text", ["1" * 16, "9" * 5000, "1.000.000.000.000.000", "0" * 5000])
def test_enormous_numbers_are_refused(text, type):
    assert refusal(text, type) == "The number is too large: at most 15 digits."


@pytest.mark.parametrize("text", ["100,1", "-1", "101%"])
def test_a_percentage_stays_between_0_and_100(text):
    assert refusal(text, "percent") == "A percentage must be between 0 and 100."


def test_both_ends_of_a_percentage_are_allowed():
    assert (parse("0", "percent"), parse("100%", "percent")) == (0, 100)


@pytest.mark.parametrize(("text", "answer"), [("Có", True), ("không", False), ("true", True), ("0", False)])
def test_yes_and_no(text, answer):
    assert parse(text, "bool") is answer
    assert parse(unicodedata.normalize("NFD", text), "bool") is answer
    assert refusal("có lẽ", "bool") == "Answer yes or no."


def test_text_is_composed_trimmed_and_bounded():
    assert parse(unicodedata.normalize("NFD", "  Tốt\u200b "), "text") == "Tốt"
    assert refusal("a" * 2001, "text") == "The text is too long: at most 2.000 characters."


@pytest.mark.parametrize("text", ["09/03/2021", "9/3/2021", "9-3-2021", "09.03.2021", "2021-03-09"])
def test_dates_day_first(text):
    assert parse(text, "date") == "2021-03-09"


def test_dates_that_are_none():
    assert refusal("31/02/2021", "date") == "There is no such day as 31/02/2021."
    assert refusal("09/03/0201", "date") == "The year must be between 1900 and 2100."
    assert refusal("09/03/21", "date") == "Write the date as day/month/year, such as 09/03/2021."


def test_an_unknown_type_is_our_mistake():
    with pytest.raises(KeyError):
        parse("1", "complex")


@pytest.mark.parametrize(
    ("value", "type", "shown"),
    [
        (1234, "int", "1.234"), (Decimal("1234.5"), "decimal", "1.234,5"), (Decimal("98.50"), "percent", "98,5%"),
        (1500000, "money", "1.500.000 dong"), (True, "bool", "Yes"), (False, "bool", "No"), ("Tốt", "text", "Tốt"),
        ("2021-03-09", "date", "09/03/2021"), (None, "int", ""), (0, "int", "0"),
    ],
)  # fmt: skip
def test_figures_are_shown_the_vietnamese_way(value, type, shown):
    assert display(value, type) == shown


whole = st.integers(0, 10**15 - 1)
decimals = st.decimals(-(10**9), 10**9, places=4, allow_nan=False)
FIGURES = st.one_of(
    st.tuples(st.sampled_from(["int", "money"]), whole),
    st.tuples(st.just("decimal"), decimals),
    st.tuples(st.just("percent"), st.decimals(0, 100, places=2)),
    st.tuples(st.just("bool"), st.booleans()),
    st.tuples(st.just("date"), st.dates(date(1900, 1, 1), date(2100, 12, 31)).map(str)),
    st.tuples(st.sampled_from(FIGURE_TYPES), st.none()),
)


@given(FIGURES)
def test_what_the_form_shows_can_be_saved_again(figure):
    type, value = figure
    assert parse(typed(value, type), type) == value


@given(whole)
def test_a_displayed_count_can_be_typed_back(value):
    assert parse(display(value, "int"), "int") == value


@given(st.text(), st.sampled_from(FIGURE_TYPES))
def test_any_input_is_a_figure_that_keeps_or_is_refused(text, type):
    with suppress(BadFigure):
        assert parse(typed(parse(text, type), type), type) == parse(text, type)


INDICATORS = [
    ("lao_dong_total", "", "Tổng số CNVCLĐ"),
    ("lao_dong_nu", "<= lao_dong_total", "Trong đó nữ"),
    ("doan_vien_total", "<= lao_dong_total", "Tổng số đoàn viên"),
]


def test_a_part_greater_than_its_whole_is_found_and_named():
    figures = {"lao_dong_total": 62, "lao_dong_nu": 70, "doan_vien_total": 62}
    assert checks(figures, INDICATORS) == [
        Contradiction("lao_dong_nu", "lao_dong_total", "Trong đó nữ (70) exceeds Tổng số CNVCLĐ (62)")
    ]


@pytest.mark.parametrize("figures", [{}, {"lao_dong_nu": 70}, {"lao_dong_total": 62}, {"lao_dong_nu": 0}])
def test_a_missing_side_is_no_finding(figures):
    assert checks({"lao_dong_total": None} | figures, INDICATORS) == []


def test_zero_is_a_figure():
    assert [finding.code for finding in checks({"lao_dong_total": 0, "lao_dong_nu": 1}, INDICATORS)] == ["lao_dong_nu"]


@pytest.mark.parametrize(
    ("check", "sentence"),
    [
        (">= b", "A (1) is less than B (2)"),
        ("== b", "A (1) differs from B (2)"),
        ("> b", "A (1) is not more than B (2)"),
        ("<= b", None),
        ("< b", None),
        (None, None),
    ],
)
def test_every_comparison_has_its_sentence(check, sentence):
    found = checks({"a": 1, "b": Decimal(2)}, [("a", check, "A"), ("b", None, "B")])
    assert [finding.message for finding in found] == ([sentence] if sentence else [])


@pytest.mark.parametrize("check", ["lao_dong_total", "<= 5 + 3", "__import__('os')", "<="])
def test_an_unknown_check_is_a_fault_of_the_outline(check):
    with pytest.raises(ValueError, match="unknown check"):
        checks({}, [("a", check, "A")])


def test_a_computed_figure_counts_the_rows_of_its_table():
    assert computed("count(mo_hinh)", {"mo_hinh": [{}, {}, {}]}) == 3
    assert computed("count(mo_hinh)", {"mo_hinh": []}) == 0
    assert computed("count(mo_hinh)", {"mo_hinh": None}) is computed("count(mo_hinh)", {}) is None
    with pytest.raises(ValueError, match="unknown formula"):
        computed("sum(mo_hinh)", {})

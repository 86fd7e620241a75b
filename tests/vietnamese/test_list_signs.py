"""The signs that begin an item of a list."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.list_signs import LATIN, POINTS, TYPES, readings, sign


def test_the_points_of_a_law_count_with_đ_and_without_f():
    assert [sign("đ", number) for number in range(4, 9)] == ["d)", "đ)", "e)", "g)", "h)"]
    assert [sign("a", number) for number in range(4, 7)] == ["d)", "e)", "f)"]


@pytest.mark.parametrize(
    ("type", "number", "shown"),
    [("1", 3, "3."), ("A", 2, "B."), ("i", 4, "iv."), ("I", 19, "XIX."), ("a", 27, "aa)"),
     ("đ", 24, "aa)"), ("a", 0, "0."), ("?", 5, "5.")],
)  # fmt: skip
def test_a_sign_reads_as_an_office_writes_it(type, number, shown):
    assert sign(type, number) == shown


@given(st.sampled_from(TYPES), st.integers(1, 20))
def test_every_sign_can_be_read_back(type, number):
    assert (type, number) in readings(sign(type, number)[:-1])


@pytest.mark.parametrize("word", ["", "vì", "iI", "iiii", "12345", "ab", "²"])
def test_a_word_counts_nothing(word):
    assert readings(word) == []


def test_both_orders_agree_on_their_first_letters():
    assert LATIN[:4] == POINTS[:4]

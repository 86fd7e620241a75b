"""A unit by what somebody typed: one answer for every list, filter and field that asks."""

import pytest

from accounts.models import Appointment, Role, Unit, User
from accounts.models.folded import every_word
from accounts.reach import branches
from accounts.units_named import meant, named, nearest_first, places, with_codes
from tests import factories
from tests.factories import rewritten, saved

pytestmark = pytest.mark.django_db


@pytest.fixture
def tree():
    city = factories.unit("LĐLĐ-TP", name="Liên đoàn Lao động Thành phố")
    factories.unit("U1", city, name="Công đoàn Trường Hoa Sen", short_name="Hoa Sen")
    factories.unit("U10", city, name="Công đoàn Chợ \u00d0ồng Xuân – A", short_name="Đồng Xuân")
    factories.unit("U11", city, name="Công đoàn Hòa Bình (số 05)", short_name="Hoà Bình")
    return city


def codes(condition) -> list[str]:
    return list(Unit.objects.filter(condition).order_by("path").values_list("code", flat=True))


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("hoa", ["U1", "U11"]),
        ("HÒA BÌNH", ["U11"]),
        ("hoà bình", ["U11"]),
        ("binh, hoa", ["U11"]),
        ("“Hoa Sen”", ["U1"]),
        ("đồng xuân", ["U10"]),
        ("\u00d0ồng x", ["U10"]),
        ("dong xuan - a", ["U10"]),
        ("xuan \u2011 A", ["U10"]),
        ("u1", ["U1", "U10", "U11"]),
        ("ldld-tp", ["LĐLĐ-TP"]),
        ("ldld\u2013tp", ["LĐLĐ-TP"]),
        ("so 05", ["U11"]),
        ("hoa xuan", []),
        *((typed, []) for typed in ("", "  ", "%", "_", "!!!", "\\", "\u200b", "'", "x" * 5_000)),
    ],
)
def test_words_find_units_with_marks_and_without(tree, typed, found):
    assert codes(named(typed)) == found


@pytest.mark.parametrize(
    ("typed", "found"),
    [("u1", ["U1"]), ("U11", ["U11"]), ("LDLD-TP", ["LĐLĐ-TP"]), ("hoa", ["U1", "U11"]), ("hoa u1", ["U1", "U11"])],
)
def test_exactly_a_code_is_that_unit_alone(tree, typed, found):
    assert codes(meant(typed)) == found
    assert places(typed) == list(Unit.objects.filter(code__in=found).order_by("path").values_list("path", flat=True))


def test_every_unit_that_is_meant_counts_and_what_is_below_one_only_with_it(tree):
    schools = [factories.unit(f"MN{n:02}", tree, name=f"Công đoàn Trường Mầm non {n}") for n in range(30)]
    factories.unit("MN", schools[7], name="Tổ công đoàn Mầm non")
    assert places("mam non") == sorted(school.path for school in schools)
    assert Unit.objects.filter(branches(places("mam non"), unit="")).count() == 31


def test_the_unit_of_the_code_comes_first_where_all_are_offered(tree):
    factories.unit("A0", tree, name="Công đoàn U11 cũ")
    assert [unit.code for unit in nearest_first(Unit.objects.all(), "u11")] == ["U11", "A0"]


@pytest.mark.parametrize(
    ("typed", "number"),
    [
        ("Oánh,", 1),
        ("“Thị Oanh”", 1),
        ("(thi) oanh.", 1),
        ("đ/c Oanh", 1),
        ("Đ/c. Thị Oanh", 1),
        ("đ/c", 0),
        ("!!!", 0),
        ("", 0),
    ],
)
def test_a_person_is_found_whatever_stands_around_the_words(typed, number):
    factories.person("dto", "Đặng Thị Oanh")
    assert User.objects.filter(every_word(typed)).count() == number


def test_rows_of_units_are_found_by_the_same_words(tree):
    units = Unit.objects.filter(path__startswith=tree.path)
    posts = [factories.appoint(factories.person(f"p{unit.pk}"), unit, Role.CLERK) for unit in units]
    found = Appointment.objects.filter(meant("hoa", "unit"))
    assert {post.unit.code for post in found} == {"U1", "U11"}
    assert Appointment.objects.filter(meant("u1", "unit")).get().unit.code == "U1"
    assert len(posts) == 4


def test_every_earlier_name_goes_on_to_find_a_unit(tree):
    unit = Unit.objects.get(code="U1")
    for name in ("Công đoàn Sao Mai", "Công đoàn Bình Minh"):
        unit.name = unit.short_name = name
        saved(unit)
    rewritten(Unit.objects.filter(code="U1"), name="Công đoàn Ban Mai", short_name="Ban Mai")
    assert [codes(named(words)) for words in ("hoa sen", "sao mai", "bình minh", "ban mai")] == [["U1"]] * 4
    unit = Unit.objects.get(code="U1")
    assert unit.former_names.splitlines() == [
        "Công đoàn Trường Hoa Sen", "Hoa Sen", "Công đoàn Sao Mai", "Công đoàn Bình Minh",
    ]  # fmt: skip
    assert str(unit) == "Công đoàn Ban Mai"


def test_a_row_read_before_the_renaming_takes_no_earlier_name_away(tree):
    stale = Unit.objects.get(code="U1")
    rewritten(Unit.objects.filter(code="U1"), name="Công đoàn Sao Mai")
    stale.address = "Phường Ngọc Lâm"
    stale.former_names = ""
    saved(stale)
    assert codes(named("hoa sen")) == codes(named("sao mai")) == ["U1"]


def test_a_name_taken_up_again_is_no_earlier_one(tree):
    for name in ("Công đoàn Khác", "Công đoàn Trường Hoa Sen", "Công đoàn Khác"):
        rewritten(Unit.objects.filter(code="U1"), name=name)
    unit = Unit.objects.get(code="U1")
    assert unit.former_names == "Công đoàn Trường Hoa Sen\nCông đoàn Khác\n"


@pytest.mark.parametrize("typed", ["LĐLĐ-TP", "ldld-tp", "L\u00d0L\u00d0-TP", "LĐLĐ\u2011TP"])
def test_a_code_is_found_however_it_is_written(tree, typed):
    assert [unit.code for unit in with_codes([typed, "", "U1x"])] == ["LĐLĐ-TP"]
    assert list(with_codes([])) == []


def test_one_statement_narrows_by_a_code_or_by_words(tree, django_assert_num_queries):
    for typed in ("u1", "hoa sen", "không có"):
        with django_assert_num_queries(1):
            list(Unit.objects.filter(meant(typed)))

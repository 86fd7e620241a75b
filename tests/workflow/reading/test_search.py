"""Search finds what a person may see, without marks, by number and by name, and nothing else."""

import unicodedata
from datetime import UTC, datetime

import pytest
from django.urls import reverse
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from accounts.models import Role
from tests import factories
from tests.factories import saved
from workflow import errands
from workflow.models import SearchEntry
from workflow.search import tokens
from workflow.search.index import index, index_all
from workflow.search.reindexing import index_missing, papers_of, refresh_people, refresh_units, reindex
from workflow.states import State


@pytest.fixture(autouse=True)
def english_pages(client, settings):
    client.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})


def subjects(client, by, **asked) -> list[str]:
    errands.run()
    client.force_login(by if hasattr(by, "username") else by.person)
    answer = client.get(reverse("workflow:search"), asked)
    assert answer.status_code == 200
    return [hit.dossier.subject for hit in answer.context["hits"]]


# --- words ------------------------------------------------------------------------------------------------------------
def test_a_number_is_found_by_every_tail_and_part():
    assert tokens.words("18/KH-LĐLĐ") == {
        "18/kh-ldld", "kh-ldld", "ldld", "18", "kh", "=18/kh-lđlđ", "=kh-lđlđ", "=lđlđ",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("typed", "standard"),
    [
        ("05/bb", "5/bb"), ("5/bb", "5/bb"), ("5-bb", "5/bb"), ("5\u2013bb", "5/bb"), ("5\u2011bb", "5/bb"),
        ("005/bb-btv", "5/bb-btv"), ("05-ct/tw", "5/ct-tw"), ("12/04/2021", "12/4/2021"), ("0", "0"), ("000", "0"),
        ("1.050.000", "1.050.000"), ("cd001", "cd001"), ("so-05", "so-5"),
    ],
)  # fmt: skip
def test_a_number_is_one_number_however_it_is_typed(typed, standard):
    assert tokens.standard(typed) == standard
    assert tokens.standard(standard) == standard


@pytest.mark.parametrize(
    "text",
    [
        "Số: 15 /QĐ-LĐLĐ", "15/ QĐ-LĐLĐ", "15/QĐ - LĐLĐ", "15 / QĐ – LĐLĐ", "１５/QĐ-LĐLĐ", "15／QĐ-LĐLĐ", "15∕QĐ-LĐLĐ",
        "15⁄QĐ\u2015LĐLĐ", "015/QĐ\u00a0- LĐLĐ", "15/ＱĐ-LĐLĐ",
    ],
)  # fmt: skip
def test_a_number_is_found_with_blanks_in_it_and_in_other_signs(text):
    question = tokens.Question.of("15/QĐ-LĐLĐ")
    assert question.folded == ("15/qd-ldld",)
    assert {*question.folded, "=15/qđ-lđlđ"} <= tokens.words(text)
    assert set(tokens.Question.of(text).folded) <= tokens.words(text)
    assert tokens.words("15/KH - Công đoàn") == tokens.words("15/KH Công đoàn")


@pytest.mark.parametrize("text", ["01 - NQ/ĐU", "01 -NQ/ĐU", "01–NQ/ĐU"])
def test_a_number_of_the_party_is_found_with_blanks_in_it(text):
    assert {"1/nq-du"} <= tokens.words(text)
    assert set(tokens.Question.of(text).folded) <= tokens.words("01-NQ/ĐU")


@given(st.text("0159aB đĐ/.-\u2013\u2011\u2015∕／５", max_size=20))
def test_every_word_of_a_text_is_found_by_asking_for_it(text):
    question = tokens.Question.of(text)
    assert set(question.folded) <= tokens.words(text)
    assert all(question.fits(word) for word in tokens.WORD.findall(text)[: tokens.MAX_WORDS])


@pytest.mark.parametrize(
    "typed", ["5/BB", "05/BB", "5-bb", "5\u2013BB", "5\u2011BB", "05/BB-BTV", "5/bb\u2013btv", "005/bb"]
)
@pytest.mark.parametrize("kept", ["05/BB-BTV", "5/BB-BTV", "05\u2011BB\u2013BTV"])
def test_a_number_is_found_with_zeros_in_front_or_none_and_any_dash(client, office, typed, kept):
    office.memo(subject=f"Biên bản số {kept}")
    office.memo(subject="Biên bản số 50/BB-BTV")
    assert subjects(client, office.drafter, q=typed) == [f"Biên bản số {kept}"]
    page = client.get(reverse("workflow:search"), {"q": typed}).content.decode()
    assert f"<mark>{kept}</mark>" in page


@pytest.mark.parametrize("letter", ["Đ", "\u00d0", "\u0189", "đ", "\u00f0", "d"])
def test_the_d_of_any_keyboard_finds_the_one_letter(client, office, letter):
    for subject in ("Đề nghị của Đức Giang", "Đề nghị của \u00d0ức Giang"):
        office.memo(subject=subject)
    assert len(subjects(client, office.drafter, q=f"{letter}ức giang")) == 2


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ho so", True),
        ("HỒ SƠ", True),
        ("hồ", True),
        ("hố", True),
        (unicodedata.normalize("NFD", "Hồ sơ"), True),
        ("long bien", True),
        ("quan long bi", True),
        ("18/KH-LĐLĐ", True),
        ("kh-ldld", True),
        ("LDLD", True),
        ("18/kh", True),
        ("ho tro", False),
        ("long ben", False),
        ("18/KH-LĐLĐX", False),
    ],
)
def test_marks_case_and_form_do_not_matter(client, office, typed, found):
    office.memo(subject="Hồ sơ theo Kế hoạch 18/KH-LĐLĐ của quận Long Biên")
    assert subjects(client, office.drafter, q=typed) == (
        ["Hồ sơ theo Kế hoạch 18/KH-LĐLĐ của quận Long Biên"] if found else []
    )


def test_a_name_copied_from_our_own_sentences_finds_its_dossiers(client, office):
    office.memo(subject="Giấy trình")
    assert subjects(client, office.drafter, q="đ/c Trần Thị Lan") == ["Giấy trình"]
    assert subjects(client, office.drafter, q="đ/c") == subjects(client, office.drafter)


def test_what_bears_the_marks_that_were_typed_comes_first(client, office):
    for subject in ("Tổng kết ma", "Tổng kết má", "Tổng kết mạ"):
        office.memo(subject=subject)
    assert subjects(client, office.drafter, q="má") == ["Tổng kết má", "Tổng kết mạ", "Tổng kết ma"]
    assert subjects(client, office.drafter, q="ma") == ["Tổng kết mạ", "Tổng kết má", "Tổng kết ma"]


@pytest.mark.parametrize(
    "typed",
    [
        "a" * 10_000, "má " * 5_000, "!!! --- ???", "%", "_", "'", '"', "\\", "a'b\\c", "x\x00y", "a & b | !c",
        "(:*)", "<->", "a:*", "'' :*", "=xin", "@1", "~campaign:1", "\u202e\u200b", "/-/.-/", "𝔥𝔬 𝔰𝔬", "1/" * 400,
    ],
)  # fmt: skip
def test_nothing_that_can_be_typed_breaks_the_search(client, office, typed):
    office.memo()
    assert subjects(client, office.drafter, q=typed) == []
    assert subjects(client, office.drafter, q="không có gì", unit=typed, year=typed, person=typed, name=typed) == []
    assert client.get(reverse("workflow:names"), {"letter": typed, "after": typed}).status_code == 200
    assert client.get(reverse("workflow:desk"), {"unit": typed, "page": typed, "due": typed}).status_code == 200


# --- what is found ----------------------------------------------------------------------------------------------------
def test_a_dossier_is_found_by_unit_drafter_and_the_numbers_of_its_record(client, office):
    office.memo_in(State.CONCLUDED, subject="Đã xong")
    office.memo(subject="Khác")
    assert subjects(client, office.clerk, q="27/TTr") == ["Đã xong"]  # its letter
    assert subjects(client, office.clerk, q="15/qd-ldld") == ["Đã xong"]  # its decision
    assert subjects(client, office.clerk, q="12/BB-BTV") == ["Đã xong"]  # the sitting's minutes
    assert subjects(client, office.clerk, q="hoa sen") == ["Khác", "Đã xong"]
    assert subjects(client, office.clerk, q="tran thi lan") == ["Khác", "Đã xong"]
    assert subjects(client, office.clerk, q="U1") == ["Khác", "Đã xong"]


def test_the_place_that_answers_is_shown_and_marked(client, office):
    office.memo_in(State.CONCLUDED, subject="Giấy trình số 5")
    errands.run()
    client.force_login(office.clerk.person)
    page = client.get(reverse("workflow:search"), {"q": "trinh 27/ttr"}).content.decode()
    assert "Giấy <mark>trình</mark> số 5" in page
    assert "<mark>27/TTr-LĐLĐ</mark>" in page
    assert "15/QĐ-LĐLĐ" not in page


def test_a_year_begins_at_midnight_of_the_office(client, office):
    paper = office.memo(subject="Đêm giao thừa")
    paper.created_at = datetime(2025, 12, 31, 17, 30, tzinfo=UTC)
    index(paper)
    assert subjects(client, office.drafter, year="2026") == ["Đêm giao thừa"]
    assert subjects(client, office.drafter, year="2025") == []


def test_filters_narrow_and_stay_in_the_address(client, office):
    office.memo_in(State.SUBMITTED, subject="Một")
    office.memo(subject="Hai")
    year = str(timezone.localdate().year)
    assert subjects(client, office.clerk, q="hoa sen", state="submitted") == ["Một"]
    assert subjects(client, office.clerk, state="draft") == ["Hai"]
    assert subjects(client, office.clerk, year=year) == ["Hai", "Một"]
    assert subjects(client, office.clerk, year="1999") == []
    assert subjects(client, office.clerk, kind="memo", unit="u1") == ["Hai", "Một"]
    assert subjects(client, office.clerk, kind="report") == []
    assert subjects(client, office.clerk, state="no such state") == []  # nothing readable is asked for
    answer = client.get(reverse("workflow:search"), {"q": "hoa sen", "state": "draft"})
    assert answer.context["filter"]["state"].value() == "draft"


def test_a_unit_stands_for_all_below_it(client, office):
    refresh_units()
    office.memo(subject="Của đơn vị")
    top = office.officer("tw", Role.AUDITOR, office.city)
    assert subjects(client, top, unit="Q1") == ["Của đơn vị"]
    assert subjects(client, top, unit="lien doan quan 1") == ["Của đơn vị"]
    assert subjects(client, top, unit="Q2") == []


def test_a_renamed_unit_is_found_by_both_names(client, office):
    refresh_units()
    office.memo(subject="Của đơn vị")
    office.unit.name = "Công đoàn Trường Sao Mai"
    saved(office.unit)
    assert refresh_units() == 1
    for name in ("hoa sen", "Hoa Sen", "sao mai"):
        assert subjects(client, office.clerk, q=name) == ["Của đơn vị"]
        assert subjects(client, office.clerk, unit=name) == ["Của đơn vị"]
        answer = client.get(reverse("workflow:search"), {"q": name})
        assert [unit.code for unit in answer.context["units"]] == ["U1"]


def test_an_empty_answer_says_what_to_try(client, office):
    client.force_login(office.clerk.person)
    assert "Try fewer words" in client.get(reverse("workflow:search"), {"q": "không có gì"}).content.decode()
    assert "What can be found" in client.get(reverse("workflow:search")).content.decode()


# --- rights -----------------------------------------------------------------------------------------------------------
def test_everybody_finds_only_what_they_may_see(client, office):
    paper = office.memo(subject="Giấy riêng")
    stranger = office.officer("la", Role.CLERK, office.other_district)
    neighbour = office.officer("ke", Role.DRAFTER, office.sibling)
    assert [subjects(client, by, q="giay rieng") for by in (stranger, neighbour)] == [[], []]
    assert subjects(client, office.reviewer, q="giay rieng") == [paper.subject]
    for by in (stranger, neighbour):
        client.force_login(by.person)
        answer = client.get(reverse("workflow:search"), {"q": "hoa sen lan"})
        assert (answer.context["units"], answer.context["people"]) == ([], [])


def test_a_delegate_finds_what_the_holder_may_see_and_no_longer_when_it_ends(client, office):
    paper, friend = office.memo(subject="Giấy riêng"), factories.person("ban")
    assert subjects(client, friend, q="rieng") == []
    lent = factories.lend(office.reviewer.appointment, friend)
    assert subjects(client, friend, q="rieng") == [paper.subject]
    lent.ended_at = lent.created_at
    saved(lent)
    assert subjects(client, friend, q="rieng") == []


def test_whoever_a_dossier_is_shared_with_finds_that_one(client, office):
    from datetime import timedelta
    from uuid import uuid4

    from django.utils import timezone

    from workflow.rights.sharing import share

    paper, friend = office.memo(subject="Giấy riêng"), factories.person("ban")
    office.memo(subject="Giấy riêng khác")
    until = timezone.localdate() + timedelta(days=1)
    share(paper, person=friend, until=until, by=office.reviewer, key=uuid4())
    assert subjects(client, friend, q="rieng") == ["Giấy riêng"]


def test_an_ended_appointment_finds_nothing(client, office):
    office.memo(subject="Giấy riêng")
    office.drafter.appointment.ended_at = "2021-01-01T00:00:00Z"
    saved(office.drafter.appointment)
    assert subjects(client, office.drafter, q="rieng") == []


# --- names ------------------------------------------------------------------------------------------------------------
def names(client, by, **asked):
    errands.run()
    client.force_login(by.person)
    return client.get(reverse("workflow:names"), asked).context


def test_the_index_lists_those_who_had_a_hand_by_given_name(client, office):
    office.memo_in(State.DISTRICT_REVIEWED)
    seen = names(client, office.clerk)
    assert [letter.sign for letter in seen["letters"] if letter.any] == ["H", "L", "M"]
    assert seen["letter"] == "H"
    assert [person.name for person in seen["page"].people] == ["Phạm Thị Hoa"]
    (lan,) = names(client, office.clerk, letter="L")["page"].people
    assert (lan.post, lan.unit, lan.counted) == ("người soạn thảo", "Công đoàn Trường Hoa Sen", "1")
    assert names(client, office.clerk, letter="Đ")["page"].people == []


def test_a_name_leads_to_what_that_person_had_to_do_with(client, office):
    office.memo_in(State.DISTRICT_REVIEWED, subject="Đã thẩm định")
    office.memo(subject="Mới viết")
    (hoa,) = names(client, office.clerk, letter="H")["page"].people
    answer = client.get(hoa.url)
    assert [hit.dossier.subject for hit in answer.context["hits"]] == ["Đã thẩm định"]
    assert "Phạm Thị Hoa" in answer.content.decode()
    stranger = office.officer("la", Role.CLERK, office.other_district)
    client.force_login(stranger.person)
    answer = client.get(hoa.url)
    assert answer.context["hits"] == []
    assert "Phạm Thị Hoa" not in answer.content.decode()


def test_of_very_many_those_that_may_be_seen_are_counted_to_a_bound(client, office, monkeypatch):
    monkeypatch.setattr("workflow.search.names.SOME", 2)
    monkeypatch.setattr("workflow.search.names.MAX_DOSSIERS_COUNTED", 3)
    lan = office.drafter.person
    for unit in (office.foreign, office.sibling):
        factories.appoint(lan, unit, Role.DRAFTER)
    for unit in [office.unit] * 4 + [office.foreign, office.sibling]:
        index(factories.memo(unit, lan))
    readers = [office.clerk, office.officer("la", Role.CLERK, office.other_district), office.drafter]
    counted = [names(client, by, letter="L")["page"].people[0].counted for by in readers]
    assert counted == ["3+", "1", "3+"]
    client.force_login(factories.person("khach"))
    seen = client.get(reverse("workflow:names"), {"letter": "L"}).context
    assert (seen["page"].people, [letter.sign for letter in seen["letters"] if letter.any]) == ([], [])


def test_letters_follow_the_vietnamese_order(client, office):
    people = ["An", "Ân", "Ăn", "Đào", "Dung", "Ươm", "Uyên", "Ổn", "Ơn", "On"]
    for number, name in enumerate(people):
        by = office.officer(f"n{number}", Role.DRAFTER, office.unit, f"Lê {name}")
        factories.memo(office.unit, by.person)
    seen = names(client, office.clerk)
    assert [letter.sign for letter in seen["letters"] if letter.any] == [
        "A", "Ă", "Â", "D", "Đ", "O", "Ô", "Ơ", "U", "Ư",
    ]  # fmt: skip
    assert [person.name for person in names(client, office.clerk, letter="Ô")["page"].people] == ["Lê Ổn"]


# --- upkeep -----------------------------------------------------------------------------------------------------------
def test_the_index_made_anew_is_the_index_that_grew(office):
    paper = office.memo_in(State.CONCLUDED)
    errands.run()
    grown = SearchEntry.objects.values().get(pk=paper.pk)
    index_all(papers_of([paper.pk]))
    again = SearchEntry.objects.values().get(pk=paper.pk)
    assert grown | {"numbers": sorted(grown["numbers"])} == again | {"numbers": sorted(again["numbers"])}


def test_what_has_no_entry_is_indexed_and_everything_can_be(client, office):
    office.memo(subject="Thiếu")
    office.memo(subject="Đủ")
    SearchEntry.objects.filter(dossier__subject="Thiếu").delete()
    assert subjects(client, office.clerk, q="thieu") == []
    assert subjects(client, office.clerk, state="draft") == ["Đủ", "Thiếu"]
    assert index_missing() == 1
    assert index_missing() == 0
    assert subjects(client, office.clerk, q="thieu") == ["Thiếu"]
    assert reindex() == 2


def test_a_renamed_person_moves_in_the_index(client, office):
    office.memo()
    office.drafter.person.full_name = "Trần Thị Ân"
    saved(office.drafter.person)
    assert [refresh_people(), refresh_people()] == [1, 0]
    assert names(client, office.clerk, letter="L")["page"].people == []
    assert [person.name for person in names(client, office.clerk, letter="Â")["page"].people] == ["Trần Thị Ân"]
    assert subjects(client, office.clerk, q="thi an") == ["Giấy trình thử"]

"""Reading the record: found by word, place and day; exceptions; reasons for returns; who opened what; exports."""

import hashlib
import io
from uuid import uuid4

import pytest
from django.db import connection
from django.urls import reverse
from openpyxl import load_workbook

from accounts.models import Role, User
from audit import return_statistics
from audit.exceptions import TABS
from audit.verification.verify import Tally, faults
from ledger.models import Event, Opening
from ledger.record_search import query
from tests import factories
from tests.addresses import named
from tests.conftest import as_owner
from tests.days import day, today
from tests.factories import answered, rewritten
from tests.workflow.office import do, fresh
from workflow import errands
from workflow.decisions.onward.approve import approve
from workflow.models import AccessLog, Dossier, Point
from workflow.rights.sharing import share
from workflow.search.index import index_all
from workflow.search.reindexing import papers_of
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english_pages")]


@pytest.fixture
def english_pages(client, settings):
    """Compare sentences with their msgids, whatever the catalogue says."""
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"


@pytest.fixture
def auditor(client, office):
    by = office.officer("kiem", Role.AUDITOR, office.city, "Ngô Khánh Ưng")
    client.force_login(by.person)
    return by


def address(name, *args, **asked) -> str:
    return reverse(named(name), args=args, query=asked or None)


def found(client, **asked) -> list[str]:
    return [line.event.verb for line in client.get(address("history", **asked)).context["lines"]]


# --- found by word ----------------------------------------------------------------------------------------------------
def test_words_said_are_found_without_marks(client, office, auditor):
    memo = office.memo_in(State.SUBMITTED)
    do(Verb.RETURN, memo, office.approver, points=[("field:text", "Thiếu số liệu đoàn viên quý III")], note="Gấp")
    assert found(client, words="doan vien") == ["return"]
    assert found(client, words="THIẾU số") == ["return"]
    assert found(client, words="gấp quy iii") == ["return"]
    assert found(client, words="đoàn viên khác") == []
    assert found(client, words="' | & ! <-> :* ()") == ["return", "submit", "create"]


def test_a_number_is_found_whole_and_by_its_beginning(client, office, auditor):
    memo = office.memo_in(State.SUBMITTED)
    do(Verb.RETURN, memo, office.approver, note="Theo công văn 31/CV-LĐLĐ ngày 5/4")
    assert found(client, words="31/cv-ldld") == ["return"]
    assert found(client, words="31/CV") == ["return"]
    assert found(client, words="31/LĐLĐ") == []


def test_numbers_and_outcomes_of_the_facts_are_found(client, office, auditor):
    office.memo_in(State.ENDORSED)
    assert found(client, words="12/BB-BTV") == []  # the worker has not been yet
    errands.run()
    assert found(client, words="12/BB-BTV") == found(client, words="12/bb") == ["endorse"]
    assert found(client, words="2/BB-BTV") == found(client, words="12/BB ltt") == []
    assert found(client, words="12/BB-BTV", until=day(-1)) == []
    office.memo_in(State.CONCLUDED)
    errands.run()
    assert found(client, words="duoc khen") == ["conclude"]
    assert found(client, words="15/QĐ-LĐLĐ được khen") == ["conclude"]
    assert found(client, words="27/TTr") == ["forward"]
    assert found(client, words="được khác") == []
    index_all(papers_of(list(Dossier.objects.values_list("pk", flat=True))))
    assert found(client, words="duoc khen") == ["conclude"]
    stranger = office.officer("xa", Role.APPROVER, office.sibling, "Đỗ Thị Xa")
    client.force_login(stranger.person)
    assert found(client, words="12/BB-BTV") == []


def test_who_acted_and_for_whom_are_told_apart(client, office, auditor):
    memo = office.memo_in(State.SUBMITTED)
    deputy = office.officer("pho", Role.DRAFTER, office.sibling, "Ngô Văn Phó")
    factories.lend(office.approver.appointment, deputy.person)
    do(Verb.APPROVE, memo, factories.acting(deputy.person, Role.APPROVER))
    assert found(client, person="ngo van pho") == ["approve"]
    assert found(client, person="Minh") == []
    assert found(client, holder="le van minh") == ["approve"]
    assert found(client, holder="pho") == []
    assert found(client, person=office.drafter.post) == ["approve", "submit", "create"]  # the post of their own
    assert found(client, person=office.approver.post) == []  # nobody acted who holds it


def test_a_name_is_found_as_it_was_then(client, office, auditor):
    office.memo_in(State.SUBMITTED)
    rewritten(User.objects.filter(pk=office.drafter.person.pk), full_name="Tên Mới")
    assert found(client, person="tran thi lan") == ["submit", "create"]
    assert found(client, person="đ/c Trần Thị Lan") == ["submit", "create"]
    assert found(client, person="ten moi") == []


@pytest.mark.django_db(transaction=True)
def test_what_was_erased_is_not_found(client, office, auditor):
    memo = office.memo_in(State.SUBMITTED)
    do(Verb.RETURN, memo, office.approver, note="Bí mật đời tư")
    event = Event.objects.get(verb=Verb.RETURN)
    said = event.opening.texts
    with as_owner():
        Opening.objects.filter(event=event).update(texts={name: said[name] for name in said if name != "note"})
    assert found(client, words="bi mat") == []
    assert found(client, person="le van minh") == ["return"]
    with as_owner():
        Opening.objects.filter(event=event).delete()
    assert found(client, person="le van minh") == []
    assert "(erased)" in client.get(address("history")).content.decode()


def test_a_return_of_a_thousand_points_is_indexed_as_far_as_an_index_goes(client, office, auditor):
    memo = office.memo_in(State.SUBMITTED)
    words = [" ".join(f"x{number}y{step}" for step in range(400)) for number in range(200)]
    do(Verb.RETURN, memo, office.approver, points=[("field:text", text) for text in words], note="cuối cùng")
    assert found(client, words="cuoi cung") == ["return"]
    assert found(client, words="x1y1") == ["return"]


def test_the_index_serves_the_search(office):
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Opening.objects.saying(query("nguyen van")).explain()
    assert "opening_said" in plan
    assert "opening_not_indexed" in plan


def test_what_was_said_just_now_is_found_before_the_index_has_it_and_after(client, office, auditor):
    memo = office.memo_in(State.SUBMITTED)
    do(Verb.APPROVE, memo, office.approver, note="Số liệu khớp sổ sách")
    for indexed in False, True:
        assert Event.objects.get(verb=Verb.APPROVE).opening.indexed is indexed
        assert found(client, words="khop so sach") == ["approve"]
        errands.run()
    assert not Opening.objects.filter(indexed=False).exists()


# --- found by place and day -------------------------------------------------------------------------------------------
def test_a_unit_is_meant_with_all_below_it(client, office, auditor):
    office.memo_in(State.SUBMITTED)
    for unit, count in [("Q1", 2), ("U1", 2), ("u2", 0), ("quan 1", 2), ("truong hoa sen", 2), ("Q2", 0), ("TP", 2)]:
        assert len(found(client, unit=unit)) == count, unit
    assert found(client, unit="không có đơn vị này") == []


def test_days_and_nonsense(client, office, auditor):
    office.memo_in(State.SUBMITTED)
    assert len(found(client, since=day(0), until=day(0))) == 2
    assert found(client, since=day(1)) == found(client, until=day(-1)) == []
    assert len(found(client, since="31/02/2021", until="x", verb="?", marked="?", before="x", topic="campaign:9")) == 2
    assert len(found(client, before="999999999999999999")) == 2


def test_the_history_is_read_page_by_page(client, office, auditor):
    memo = office.memo_in(State.SUBMITTED)
    for _ in range(30):
        do(Verb.RECALL, memo, office.drafter)
        do(Verb.SUBMIT, memo, office.drafter)
    seen, page = [], client.get(address("history"))
    while page.context["older"]:
        seen += [line.event.pk for line in page.context["lines"]]
        page = client.get(address("history", before=page.context["older"]))
    seen += [line.event.pk for line in page.context["lines"]]
    assert seen == sorted(set(seen), reverse=True)  # none twice, none out of its place
    assert set(Event.objects.filter(chain=memo.ref).values_list("pk", flat=True)) <= set(seen)


def test_everybody_reads_what_they_may_and_no_more(client, office):
    memo = office.memo_in(State.SUBMITTED)
    guest = office.officer("khach", Role.DRAFTER, office.foreign)
    boss = office.officer("quan", Role.ADMINISTRATOR, office.city)
    client.force_login(guest.person)
    assert found(client) == []
    share(memo, person=guest.person, until=today(), by=office.approver, key=uuid4())
    assert found(client) == ["submit", "create"]
    client.force_login(boss.person)
    assert found(client) == ["shared"]
    client.force_login(office.approver.person)
    assert found(client) == ["submit", "create"]


# --- one dossier's record ---------------------------------------------------------------------------------------------
def test_the_record_of_a_dossier_is_narrowed_and_shown_as_of_a_day(client, office):
    memo = office.memo_in(State.RETURNED)
    client.force_login(office.approver.person)

    def page(**asked):
        return client.get(address("dossier-history", memo.ref, **asked)).context

    def steps(**asked):
        return [line.event.verb for line in page(**asked)["lines"]]

    assert steps() == ["return", "submit", "create"]
    assert steps(group="back") == ["return"]
    assert steps(person=office.drafter.person.pk) == ["submit", "create"]
    assert steps(group="drafting", person=office.drafter.person.pk, since=day(0), until=day(0)) == ["create"]
    assert steps(since=day(1)) == []
    assert steps(group="?", person="?", since="?") == ["return", "submit", "create"]
    then = page(on=day(0))["then"]
    assert (then["event"].to_state, then["event"].version, then["turn"]) == ("returned", 1, "drafter")
    assert page(on=day(-1))["then"]["event"] is None
    assert page()["then"] is page(on="?")["then"] is None


# --- exceptions -------------------------------------------------------------------------------------------------------
def tab(client, code, **asked):
    return client.get(address("exceptions", tab=code, **asked)).context


def shown(client, code, **asked) -> list[tuple[str, int]]:
    return [(line.event.verb, days) for line, days in tab(client, code, **asked)["lines"]]


def test_what_stands_out_is_found_under_its_tab(client, office, auditor):
    alone = factories.unit("U9", office.district)
    user = factories.person("mot", "Đặng Thị Một")
    factories.appoint(user, alone, Role.DRAFTER)
    factories.appoint(user, alone, Role.APPROVER)
    memo = factories.memo(alone, user)
    do(Verb.SUBMIT, memo, factories.acting(user, Role.DRAFTER))
    sole = {"by": factories.acting(user, Role.APPROVER), "seen": fresh(memo).seen(), "key": uuid4()}
    approve(memo, sole_reason="Chỉ có một người", **sole)
    late = office.memo_in(State.UNIT_APPROVED, due_on=today(-3))
    twice = office.memo_in(State.RETURNED)
    do(Verb.SUBMIT, twice, office.drafter, **all_answered(twice))
    do(Verb.RETURN, twice, office.approver)
    gone = office.memo_in(State.WITHDRAWN)
    do(Verb.REOPEN, gone, office.approver)
    back = office.memo_in(State.SUBMITTED)
    do(Verb.RECALL, back, office.drafter)

    assert shown(client, "sole") == [("approve", 0)]
    assert shown(client, "delegated") == []
    assert shown(client, "late") == [("approve", 3), ("submit", 3)]
    assert shown(client, "overdue") == [("approve", 3)]
    assert shown(client, "returned") == [("return", 0)]
    assert shown(client, "recalled") == [("recall", 0)]
    assert shown(client, "reopened") == [("reopen", 0)]
    page = tab(client, "sole")
    counts = {found["code"]: found["count"] for found in page["tabs"]}
    assert counts == {
        "sole": 1, "delegated": 0, "late": 2, "overdue": 1, "returned": 1, "recalled": 1, "reopened": 1,
    }  # fmt: skip
    assert shown(client, "late", unit="U2") == shown(client, "late", since=day(1)) == []
    assert shown(client, "late", unit="U1") == [("approve", 3), ("submit", 3)]
    assert (
        f"{address('dossier-history', late.ref)}#event-3"
        in client.get(address("exceptions", tab="late")).content.decode()
    )


def all_answered(memo) -> dict:
    answered(memo, "Đã bổ sung")
    return {}


def test_exceptions_and_statistics_are_for_those_whose_offices_reach_dossiers(client, office):
    office.memo_in(State.RETURNED)
    names = ["exceptions", "returns", "return-points"]
    for by, status, count in [
        (office.officer("quan", Role.ADMINISTRATOR, office.city), 404, None),
        (office.officer("xa", Role.REVIEWER, office.other_district), 200, 0),
        (office.drafter, 200, 1),
        (office.reviewer, 200, 1),
    ]:
        client.force_login(by.person)
        assert [client.get(address(name)).status_code for name in names] == [status] * 3
        for name in ("exceptions-export", "returns-export"):
            answer = client.post(address(name))
            assert (answer.status_code, bool(b"".join(answer))) == (status, True)
            assert client.get(address(name)).status_code == 405
        if status == 200:
            assert client.get(address("returns")).context["total"]["returned"] == count
            assert client.get(address("return-points")).context["page"].paginator.count == count


# --- why papers come back ---------------------------------------------------------------------------------------------
def test_a_share_is_never_rounded_up_to_what_it_has_not_reached():
    shares = [
        return_statistics._shared({"some": some, "all": 2000}, "some", "all")["share"]
        for some in (0, 1333, 1599, 1999, 2000)
    ]
    assert shares == [0, 66.6, 79.9, 99.9, 100]
    assert return_statistics._shared({"some": 0, "all": 0}, "some", "all")["share"] is None


def test_reasons_are_counted_with_what_they_are_shares_of(client, office, auditor):
    first, _second = office.memo_in(State.SUBMITTED), office.memo_in(State.SUBMITTED)
    wrong, plain = ("field:text", "Sai", Point.Reason.WRONG_FIGURE), ("field:text", "Chưa rõ")
    do(Verb.RETURN, first, office.approver, points=[wrong, wrong, plain])
    all_answered(first)
    do(Verb.SUBMIT, first, office.drafter)
    do(Verb.APPROVE, first, office.approver)
    do(Verb.REVIEW, first, office.reviewer)

    page = client.get(address("returns")).context
    assert page["total"] == {
        "submitted": 2, "returned": 1, "returns": 1, "points": 3, "accepted": 1, "rounds": 2.0, "share": 50.0,
    }  # fmt: skip
    assert [code for code, _label in page["tabs"]] == ["place", "reason", "unit", "officer"]
    assert rows(client, "place") == [("Text", ["3", "100", "1"])]
    assert rows(client, "reason") == [("figure wrong", ["2", "66,6", "1"]), ("Not stated", ["1", "33,3", "1"])]
    assert rows(client, "unit") == [("Liên đoàn Lao động Quận 1", ["2", "1", "50", "1", "3", "1", "2"])]
    assert rows(client, "unit", unit="Q1") == [("Công đoàn Trường Hoa Sen", ["2", "1", "50", "1", "3", "1", "2"])]
    assert rows(client, "officer") == [("Lê Văn Minh", ["2", "1", "50", "1", "3"])]
    assert rows(client, "unit", unit="Q2") == rows(client, "reason", since=day(1)) == []
    assert rows(client, "?") == rows(client, "place")

    points = address("return-points")
    assert points_found(client, f"{points}?reason=wrong_figure") == ["Sai", "Sai"]
    for line, link, _cells in client.get(address("returns", by="officer")).context["lines"]:
        assert (line.label, points_found(client, link)) == ("Lê Văn Minh", ["Sai", "Sai", "Chưa rõ"])
    (_line, link, _cells) = client.get(address("returns", by="reason", unit="U1")).context["lines"][1]
    assert points_found(client, link) == ["Chưa rõ"]
    assert points_found(client, f"{points}?kind=field&place=Text") == ["Sai", "Sai", "Chưa rõ"]
    assert points_found(client, f"{points}?kind=section") == []


def rows(client, by, **asked):
    lines = client.get(address("returns", by=by, **asked)).context["lines"]
    return [(line.label, [said for _heading, said in cells]) for line, _link, cells in lines]


def points_found(client, link) -> list[str]:
    return [point.text for point in client.get(link).context["page"]]


def test_the_kind_of_fault_is_sealed_with_the_return(client, office):
    memo = office.memo_in(State.SUBMITTED)
    event = do(Verb.RETURN, memo, office.approver, points=[("field:text", "Sai", Point.Reason.WRONG_FIGURE)])
    assert event.facts["points"] == [{"place": "field:text", "number": 1, "reason": "wrong_figure"}]
    assert list(faults(Tally())) == []
    client.force_login(office.approver.person)
    assert "figure wrong: Sai" in client.get(address("dossier-history", memo.ref)).content.decode().replace(
        "Text – ", ""
    )


def test_a_kind_of_fault_of_ones_own_making_is_refused(office, english):
    from workflow.errors import Refused

    memo = office.memo_in(State.SUBMITTED)
    with pytest.raises(Refused) as refused:
        do(Verb.RETURN, memo, office.approver, points=[("field:text", "Sai", "bịa")])
    assert refused.value.reasons == ["A point has a kind of fault that is not on the list."]


# --- who opened what --------------------------------------------------------------------------------------------------
def test_who_opened_a_dossier_stands_in_one_line_a_day(client, office):
    memo = office.memo_in(State.SUBMITTED)
    for by in (office.reviewer, office.approver):
        client.force_login(by.person)
        for _ in range(3):
            client.get(address("dossier", memo.ref))
    client.get(address("compare", memo.ref))
    AccessLog.objects.create(user=office.approver.person, dossier=memo, act="downloaded", detail="Ảnh.png")
    lines = client.get(address("accesses", memo.ref)).context["accesses"]
    said = [
        (
            *(line.row[name] for name in ("user__full_name", "act", "detail", "times")),
            line.appointment.post,
            line.appointment.unit.name,
        )
        for line in lines
    ]
    approver = (office.approver.post, "Công đoàn Trường Hoa Sen")
    assert said == [
        ("Lê Văn Minh", "downloaded", "Ảnh.png", 1, *approver),
        ("Lê Văn Minh", "viewed", "v1 – v1", 1, *approver),
        ("Lê Văn Minh", "viewed", "", 3, *approver),
        ("Phạm Thị Hoa", "viewed", "", 3, office.reviewer.post, "Liên đoàn Lao động Quận 1"),
    ]
    only = client.get(address("accesses", memo.ref, act="downloaded")).context["page"]
    assert [row["detail"] for row in only] == ["Ảnh.png"]


def test_it_is_read_through_an_office_and_not_by_a_guest(client, office):
    memo = office.memo_in(State.SUBMITTED)
    guest = office.officer("khach", Role.DRAFTER, office.foreign)
    share(memo, person=guest.person, until=today(), by=office.approver, key=uuid4())
    expected = {
        guest: 404,
        office.drafter: 200,
        office.reviewer: 200,
        office.officer("q", Role.ADMINISTRATOR, office.city): 404,
    }
    for by, status in expected.items():
        client.force_login(by.person)
        assert client.get(address("accesses", memo.ref)).status_code == status
    client.force_login(guest.person)
    assert client.get(address("dossier-history", memo.ref)).status_code == 200
    assert address("accesses", memo.ref) not in client.get(address("dossier-history", memo.ref)).content.decode()


# --- taken out --------------------------------------------------------------------------------------------------------
def taken(client, name, **asked):
    answer = client.post(address(name, **asked))
    assert answer.status_code == 200
    data = b"".join(answer.streaming_content)
    return data, load_workbook(io.BytesIO(data))


def test_formulas_come_out_as_text_and_the_taking_is_on_the_record(client, office, auditor):
    nasty = ['=HYPERLINK("http://x")', "+1+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\t=1", "#N/A"]
    for note in nasty:
        do(Verb.RECALL, office.memo_in(State.SUBMITTED), office.drafter, note=note + " \x0b")
    data, book = taken(client, "history-export", verb="recall", person="Lan")
    sheet = book.active
    cells = [cell for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s", "n", "d"}
    assert [cell.value for cell in cells if cell.data_type == "n" and cell.column_letter not in "AK"] == []
    reasons = {row[11].value for row in sheet.iter_rows(min_row=5)}
    assert reasons == {note.strip() for note in nasty}
    assert all(row[11].quotePrefix for row in sheet.iter_rows(min_row=5))
    assert sheet["A3"].value == "Filter: Person: Lan; Step: Recall"
    assert "Ngô Khánh Ưng" in sheet["A2"].value
    assert sheet["B5"].is_date
    event = Event.objects.get(verb="exported")
    assert event.facts == {"list": "history", "rows": 6, "sha256": hashlib.sha256(data).hexdigest()}
    assert event.texts["note"] == "Person: Lan; Step: Recall"
    assert event.actor == auditor.person
    log = AccessLog.objects.get(act="exported")
    assert (log.user, log.dossier, log.detail) == (auditor.person, None, "history: 6. Person: Lan; Step: Recall")
    assert list(faults(Tally())) == []
    assert "History: 6 rows" in client.get(address("history")).content.decode()


def test_every_tab_is_a_sheet(client, office, auditor):
    office.memo_in(State.UNIT_APPROVED, due_on=today(-3))
    _data, book = taken(client, "exceptions-export")
    assert book.sheetnames == [str(tab.label) for tab in TABS.values()]
    assert [cell.value for cell in book["Still waiting"][5]][-1] == 3
    office.memo_in(State.RETURNED)
    _data, book = taken(client, "returns-export")
    assert book.sheetnames == ["By place", "By kind of fault", "By unit", "By officer"]
    assert [cell.value for cell in book["By unit"][5]][:4] == ["Liên đoàn Lao động Quận 1", None, 2, 1]


def test_a_list_too_long_is_cut_and_says_so(client, office, auditor, monkeypatch):
    for module in ("exports.exporting", "pages.history"):
        monkeypatch.setattr(f"audit.{module}.MAX_ROWS_PER_SHEET", 3)
    office.memo_in(State.DISTRICT_REVIEWED)
    _data, book = taken(client, "history-export")
    assert [book.active.cell(row, 1).value for row in range(5, 9)] == [
        4, 3, 2, "Only the first 3 rows are here. Narrow the filter for the rest.",
    ]  # fmt: skip
    assert Event.objects.get(verb="exported").facts["rows"] == 3


def test_who_holds_no_office_takes_nothing_out(client, office):
    memo = office.memo_in(State.SUBMITTED)
    guest = factories.person("khach")
    share(memo, person=guest, until=today(), by=office.approver, key=uuid4())
    client.force_login(guest)
    assert found(client) == ["submit", "create"]
    assert client.post(address("history-export")).status_code == 404
    assert not AccessLog.objects.filter(act="exported").exists()
    assert client.get(address("history-export")).status_code == 405


def test_pages_ask_as_much_for_one_row_as_for_many(client, office, auditor, django_assert_max_num_queries):
    def counts():
        seen = []
        for page in pages:
            with django_assert_max_num_queries(12) as queries:
                assert client.get(page).status_code == 200
            seen.append(len(queries))
        return seen

    memo = office.memo_in(State.RETURNED)
    AccessLog.objects.create(user=office.reviewer.person, dossier=memo, act="viewed")
    pages = [
        address("history", words="lan", person="lan", unit="hoa sen"), address("history", unit="U1"),
        *(address("exceptions", tab=code, unit="hoa sen") for code in TABS),
        *(address("returns", by=by, unit="hoa sen") for by in ("place", "reason", "unit", "officer")),
        address("return-points", unit="hoa sen"), address("accesses", memo.ref), address("compare", memo.ref),
        address("dossier-history", memo.ref, on=day(0)),
    ]  # fmt: skip
    client.get(pages[0])
    few = counts()
    for number in range(30):
        paper = office.memo_in(State.SUBMITTED, due_on=today(-1))
        do(Verb.RETURN, paper, office.approver, points=[("field:text", f"Điểm {number}")] * 3)
        all_answered(paper)
        do(Verb.SUBMIT, paper, office.drafter)
        do(Verb.RETURN, paper, office.approver)
        AccessLog.objects.create(user=office.reviewer.person, dossier=memo, act="downloaded", detail=f"{number}")
    assert counts() == few

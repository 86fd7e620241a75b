"""Units, people and appointments from one workbook: shown row by row, then imported whole or not at all."""

import io
import unicodedata
from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext
from openpyxl import load_workbook

from accounts.models import Appointment, Role, Unit, User, authorities
from administration.models import PeopleImport
from administration.people_import import checking, importing
from administration.people_import.form import XLSX
from audit.verification.verify import Tally, faults
from ledger.models import Event
from tests import factories
from tests.administration.people_import.people_imports import (
    APPOINTMENT,
    PERSON,
    UNIT,
    browser_of,
    check,
    whole,
    workbook,
)
from tests.factories import rewritten
from tests.founder import office_chain
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
QUERIES = 8
NUMBER = (
    "The cell holds the number %d where text is meant: zeros in front may be lost (007 becomes 7)."
    " Format the column as text and write it again."
)
USERNAME = "“trần sen”: a username may contain only letters without marks, digits and . _ - @ +"

OLD = "This text seems to be in old letters (TCVN3): “%s” would become “%s”."
OLD_LETTERS = "C«ng ®oµn Tr\u00ad\u00eang häc"


def outcomes(people_import: PeopleImport) -> list[tuple]:
    return [(row.sheet, row.number, row.outcome) for row in people_import.rows.all()]


def imported(data: bytes, by) -> PeopleImport:
    people_import = check(data, "danh-sach.xlsx", by=by)
    assert people_import.is_clean
    importing.confirm(people_import, by=by)
    importing.run(people_import.pk)
    people_import.refresh_from_db()
    return people_import


def test_a_unit_its_chair_and_the_appointment_arrive_together(office, administrator):
    people_import = imported(whole(), administrator)
    assert (people_import.state, people_import.reasons, people_import.done) == ("imported", [], 3)
    unit = Unit.objects.get(code="U9")
    assert Unit.objects.get_parent(unit).code == "Q1"
    assert [(by.role, by.post, by.unit.code) for by in authorities(User.objects.get(username="sen"))] == [
        ("approver", "Chủ tịch", "U9")
    ]
    assert Unit.objects.find_problems() == ([], [], [], [], [])
    chain = office_chain().order_by("seq")
    assert [event.verb for event in chain] == ["unit_opened", "person_registered", "appointed", "imported"]
    assert list(faults(Tally())) == []


def send(client, data: bytes, name="danh-sach.xlsx", **more):
    upload = SimpleUploadedFile(name, data, content_type=XLSX)
    return client.post("/office/import/", {"workbook": upload, **more})


def page_of(client, data: bytes) -> str:
    answer = send(client, data)
    assert answer.status_code == 302, answer.content.decode()
    checking.examine(PeopleImport.objects.get(state="checking").pk, "en")
    return answer.url


def said(answer) -> list[str]:
    return [problem for line in answer.context["lines"] for problem in line.problems]


def refusals(client, data: bytes) -> list[str]:
    return client.get(page_of(client, data)).context["people_import"].reasons


@pytest.fixture
def client(administrator):
    return browser_of(administrator)


def test_the_dry_run_writes_nothing_and_says_what_every_row_comes_to(office, administrator, client):
    before = (Unit.objects.count(), User.objects.count(), Appointment.objects.count(), Event.objects.count())
    answer = client.get(page_of(client, whole()))
    assert answer.status_code == 200
    assert [(line.sheet, line.row.number, line.row.outcome) for line in answer.context["lines"]] == [
        ("Units", 2, "new"),
        ("People", 2, "new"),
        ("Appointments", 2, "new"),
    ]
    assert answer.context["lines"][2].changes == [
        ("Role", "", "unit approver"),
        ("Post", "", "Chủ tịch"),
        ("From", "", "01/01/2026"),
        ("Decision number", "", "15/QĐ-LĐLĐ"),
    ]
    after = (Unit.objects.count(), User.objects.count(), Appointment.objects.count(), Event.objects.count())
    assert after == before


def test_a_message_names_sheet_row_and_column(office, client):
    wrong = APPOINTMENT | {"starts_on": "31/02/2026"}
    answer = client.get(page_of(client, workbook([UNIT], [PERSON], [APPOINTMENT, wrong])) + "?show=refused")
    assert said(answer) == ["Sheet “Appointments”, row 3, column “From”: “31/02/2026”: there is no such day."]


def test_template_and_what_is_kept_now_are_read_back_as_the_same(office, administrator, client):
    empty = client.get("/office/import/template/").content
    assert refusals(client, empty) == ["The workbook holds no row under its headings."]
    kept = client.post("/office/import/current/").content
    answer = client.get(page_of(client, kept))
    assert {line.row.outcome for line in answer.context["lines"]} == {"same"}


def test_units_stand_in_any_order_and_move_together_without_a_circle(office, administrator):
    """U1 goes under the new U8, which is written after it; U2, now beside U1, goes under U1."""
    rows = [
        UNIT | {"code": "U2", "above": "U1", "name": office.sibling.name, "short_name": "U2"},
        UNIT | {"code": "U1", "above": "U8", "name": office.unit.name, "short_name": "U1"},
        UNIT | {"code": "U7", "above": "U8"},
        UNIT | {"code": "U8", "above": "Q1"},
    ]
    people_import = imported(workbook(rows), administrator)
    assert people_import.state == "imported"
    above = {unit.code: Unit.objects.get_parent(unit).code for unit in Unit.objects.filter(depth__gt=2)}
    assert above == {"U8": "Q1", "U7": "U8", "U1": "U8", "U2": "U1", "U3": "Q2"}
    assert Unit.objects.find_problems() == ([], [], [], [], [])
    chain = office_chain().order_by("seq")
    assert [(event.verb, event.unit.code) for event in chain] == [
        ("unit_opened", "U7"),
        ("unit_opened", "U8"),
        ("unit_moved", "U1"),
        ("unit_moved", "U2"),
        ("imported", "Q1"),
    ]
    assert list(faults(Tally())) == []


def test_a_changed_row_says_from_what_to_what_and_only_that_is_written(office, administrator, client):
    today = timezone.localdate()
    held = office.approver.appointment
    rows = {
        "units": [UNIT | {"code": "U1", "above": "Q1", "name": "Tên mới", "short_name": "U1"}],
        "people": [
            PERSON | {"username": "minh", "full_name": "Lê Văn Minh", "honorific": None, "email": "minh@example.org"}
        ],
        "appointments": [
            APPOINTMENT
            | {"username": "minh", "unit": "U1", "post": held.post, "starts_on": held.starts_on, "ends_on": today}
            | {"decision_no": None}
        ],
    }
    answer = client.get(page_of(client, workbook(**rows)))
    assert [line.changes for line in answer.context["lines"]] == [
        [("Name", "Công đoàn Trường Hoa Sen", "Tên mới")],
        [("E-mail", "", "minh@example.org")],
        [("To (last day)", "", date_format(today, "SHORT_DATE_FORMAT"))],
    ]
    people_import = PeopleImport.objects.get()
    importing.confirm(people_import, by=administrator)
    importing.run(people_import.pk)
    assert Unit.objects.get(code="U1").name == "Tên mới"
    assert Unit.history.filter(code="U1").first().history_user == administrator.person
    assert User.objects.get(username="minh").email == "minh@example.org"
    assert Appointment.objects.get(pk=held.pk).ends_on == today
    assert [event.verb for event in office_chain().order_by("seq")] == [
        "unit_changed",
        "person_changed",
        "appointment_ended",
        "imported",
    ]
    assert list(faults(Tally())) == []


def problems(by, **sheets) -> list[tuple]:
    """What each refused row is refused for: sheet, row, column and sentence."""
    people_import = check(workbook(**sheets), "x.xlsx", by=by)
    return [
        (row.sheet, row.number, column, gettext(sentence) % said)
        for row in people_import.rows.all()
        for column, sentence, said in row.problems
    ]


@pytest.mark.parametrize(
    ("changed", "column", "sentence"),
    [
        ({"code": 7}, "code", NUMBER % 7),
        ({"code": "U 9"}, "code", "“U 9”: a code may contain only letters, digits and . / - _"),
        *(({"code": code}, "code", f"“{code}”: a code may contain only letters, digits and . / - _")
          for code in ("CD０９９", "CD²", "СD099", "CDñ", "CD–1")),
        ({"name": OLD_LETTERS}, "name", OLD % (OLD_LETTERS, "Công đoàn Trường học")),
        ({"code": "q1"}, "code", "“q1” is stored as “Q1”."),
        ({"code": "U" * 21}, "code", "Longer than 20 characters."),
        ({"name": None}, "name", "This must be filled in."),
        ({"name": "Sen " * 125}, "name", "Longer than 200 characters."),
        ({"name": "=1+1"}, "name", "The cell holds a formula. Paste its value in its place (Paste Special, Values)."),
        ({"name": "#REF!"}, "name", "The cell holds an error of Excel: #REF!."),
        ({"name": date(2026, 1, 1)}, "name", "The cell holds a date or a time where text is meant."),
        ({"kind": "Câu lạc bộ"}, "kind", "“Câu lạc bộ” is not a kind of unit."),
        ({"above": None}, "above", "Only the topmost unit has no unit above it; it cannot be created by an import."),
        ({"above": "U77"}, "above", "No unit has the code “U77”, here or in this file."),
        ({"above": "U9"}, "above", "The units report to each other in a circle: U9 → U9."),
        ({"above": "Q2"}, "above", "This is neither your unit nor below it."),
        ({"opened_on": "31/02/2026"}, "opened_on", "“31/02/2026”: there is no such day."),
        ({"opened_on": "1/2/26"}, "opened_on", "“1/2/26”: write the year with four digits."),
        ({"opened_on": "hôm qua"}, "opened_on", "“hôm qua” is not a date. Write it as dd/mm/yyyy."),
        ({"opened_on": 45000}, "opened_on", "The cell holds 45000, which is not a date. Write it as dd/mm/yyyy."),
        ({"opened_on": "01/01/0026"}, "opened_on", "The year 26 cannot be meant."),
    ],
)  # fmt: skip
def test_a_unit_is_refused_in_words(office, administrator, changed, column, sentence):
    assert problems(administrator, units=[UNIT | changed]) == [("units", 2, column, sentence)]


@pytest.mark.parametrize(
    ("changed", "column", "sentence"),
    [
        ({"username": "trần sen"}, "username", USERNAME),
        ({"username": "LAN"}, "username", "“LAN” is stored as “lan”."),
        ({"honorific": "Dr"}, "honorific", "“Dr” is not in the list."),
        ({"email": "sen@"}, "email", "“sen@” is not an e-mail address."),
        ({"full_name": 12}, "full_name", NUMBER % 12),
        ({"full_name": "TrÇn ThÞ Sen"}, "full_name", OLD % ("TrÇn ThÞ Sen", "Trần Thị Sen")),
        ({"full_name": "TrÇn An"}, "full_name", OLD % ("TrÇn An", "Trần An")),
        ({"full_name": "NguyÔn ThÞ BÐ"}, "full_name", OLD % ("NguyÔn ThÞ BÐ", "Nguyễn Thị Bé")),
    ],
)  # fmt: skip
def test_a_person_is_refused_in_words(office, administrator, changed, column, sentence):
    assert problems(administrator, people=[PERSON | changed]) == [("people", 2, column, sentence)]


@pytest.mark.parametrize(
    "name",
    ["Trần Thị Sen, Lê Văn An", "Trần Thị Sen; Lê Văn An", "Trần Thị Sen/Lê Văn An", "Trần Thị Sen & Lê Văn An",
     "Trần Thị Sen và Lê Văn An", "Trần Thị Sen\nLê Văn An", "Đ/c Trần Thị Sen", "Đồng chí Trần Thị Sen",
     "ThS. Trần Thị Sen", "Ths.Trần Thị Sen", "TS Trần Thị Sen", "PGS. TS. Trần Thị Sen"],
)  # fmt: skip
def test_a_name_is_that_of_one_person_without_a_title(office, administrator, name):
    said = f"“{' '.join(name.split())}”: please write the full name of one person only, without a title."
    assert problems(administrator, people=[PERSON | {"full_name": name}]) == [("people", 2, "full_name", said)]


@pytest.mark.parametrize(
    "name",
    ["Trần Thị\nSen", "H’Bia Ê-ban", "K' Sor Phước", "Ông Thị Sen", "Nguyễn Thị Hà (A)", "Tsằn Và Sen", "Bàn Tả Mẩy"],
)
def test_a_name_may_be_of_any_people_of_ours(office, administrator, name):
    assert problems(administrator, people=[PERSON | {"full_name": name}]) == []


@pytest.mark.parametrize("code", ["CĐCS-ĐỨC_1", "a.b/Ỷ", "CĐ099"])
def test_a_code_may_hold_every_letter_of_ours(office, administrator, code):
    for form in ("NFC", "NFD"):
        assert problems(administrator, units=[UNIT | {"code": unicodedata.normalize(form, code)}]) == []


@pytest.mark.parametrize("name", ["Trần Thị Sen", "Hà Lô", "H\u00d0 Sen", "José André", "Phòng 5 × 6", "Hà\u00ad Sen"])
def test_other_names_are_not_taken_for_old_letters(office, administrator, name):
    assert problems(administrator, people=[PERSON | {"full_name": name}]) == []


@pytest.mark.parametrize(
    ("changed", "column", "sentence"),
    [
        ({"username": "khong-co"}, "username", "Nobody has the username “khong-co”, here or in this file."),
        ({"unit": "U77"}, "unit", "No unit has the code “U77”, here or in this file."),
        ({"unit": "Q2"}, "unit", "This is neither your unit nor below it."),
        ({"role": "giám đốc"}, "role", "“giám đốc” is not in the list."),
        ({"ends_on": date(2025, 12, 31)}, "ends_on", "The last day is before the first."),
        ({"starts_on": None}, "starts_on", "This must be filled in."),
    ],
)
def test_an_appointment_is_refused_in_words(office, administrator, changed, column, sentence):
    rows = [APPOINTMENT | {"username": "minh", "unit": "U2"} | changed]
    assert problems(administrator, appointments=rows) == [("appointments", 2, column, sentence)]


def test_an_appointment_is_ended_but_never_rewritten_prolonged_or_ended_in_the_past(office, administrator):
    today = timezone.localdate()
    held = office.approver.appointment
    same = {"username": "minh", "unit": "U1", "role": "approver", "post": held.post, "starts_on": held.starts_on}

    def said(**changed):
        return [sentence for *_place, sentence in problems(administrator, appointments=[same | changed])]

    assert said() == []
    assert said(post="Phó Chủ tịch") == [
        "An appointment cannot be edited. Please enter the last day of this one and make a new one from then on."
    ]
    past = "The last day cannot be backdated: decisions made since then rest on this appointment."
    assert said(ends_on=today - timedelta(days=1)) == [past]
    assert said(starts_on=today) == [
        f"Already appointed to this role here since {held.starts_on:%d/%m/%Y}, without a last day."
        " Please enter the last day of that appointment in this file."
    ]
    rewritten(Appointment.objects.filter(pk=held.pk), ends_on=today)
    assert said(ends_on=None) == [
        "An appointment cannot be extended. Please make a new one from the day after its last."
    ]
    mine = administrator.appointment
    own = {"username": "tuan", "unit": "Q1", "role": "administrator", "post": mine.post, "starts_on": mine.starts_on}
    assert said(**own, ends_on=today) == ["You act under this appointment. Another administrator must end it."]


def test_a_role_changes_hands_within_one_file(office, administrator):
    today = timezone.localdate()
    held = office.approver.appointment
    old = APPOINTMENT | {"username": "minh", "unit": "U1", "post": held.post, "starts_on": held.starts_on}
    old |= {"ends_on": today, "decision_no": None}
    new = old | {"starts_on": today + timedelta(days=1), "ends_on": None, "post": "Chủ tịch", "decision_no": "9/QĐ"}
    assert imported(workbook(appointments=[new, old]), administrator).state == "imported"
    assert list(Appointment.objects.filter(user=held.user).order_by("pk").values_list("ends_on", flat=True)) == [
        today,
        None,
    ]
    assert list(faults(Tally())) == []


def test_the_same_thing_twice_is_refused_by_case_and_by_composition(office, administrator):
    twice = unicodedata.normalize("NFD", "Đơn-vị")
    units = [UNIT | {"code": "Đơn-vị"}, UNIT | {"code": twice}, UNIT | {"code": "ĐƠN-VỊ"}]
    people = [PERSON, PERSON | {"username": "SEN"}]
    found = problems(administrator, units=units, people=people, appointments=[APPOINTMENT | {"unit": "Đơn-vị"}] * 2)
    assert found == [
        ("units", 3, "code", "This is already in row 2."),
        ("units", 4, "code", "This is already in row 2."),
        ("people", 3, "username", "This is already in row 2."),
        ("appointments", 2, "starts_on", "This file appoints the person to this role here twice without a last day."),
        ("appointments", 3, "username", "This is already in row 2."),
        ("appointments", 3, "starts_on", "This file appoints the person to this role here twice without a last day."),
    ]


def test_a_circle_is_named(office, administrator):
    rows = [UNIT | {"code": code, "above": above} for code, above in (("A", "B"), ("B", "C"), ("C", "A"))]
    assert [said for *_place, said in problems(administrator, units=rows)] == [
        "The units report to each other in a circle: A → B → C → A.",
        "The units report to each other in a circle: B → C → A → B.",
        "The units report to each other in a circle: C → A → B → C.",
    ]
    under_its_own = [UNIT | {"code": "Q1", "above": "U1"}]
    assert problems(administrator, units=under_its_own)[0][3].startswith("The units report to each other in a circle")


def test_names_are_cleaned_and_what_looks_like_a_formula_stays_text(office, administrator, client):
    def as_text(book):
        cell = book["units"]["B2"]
        cell.value, cell.data_type = "=cmd|' /C calc'!A0", "s"

    people = [PERSON | {"full_name": "Trần\u200b \u202eThị  Sen\u00a0Hồng"}]
    imported(workbook([UNIT], people, [APPOINTMENT], change=as_text), administrator)
    assert User.objects.get(username="sen").full_name == "Trần Thị Sen Hồng"
    kept = client.post("/office/import/current/").content
    book = load_workbook(io.BytesIO(kept))
    cell = next(row[1] for row in book.worksheets[0].iter_rows() if row[0].value == "U9")
    assert (cell.value, cell.data_type, cell.quotePrefix) == ("=cmd|' /C calc'!A0", "s", True)


def test_people_who_hold_office_elsewhere_are_not_changed_from_here(office, administrator):
    """An e-mail address opens an account; a lower administrator must not take over a higher officer's."""
    head = office.officer("cao", Role.SIGNATORY, office.city, "Ngô Văn Cao").person
    factories.appoint(head, office.unit, Role.AUDITOR)
    changed = PERSON | {"username": "cao", "full_name": "Ngô Văn Cao", "honorific": None}
    refused = "This person has an appointment outside your unit; their details are changed there."
    assert problems(administrator, people=[changed | {"email": "toi@example.org"}]) == [
        ("people", 2, "username", refused)
    ]
    assert problems(administrator, people=[changed | {"email": None}]) == []


def test_a_closed_unit_and_a_closed_account_take_no_appointment(office, administrator):
    rewritten(Unit.objects.filter(code="U2"), closed_on=timezone.localdate())
    rewritten(User.objects.filter(username="lan"), is_active=False)
    rows = [APPOINTMENT | {"username": "minh", "unit": "U2"}, APPOINTMENT | {"username": "lan", "unit": "U1"}]
    assert problems(administrator, appointments=rows) == [
        ("appointments", 2, "unit", "The unit “U2” is closed."),
        ("appointments", 3, "username", "This person's account is closed."),
    ]


def test_the_office_changed_since_the_dry_run_and_nothing_is_imported(office, administrator):
    people_import = check(whole(), "x.xlsx", by=administrator)
    factories.person("sen", "Một Người Khác")
    importing.confirm(people_import, by=administrator)
    importing.run(people_import.pk)
    people_import.refresh_from_db()
    assert people_import.state == "refused"
    assert people_import.reasons == ["The office has changed since this file was checked. Check it again."]
    assert not Unit.objects.filter(code="U9").exists()


def test_an_administrator_whose_appointment_ended_meanwhile_imports_nothing(office, administrator):
    people_import = check(whole(), "x.xlsx", by=administrator)
    importing.confirm(people_import, by=administrator)
    rewritten(Appointment.objects.filter(pk=administrator.appointment.pk), ended_at=timezone.now())
    importing.run(people_import.pk)
    people_import.refresh_from_db()
    assert (people_import.state, people_import.reasons) == ("refused", ["Your appointment no longer allows this."])


def test_confirming_twice_and_running_twice_import_once(office, administrator):
    people_import = check(whole(), "x.xlsx", by=administrator)
    importing.confirm(people_import, by=administrator)
    with pytest.raises(Refused) as refused:
        importing.confirm(people_import, by=administrator)
    assert refused.value.reasons == ["The import of this file has already been started."]
    importing.run(people_import.pk)
    importing.run(people_import.pk)
    assert Event.objects.filter(verb="imported").count() == 1


def test_a_file_with_refused_rows_is_not_imported_by_any_door(office, administrator, client):
    people_import = check(workbook([UNIT, UNIT]), "x.xlsx", by=administrator)
    answer = client.post(f"/office/import/{people_import.ref}/confirmation/", follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "A file with refused rows, or with nothing to change, is not imported."
    ]
    assert PeopleImport.objects.get().state == "checked"


def test_nobody_but_administrators_finds_these_pages(office, administrator):
    people_import = check(whole(), "x.xlsx", by=administrator)
    stranger = office.officer("xa", Role.ADMINISTRATOR, office.other_district)
    pages = ["", "template/", "current/", f"{people_import.ref}/", f"{people_import.ref}/confirmation/"]
    for by, found in (
        (office.signatory, [404, 404, 404, 404, 404]),
        (stranger, [200, 200, 200, 404, 404]),
        (administrator, [200, 200, 200, 200, 302]),
    ):
        browser = Client()
        browser.force_login(by.person, "accounts.backends.AppointmentBackend")
        ask = [browser.post if page.endswith(("confirmation/", "current/")) else browser.get for page in pages]
        assert [get(f"/office/import/{page}").status_code for get, page in zip(ask, pages, strict=True)] == found


def test_another_administrator_above_reads_the_rows_but_does_not_import_them(office, administrator):
    above = office.officer("tren", Role.ADMINISTRATOR, office.city)
    people_import = check(whole(), "x.xlsx", by=administrator)
    browser = browser_of(above)
    assert browser.get(f"/office/import/{people_import.ref}/").context["mine"] is False
    answer = browser.post(f"/office/import/{people_import.ref}/confirmation/", follow=True)
    assert [str(message) for message in answer.context["messages"]] == [
        "Only the administrator who checked this file can import it."
    ]


@pytest.mark.parametrize("rows", [1, 100])
def test_the_rows_take_as_many_queries_at_one_as_at_a_hundred(
    office, administrator, client, rows, django_assert_num_queries
):
    people = [PERSON | {"username": f"sen{number}"} for number in range(rows)]
    page = page_of(client, workbook(people=people))
    client.get(page)
    with django_assert_num_queries(QUERIES):
        client.get(page)


def test_ten_thousand_rows_are_shown_a_hundred_at_a_time(office, administrator, client):
    people = [PERSON | {"username": f"sen{number}"} for number in range(250)]
    page = page_of(client, workbook(people=[*people, PERSON | {"username": "sen3"}]))
    assert [len(client.get(f"{page}?page={number}").context["lines"]) for number in (1, 2, 3)] == [100, 100, 51]
    assert said(client.get(f"{page}?show=refused")) == [
        "Sheet “People”, row 252, column “Username”: This is already in row 5."
    ]


def test_the_export_is_on_the_record(office, administrator, client):
    client.post("/office/import/current/")
    event = Event.objects.get(verb="exported")
    assert (event.actor, event.facts["what"]) == (administrator.person, "people_import")

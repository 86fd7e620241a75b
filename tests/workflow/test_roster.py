"""Units, people and appointments from one workbook: shown row by row, then imported whole or not at all."""


import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from accounts.authority import authorities
from accounts.models import Appointment, Role, Unit, User
from tests.workflow.rosters import APPOINTMENT, PERSON, UNIT, whole, workbook
from workflow.forms.roster import XLSX
from workflow.ledger.envelope import OFFICE
from workflow.ledger.verify import Tally, faults
from workflow.models import Event, RosterImport
from workflow.roster import importing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def administrator(office):
    return office.officer("tuan", Role.ADMINISTRATOR, office.district)


def outcomes(roster: RosterImport) -> list[tuple]:
    return [(row.sheet, row.number, row.outcome) for row in roster.rows.all()]


def imported(data: bytes, by) -> RosterImport:
    roster = importing.check(data, "danh-sach.xlsx", by=by)
    assert roster.is_clean
    importing.confirm(roster, by=by)
    importing.run(roster.pk)
    roster.refresh_from_db()
    return roster


def test_a_unit_its_chair_and_the_appointment_arrive_together(office, administrator):
    roster = imported(whole(), administrator)
    assert (roster.state, roster.reasons, roster.done) == ("imported", [], 3)
    unit = Unit.objects.get(code="U9")
    assert Unit.objects.get_parent(unit).code == "Q1"
    assert [(by.role, by.post, by.unit.code) for by in authorities(User.objects.get(username="sen"))] == [
        ("approver", "Chủ tịch", "U9")
    ]
    assert Unit.objects.find_problems() == ([], [], [], [], [])
    chain = Event.objects.filter(chain=OFFICE).order_by("seq")
    assert [event.verb for event in chain] == ["unit_opened", "appointed", "imported"]
    assert list(faults(Tally())) == []


def send(client, data: bytes, name="danh-sach.xlsx", **more):
    upload = SimpleUploadedFile(name, data, content_type=XLSX)
    return client.post("/office/import/", {"workbook": upload, **more})


def page_of(client, data: bytes) -> str:
    answer = send(client, data)
    assert answer.status_code == 302, answer.content.decode()
    return answer.url


def said(answer) -> list[str]:
    return [problem for line in answer.context["lines"] for problem in line.problems]


def refusals(client, data: bytes) -> list[str]:
    answer = send(client, data)
    assert answer.status_code == 422
    return answer.context["form"].errors["workbook"]


@pytest.fixture
def client(administrator):
    mine = Client()
    mine.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    mine.force_login(administrator.person, "accounts.backends.AppointmentBackend")
    return mine


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
    kept = client.get("/office/import/current/").content
    answer = client.get(page_of(client, kept))
    assert {line.row.outcome for line in answer.context["lines"]} == {"same"}

"""A workbook on its way: received at once, checked by the worker, kept for a time and then forgotten."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import Role
from administration.jobs import forget_rosters
from administration.models import RosterImport, RosterRow
from administration.people_import import checking, importing, retention
from audit.verification.verify import Tally, faults
from ledger.canonical import sha256
from ledger.models import Event
from tests.factories import saved
from tests.workflow.rosters import PERSON, check, whole, workbook
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def administrator(office):
    return office.officer("tuan", Role.ADMINISTRATOR, office.district)


@pytest.fixture
def client(administrator):
    mine = Client()
    mine.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    mine.force_login(administrator.person, "accounts.backends.AppointmentBackend")
    return mine


def send(client, data: bytes):
    return client.post("/office/import/", {"workbook": SimpleUploadedFile("danh-sach.xlsx", data)})


def examine(roster: RosterImport, language="en") -> RosterImport:
    checking.examine(roster.pk, language)
    roster.refresh_from_db()
    return roster


def test_a_workbook_is_received_at_once_and_checked_by_the_worker(administrator, client):
    page = send(client, whole()).url
    roster = RosterImport.objects.get()
    assert (roster.state, roster.counts, roster.rows.count()) == ("checking", {}, 0)
    job = ProcrastinateJob.objects.get(task_name="workflow.check_roster")
    assert (job.queue_name, job.args) == ("rosters", {"roster_id": roster.pk, "language": "en"})
    answer = client.get(page)
    assert (answer.context["running"], answer.context["lines"]) == (True, [])
    assert "The rows are being checked" in answer.content.decode()
    assert "Waiting for its turn." in answer.content.decode()
    examine(roster)
    answer = client.get(page)
    assert (answer.context["running"], len(answer.context["lines"])) == (False, 3)
    assert roster.state == "checked"


def test_a_file_that_is_no_workbook_is_refused_before_it_is_kept(administrator, client):
    answer = send(client, b"%PDF-1.7")
    assert answer.status_code == 422
    assert answer.context["form"].errors["workbook"] == [
        "This is not an Excel workbook (.xlsx), whatever its name says."
    ]
    assert RosterImport.objects.count() == 0


def test_what_cannot_be_read_is_said_on_the_page_in_the_language_it_was_sent_in(administrator, client):
    page = send(client, workbook()).url
    roster = examine(RosterImport.objects.get(), "vi")
    assert (roster.state, roster.reasons) == ("unreadable", ["Bảng tính không có dòng nào dưới hàng tiêu đề."])
    answer = client.get(page)
    assert answer.context["running"] is False
    assert "This workbook cannot be read" in answer.content.decode()
    assert "<table" not in answer.content.decode()
    with pytest.raises(Refused):
        importing.confirm(roster, by=administrator)


def test_an_import_is_not_confirmed_before_it_is_checked(administrator):
    roster = checking.receive(whole(), "x.xlsx", by=administrator)
    with pytest.raises(Refused) as refusal:
        importing.confirm(roster, by=administrator)
    assert refusal.value.reasons == ["A file with refused rows, or with nothing to change, is not imported."]


def test_checking_twice_checks_once(administrator):
    roster = checking.receive(whole(), "x.xlsx", by=administrator)
    examine(roster)
    importing.confirm(roster, by=administrator)
    examine(roster)
    assert (roster.state, roster.rows.count()) == ("confirmed", 3)


def test_of_an_administrators_checked_files_the_newest_stays(office, administrator):
    other = office.officer("binh", Role.ADMINISTRATOR, office.district)
    first, theirs = check(whole(), "1.xlsx", by=administrator), check(whole(), "2.xlsx", by=other)
    second = checking.receive(whole(), "3.xlsx", by=administrator)
    assert list(RosterImport.objects.order_by("pk")) == [theirs, second]
    third = checking.receive(whole(), "4.xlsx", by=administrator)
    examine(second)
    examine(third)
    assert list(RosterImport.objects.order_by("pk")) == [theirs, third]
    assert RosterRow.objects.filter(roster=first.pk).count() == 0


def test_an_appointment_that_ended_before_the_check_is_said(administrator):
    roster = checking.receive(whole(), "x.xlsx", by=administrator)
    administrator.appointment.ended_at = timezone.now()
    saved(administrator.appointment)
    assert examine(roster).reasons == ["Your appointment no longer allows this."]


def test_a_check_whose_worker_died_is_said_and_the_file_is_sent_again(administrator, client):
    page = send(client, whole()).url
    RosterImport.objects.update(started_at=timezone.now())
    answer = client.get(page)
    assert (answer.context["running"], answer.context["fell"]) == (False, True)
    assert "The check stopped in the middle" in answer.content.decode()
    client.post(f"{page}confirmation/")
    assert RosterImport.objects.get().state == "checking"


# How long it is kept


def done(data: bytes, by) -> RosterImport:
    roster = check(data, "x.xlsx", by=by)
    importing.confirm(roster, by=by)
    importing.run(roster.pk)
    roster.refresh_from_db()
    return roster


def aged(roster: RosterImport, days: int) -> None:
    """As if everything had happened so many days earlier."""
    roster.refresh_from_db()
    long = timedelta(days=days)
    moments = {name: getattr(roster, name) for name in ("checked_at", "started_at", "finished_at")}
    changed = {name: moment - long for name, moment in moments.items() if moment}
    RosterImport.objects.filter(pk=roster.pk).update(**changed)


def test_an_imported_workbook_is_kept_for_thirty_days_and_its_hash_for_ever(administrator, client):
    data = whole()
    roster = done(data, administrator)
    address = f"/office/import/{roster.ref}/"
    assert "workbook and its rows are kept for 30 days" in client.get("/office/import/").content.decode()
    last = date_format(timezone.localtime(roster.finished_at + timedelta(days=30)), "SHORT_DATE_FORMAT")
    assert f"The workbook and its rows are kept until {last}." in client.get(address).content.decode()
    aged(roster, 29)
    forget_rosters(0)
    assert (bytes(RosterImport.objects.get().workbook), roster.rows.count()) == (data, 3)
    aged(roster, 2)
    forget_rosters(0)
    kept = RosterImport.objects.get()
    assert (bytes(kept.workbook), kept.rows.count(), kept.state) == (b"", 0, "imported")
    assert Event.objects.get(verb="imported").facts["sha256"] == sha256(data).hex() == kept.sha256
    page = client.get(address).content.decode()
    assert "were kept for their time and are gone" in page
    assert "<table" not in page
    assert list(faults(Tally())) == []
    forget_rosters(0)
    assert RosterImport.objects.count() == 1


def test_what_was_never_imported_goes_altogether_and_what_is_under_way_stays(office, administrator):
    others = [office.officer(name, Role.ADMINISTRATOR, office.district) for name in ("binh", "chi", "quy", "giang")]
    checked = check(whole(), "1.xlsx", by=administrator)
    unreadable = check(workbook(), "2.xlsx", by=others[0])
    waiting = checking.receive(whole(), "3.xlsx", by=others[1])
    confirmed = check(whole(), "4.xlsx", by=others[2])
    importing.confirm(confirmed, by=others[2])
    fallen = checking.receive(workbook(people=[PERSON]), "5.xlsx", by=others[3])
    RosterImport.objects.filter(pk=fallen.pk).update(state="confirmed", started_at=timezone.now())
    for roster in (checked, unreadable, waiting, confirmed, fallen):
        aged(roster, 31)
    young = check(workbook(people=[PERSON]), "6.xlsx", by=administrator)
    retention.forget()
    assert set(RosterImport.objects.all()) == {waiting, confirmed, young}

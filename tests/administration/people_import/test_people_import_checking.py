"""A workbook on its way: received at once, checked by the worker, kept for a time and then forgotten."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from django.utils.formats import date_format
from procrastinate.contrib.django.models import ProcrastinateJob

from accounts.models import Role
from administration.jobs import forget_people_imports
from administration.models import PeopleImport, PeopleImportRow
from administration.people_import import checking, importing, retention
from audit.verification.verify import Tally, faults
from ledger.canonical import sha256
from ledger.models import Event
from tests.administration.people_import.people_imports import PERSON, browser_of, check, whole, workbook
from tests.factories import saved
from workflow.errors import Refused

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def client(administrator):
    return browser_of(administrator)


def send(client, data: bytes):
    return client.post("/office/import/", {"workbook": SimpleUploadedFile("danh-sach.xlsx", data)})


def examine(people_import: PeopleImport, language="en") -> PeopleImport:
    checking.examine(people_import.pk, language)
    people_import.refresh_from_db()
    return people_import


def test_a_workbook_is_received_at_once_and_checked_by_the_worker(administrator, client):
    page = send(client, whole()).url
    people_import = PeopleImport.objects.get()
    assert (people_import.state, people_import.counts, people_import.rows.count()) == ("checking", {}, 0)
    job = ProcrastinateJob.objects.get(task_name="workflow.check_people_import")
    assert (job.queue_name, job.args) == ("people_import", {"import_id": people_import.pk, "language": "en"})
    answer = client.get(page)
    assert (answer.context["running"], answer.context["lines"]) == (True, [])
    assert "The rows are being checked" in answer.content.decode()
    assert "Waiting for its turn." in answer.content.decode()
    examine(people_import)
    answer = client.get(page)
    assert (answer.context["running"], len(answer.context["lines"])) == (False, 3)
    assert people_import.state == "checked"


def test_a_file_that_is_no_workbook_is_refused_before_it_is_kept(administrator, client):
    answer = send(client, "Họ và tên;Chức vụ\n".encode())
    assert answer.status_code == 422
    assert answer.context["form"].errors["workbook"] == [
        "An Excel workbook (.xlsx) is meant here, but this file is plain text (such as .csv). Enter the rows in the"
        " template and send that."
    ]
    assert PeopleImport.objects.count() == 0


def test_what_cannot_be_read_is_said_on_the_page_in_the_language_it_was_sent_in(administrator, client):
    page = send(client, workbook()).url
    people_import = examine(PeopleImport.objects.get(), "vi")
    assert (people_import.state, people_import.reasons) == (
        "unreadable",
        ["Bảng tính không có dòng nào dưới hàng tiêu đề."],
    )
    answer = client.get(page)
    assert answer.context["running"] is False
    assert "This workbook cannot be read" in answer.content.decode()
    assert "<table" not in answer.content.decode()
    with pytest.raises(Refused):
        importing.confirm(people_import, by=administrator)


def test_an_import_is_not_confirmed_before_it_is_checked(administrator):
    people_import = checking.receive(whole(), "x.xlsx", by=administrator)
    with pytest.raises(Refused) as refusal:
        importing.confirm(people_import, by=administrator)
    assert refusal.value.reasons == ["A file with refused rows, or with nothing to change, is not imported."]


def test_checking_twice_checks_once(administrator):
    people_import = checking.receive(whole(), "x.xlsx", by=administrator)
    examine(people_import)
    importing.confirm(people_import, by=administrator)
    examine(people_import)
    assert (people_import.state, people_import.rows.count()) == ("confirmed", 3)


def test_of_an_administrators_checked_files_the_newest_stays(office, administrator):
    other = office.officer("binh", Role.ADMINISTRATOR, office.district)
    first, theirs = check(whole(), "1.xlsx", by=administrator), check(whole(), "2.xlsx", by=other)
    second = checking.receive(whole(), "3.xlsx", by=administrator)
    assert list(PeopleImport.objects.order_by("pk")) == [theirs, second]
    third = checking.receive(whole(), "4.xlsx", by=administrator)
    examine(second)
    examine(third)
    assert list(PeopleImport.objects.order_by("pk")) == [theirs, third]
    assert PeopleImportRow.objects.filter(people_import=first.pk).count() == 0


def test_an_appointment_that_ended_before_the_check_is_said(administrator):
    people_import = checking.receive(whole(), "x.xlsx", by=administrator)
    administrator.appointment.ended_at = timezone.now()
    saved(administrator.appointment)
    assert examine(people_import).reasons == ["Your appointment no longer allows this."]


def test_a_check_whose_worker_died_is_said_and_the_file_is_sent_again(administrator, client):
    page = send(client, whole()).url
    PeopleImport.objects.update(started_at=timezone.now())
    answer = client.get(page)
    assert (answer.context["running"], answer.context["fell"]) == (False, True)
    assert "The check stopped in the middle" in answer.content.decode()
    client.post(f"{page}confirmation/")
    assert PeopleImport.objects.get().state == "checking"


# How long it is kept


def done(data: bytes, by) -> PeopleImport:
    people_import = check(data, "x.xlsx", by=by)
    importing.confirm(people_import, by=by)
    importing.run(people_import.pk)
    people_import.refresh_from_db()
    return people_import


def aged(people_import: PeopleImport, days: int) -> None:
    """As if everything had happened so many days earlier."""
    people_import.refresh_from_db()
    long = timedelta(days=days)
    moments = {name: getattr(people_import, name) for name in ("checked_at", "started_at", "finished_at")}
    changed = {name: moment - long for name, moment in moments.items() if moment}
    PeopleImport.objects.filter(pk=people_import.pk).update(**changed)


def test_an_imported_workbook_is_kept_for_thirty_days_and_its_hash_for_ever(administrator, client):
    data = whole()
    people_import = done(data, administrator)
    address = f"/office/import/{people_import.ref}/"
    assert "workbook and its rows are kept for 30 days" in client.get("/office/import/").content.decode()
    last = date_format(timezone.localtime(people_import.finished_at + timedelta(days=30)), "SHORT_DATE_FORMAT")
    assert f"The workbook and its rows are kept until {last}." in client.get(address).content.decode()
    aged(people_import, 29)
    forget_people_imports(0)
    assert (bytes(PeopleImport.objects.get().workbook), people_import.rows.count()) == (data, 3)
    aged(people_import, 2)
    forget_people_imports(0)
    kept = PeopleImport.objects.get()
    assert (bytes(kept.workbook), kept.rows.count(), kept.state) == (b"", 0, "imported")
    assert Event.objects.get(verb="imported").facts["sha256"] == sha256(data).hex() == kept.sha256
    page = client.get(address).content.decode()
    assert "were kept for their time and are gone" in page
    assert "<table" not in page
    assert list(faults(Tally())) == []
    forget_people_imports(0)
    assert PeopleImport.objects.count() == 1


def test_what_was_never_imported_goes_altogether_and_what_is_under_way_stays(office, administrator):
    others = [office.officer(name, Role.ADMINISTRATOR, office.district) for name in ("binh", "chi", "quy", "giang")]
    checked = check(whole(), "1.xlsx", by=administrator)
    unreadable = check(workbook(), "2.xlsx", by=others[0])
    waiting = checking.receive(whole(), "3.xlsx", by=others[1])
    confirmed = check(whole(), "4.xlsx", by=others[2])
    importing.confirm(confirmed, by=others[2])
    fallen = checking.receive(workbook(people=[PERSON]), "5.xlsx", by=others[3])
    PeopleImport.objects.filter(pk=fallen.pk).update(state="confirmed", started_at=timezone.now())
    for people_import in (checked, unreadable, waiting, confirmed, fallen):
        aged(people_import, 31)
    young = check(workbook(people=[PERSON]), "6.xlsx", by=administrator)
    retention.forget()
    assert set(PeopleImport.objects.all()) == {waiting, confirmed, young}

"""Trouble during an import: a worker killed in the middle, two administrators at once, no room on the server."""

import io
from contextlib import suppress
from threading import Thread
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import InMemoryUploadedFile
from django.db import OperationalError, connection, transaction
from django.test import Client
from django.utils import translation

from accounts.models import Role, Unit, User
from administration.appointments.changes import end_appointment
from administration.models import PeopleImport
from administration.people_import import checking, importing, progress
from administration.units.changes import change_unit
from audit.verification.verify import Tally, faults
from ledger.append import REGISTRY_LOCK, append_to_registry, lock_the_registry
from ledger.models import Event
from tests.administration.people_import.people_imports import APPOINTMENT, PERSON, UNIT, check, whole, workbook
from tests.documents.reports.races import PATIENCE, together
from tests.founder import office_chain

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("english")]
WAITS = "SELECT pid FROM pg_locks WHERE locktype = 'advisory' AND objid = %s AND NOT granted"


def confirmed(data: bytes, by) -> PeopleImport:
    people_import = check(data, "x.xlsx", by=by)
    importing.confirm(people_import, by=by)
    return people_import


def in_thread(people_import: PeopleImport) -> Thread:
    def run():
        with suppress(OperationalError):
            importing.run(people_import.pk)
        with suppress(OperationalError):
            connection.close()

    thread = Thread(target=run)
    thread.start()
    return thread


def who_waits_for(lock: int) -> int:
    """The database's process that waits for an advisory lock held here; asked until there is one."""
    with connection.cursor() as cursor:
        for _try in range(20_000):
            cursor.execute(WAITS, [lock])
            if row := cursor.fetchone():
                return row[0]
    raise AssertionError("Nobody came to wait.")


def test_a_worker_killed_in_the_middle_has_imported_nothing_and_can_begin_again(office, administrator):
    people_import = confirmed(whole(), administrator)
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s)", [REGISTRY_LOCK]
        )  # it stops where it has written, not recorded
        thread = in_thread(people_import)
        worker = who_waits_for(REGISTRY_LOCK)
        begun = PeopleImport.objects.get()
        assert begun.started_at is not None
        assert begun.done > 0
        assert not importing.fell(begun)
        cursor.execute("SELECT pg_terminate_backend(%s)", [worker])
    thread.join(PATIENCE)
    fallen = PeopleImport.objects.get()
    assert importing.fell(fallen)
    assert not Unit.objects.filter(code="U9").exists()
    assert not User.objects.filter(username="sen").exists()
    browser = Client()
    browser.force_login(administrator.person, "accounts.backends.AppointmentBackend")
    page = browser.get(f"/office/import/{people_import.ref}/")
    assert (page.context["fell"], page.context["running"]) == (True, False)
    browser.post(f"/office/import/{people_import.ref}/confirmation/")
    importing.run(people_import.pk)
    assert PeopleImport.objects.get().state == "imported"
    assert list(faults(Tally())) == []


def test_the_page_shows_the_rows_done_before_they_are_there_for_others(office, administrator):
    people_import = confirmed(whole(), administrator)
    browser = Client()
    browser.force_login(administrator.person, "accounts.backends.AppointmentBackend")
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [REGISTRY_LOCK])
        thread = in_thread(people_import)
        who_waits_for(REGISTRY_LOCK)
        answer = browser.get(f"/office/import/{people_import.ref}/")
        assert answer.context["running"] is True
        assert answer.context["people_import"].done > 0
        assert 'role="progressbar"' in answer.content.decode()
        assert 'http-equiv="refresh"' in answer.content.decode()
        assert not Unit.objects.filter(code="U9").exists()
    thread.join(PATIENCE)
    answer = browser.get(f"/office/import/{people_import.ref}/")
    assert (answer.context["running"], answer.context["people_import"].done) == (False, 3)
    assert 'role="progressbar"' not in answer.content.decode()


def in_english(people_import: PeopleImport) -> None:
    with translation.override("en"):  # a thread of its own begins in the office's language
        importing.run(people_import.pk)


def test_of_two_administrators_at_once_the_second_is_told_that_the_office_has_changed(office, administrator):
    other = office.officer("binh", Role.ADMINISTRATOR, office.district)
    first = confirmed(whole(), administrator)
    second = confirmed(workbook([UNIT | {"name": "Tên khác"}], [PERSON], [APPOINTMENT]), other)
    together(lambda: in_english(first), lambda: in_english(second))
    ended = sorted((people_import.state, *people_import.reasons) for people_import in PeopleImport.objects.all())
    changed = "The office has changed since this file was checked. Check it again."
    assert ended == [("imported",), ("refused", changed)]
    assert Event.objects.filter(verb="imported").count() == 1
    assert list(faults(Tally())) == []


def test_an_import_waits_its_turn(office, administrator):
    people_import = confirmed(whole(), administrator)
    with transaction.atomic():
        progress.take(0)
        thread = in_thread(people_import)
        who_waits_for(0)
        assert importing.fell(PeopleImport.objects.get()) is False
    thread.join(PATIENCE)
    assert PeopleImport.objects.get().state == "imported"


class FullDisk(io.BytesIO):
    """A file kept aside during the upload, on a disk that has no room."""

    def read(self, *args):
        raise OSError(28, "No space left on device")


def test_no_room_on_the_server_is_said_in_words(office, administrator, rf):
    from administration.people_import.form import WorkbookForm
    from administration.people_import.pages import _received

    upload = InMemoryUploadedFile(FullDisk(b"x"), "workbook", "x.xlsx", "", 1, None)
    form = WorkbookForm([administrator], {}, {"workbook": upload})
    assert form.is_valid()
    with pytest.raises(importing.Refused) as refused:
        _received(form)
    assert refused.value.reasons == [
        "The server has no space to store the file at present. Nothing was changed; please try again later."
    ]
    assert PeopleImport.objects.count() == 0


def moving(code: str, above: str) -> bytes:
    unit = Unit.objects.get(code=code)
    kept = {"code": code, "name": unit.name, "short_name": unit.short_name, "kind": unit.kind.name}
    return workbook([UNIT | kept | {"symbol": unit.symbol, "above": above}])


def test_a_unit_that_an_import_moves_is_recorded_of_by_others_meanwhile(office, administrator):
    """An export holds the office's chain and names the unit; the import waits for it before it moves the unit."""
    mine = office.officer("xa", Role.ADMINISTRATOR, office.unit)
    people_import = confirmed(moving("U1", "U2"), administrator)
    with transaction.atomic():
        lock_the_registry()
        thread = in_thread(people_import)
        who_waits_for(REGISTRY_LOCK)
        facts = {"what": "people_import", "sha256": "00" * 32}
        append_to_registry("exported", by=mine, key=uuid4(), unit=mine.unit, facts=facts)
    thread.join(PATIENCE)
    assert [people_import.state for people_import in PeopleImport.objects.all()] == ["imported"]
    assert Unit.objects.get_parent(Unit.objects.get(code="U1")).code == "U2"
    assert [event.verb for event in office_chain().order_by("seq")] == [
        "exported", "unit_moved", "imported",
    ]  # fmt: skip
    assert list(faults(Tally())) == []


def exported(by) -> None:
    browser = Client()
    browser.force_login(by.person, "accounts.backends.AppointmentBackend")
    for _again in range(5):
        assert browser.post("/office/import/current/").status_code == 200


def changed(unit: Unit, by, name: str) -> None:
    unit = Unit.objects.get(pk=unit.pk)
    unit.name = name
    change_unit(unit, by=by, key=uuid4())


def test_an_import_runs_beside_exports_a_change_of_a_unit_and_an_end_of_an_appointment(office, administrator):
    other = office.officer("binh", Role.ADMINISTRATOR, office.district)
    mine = office.officer("xa", Role.ADMINISTRATOR, office.unit)
    held = office.approver.appointment
    people = [PERSON | {"username": f"sen{number}"} for number in range(200)]
    row = {"username": "minh", "unit": "U1", "role": "approver", "post": held.post, "starts_on": held.starts_on}
    moves = {"code": "U2", "name": office.sibling.name, "short_name": "U2", "above": "U1"}
    people_import = confirmed(workbook([UNIT | moves], people, [row]), administrator)
    together(
        lambda: in_english(people_import),
        lambda: exported(mine),
        lambda: exported(other),
        lambda: changed(office.sibling, other, "Tên mới"),
        lambda: end_appointment(held, by=other, key=uuid4()),
    )
    ended = PeopleImport.objects.get()
    assert (ended.state, ended.reasons) in (
        ("imported", []),
        ("refused", ["The office has changed since this file was checked. Check it again."]),
    )
    assert Event.objects.filter(verb="exported").count() == 10
    assert Event.objects.filter(verb="unit_changed", facts={"fields": ["name"]}).count() >= 1
    assert Event.objects.filter(verb="appointment_ended").count() == 1
    assert list(faults(Tally())) == []


def test_the_page_of_a_check_shows_how_far_it_has_come(office, administrator):
    people_import = checking.receive(whole(), "x.xlsx", by=administrator)
    browser = Client()
    browser.force_login(administrator.person, "accounts.backends.AppointmentBackend")
    with transaction.atomic():
        progress.take(people_import.pk)
        thread = Thread(target=examined, args=[people_import.pk])
        thread.start()
        who_waits_for(people_import.pk)
        answer = browser.get(f"/office/import/{people_import.ref}/")
        assert answer.context["running"] is True
        assert 'http-equiv="refresh"' in answer.content.decode()
    thread.join(PATIENCE)
    answer = browser.get(f"/office/import/{people_import.ref}/")
    assert (answer.context["running"], len(answer.context["lines"])) == (False, 3)


def examined(number: int) -> None:
    checking.examine(number, "en")
    connection.close()

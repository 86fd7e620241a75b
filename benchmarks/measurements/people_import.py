"""One workbook of ten thousand rows: its dry run, its pages, its import, and the record afterwards."""

from time import perf_counter

from django.db import connection
from django.urls import reverse

from accounts.models import Appointment, Role, Unit
from administration.people_import import checking, importing
from audit.verification.verify import Tally, faults
from benchmarks import office
from benchmarks.measurements.pages import milliseconds
from benchmarks.report import Report, heading
from tests import factories
from tests.administration.people_import.people_imports import large

UNITS, PEOPLE, APPOINTMENTS = 700, 3000, 6300
MAX_SECONDS = 60


def measure(report: Report, cast) -> None:
    rows = UNITS + PEOPLE + APPOINTMENTS
    heading(f"Import of one workbook: {UNITS} units, {PEOPLE} people, {APPOINTMENTS} appointments")
    by = administrator(cast)
    data = large(cast.district.code, UNITS, PEOPLE, APPOINTMENTS)
    report.note("import.file", round(len(data) / 1024), "kB")
    people_import, seconds = timed(lambda: checking.receive(data, "import.xlsx", by=by))
    report.note("import.upload", round(1000 * seconds), "ms")
    _none, seconds = timed(lambda: checking.examine(people_import.pk, "vi"))
    report.note("import.dry_run", round(seconds, 1), "s")
    people_import.refresh_from_db()
    page = reverse("administration:people-import-one", args=[people_import.ref])
    report.note("import.page", round(milliseconds(office.signed_in(by), page), 1), "ms")
    importing.confirm(people_import, by=by)
    _none, seconds = timed(lambda: importing.run(people_import.pk))
    report.note("import.run", round(seconds, 1), "s", ratio=rows / seconds, ratio_to="rows a second")
    report.demand(seconds < MAX_SECONDS, f"The import took {seconds:.0f} s; {MAX_SECONDS} are allowed.")
    prove(report, people_import)


def administrator(cast):
    person = factories.person("keeper")
    factories.appoint(person, cast.district, Role.ADMINISTRATOR)
    return factories.acting(person, Role.ADMINISTRATOR)


def prove(report: Report, people_import) -> None:
    """All of it is there, the tree is whole and the record verifies."""
    people_import.refresh_from_db()
    report.demand(
        people_import.state == "imported", f"The import ended as {people_import.state}: {people_import.reasons}"
    )
    report.demand(Appointment.objects.count() >= APPOINTMENTS, "Appointments are missing.")
    report.demand(not any(Unit.objects.find_problems()), "The tree of units is broken.")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    problems, seconds = timed(lambda: list(faults(Tally())))
    report.note("import.verify", round(seconds, 1), "s")
    report.demand(not problems, f"The record does not verify: {problems[:3]}")


def timed(act):
    start = perf_counter()
    result = act()
    return result, perf_counter() - start

"""A checked workbook's way: confirmed, then imported by the worker in one transaction, or not at all."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from accounts.models import Appointment, Authority
from administration.models import PeopleImport
from administration.people_import import progress
from administration.people_import.authority import administrator_of
from administration.people_import.rows.planning import Plan, plan
from administration.people_import.workbook.reading import Book, read
from ledger.append import append_all_to_registry, append_to_registry, lock_the_registry
from workflow.decisions.claims import free_all_lapsed
from workflow.decisions.rules import lock_authority
from workflow.errors import Refused, Stale

State = PeopleImport.State


@transaction.atomic
def confirm(people_import: PeopleImport, *, by: Authority) -> None:
    """Give it to the worker: the first time, or again after a worker that died. The job commits with the state."""
    locked = PeopleImport.objects.select_for_update().get(pk=people_import.pk)
    if str(locked.capacity) != by.ref or locked.administrator_id != by.person.pk:
        raise Refused(_("Only the administrator who checked this file can import it."))
    if not locked.is_clean:
        raise Refused(_("A file with refused rows, or with nothing to change, is not imported."))
    if not (locked.state == State.CHECKED or (locked.state == State.CONFIRMED and fell(locked))):
        raise Refused(_("The import of this file has already been started."))
    locked.state, locked.started_at, locked.done = State.CONFIRMED, None, 0
    locked.save(update_fields=["state", "started_at", "done"])
    run.defer(import_id=locked.pk)


def fell(people_import: PeopleImport) -> bool:
    """Whether a worker began it and died: its transaction is gone with it, so nothing was checked or imported."""
    return (
        people_import.is_under_way and people_import.started_at is not None and not progress.in_hand(people_import.pk)
    )


@app.task(name="workflow.import_people_import", queue="people_import")
def run(import_id: int) -> None:
    """Import a confirmed workbook; running twice does nothing twice."""
    with progress.beside(import_id) as noted, transaction.atomic():
        progress.take(import_id)
        noted.note(started_at=timezone.now())
        progress.take(0)  # one import at a time: another waits here
        people_import = PeopleImport.objects.select_related("administrator").get(pk=import_id)
        if people_import.state != State.CONFIRMED:
            return
        try:
            with transaction.atomic():
                _carry_out(people_import, noted.tick)
            people_import.state, people_import.done = State.IMPORTED, people_import.total
        except Refused as refusal:
            people_import.state, people_import.reasons = State.REFUSED, refusal.reasons
        people_import.finished_at = timezone.now()
        people_import.save(update_fields=["state", "done", "reasons", "finished_at"])
    free_all_lapsed()  # by itself: decisions lock their dossiers before an office, and an import holds them all


def _carry_out(people_import: PeopleImport, tick) -> None:
    book, by = read(bytes(people_import.workbook)), administrator_of(people_import)
    _hold_what_changes(book, by)
    lock_authority(by)
    planned = plan(book, by)
    if planned.digest() != people_import.digest:
        raise Stale(_("The office has changed since this file was checked. Check it again."))
    tick(sum(counted.get("same", 0) for counted in people_import.counts.values()))
    _write(planned, people_import, by, tick)


def _hold_what_changes(book: Book, by: Authority) -> None:
    """Nobody else moves a unit or appoints between the plan and its writing; locked in the order of every office page.

    The tree, then appointments, then what may be appointed; the chain comes after people and before units that move.
    """
    usernames = {row.text("username") for row in book.rows["appointments"]}
    rows = Appointment.objects.filter(user__username__in=usernames, ended_at=None) | Appointment.objects.filter(
        pk=by.appointment.pk
    )
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_unit IN SHARE ROW EXCLUSIVE MODE")
        list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
        cursor.execute("LOCK TABLE accounts_appointment IN SHARE ROW EXCLUSIVE MODE")


def _write(plan: Plan, people_import: PeopleImport, by: Authority, tick) -> None:
    """Everything, and an event for each change as if made by hand: who reads the record need not know of imports."""
    people = [*plan.people.carry_out(tick)]
    if plan.units.moved:
        lock_the_registry()  # before the units: whoever records something of one of them holds the chain first
    units = [*plan.units.carry_out(tick)]
    sum(append_all_to_registry([*units, *people], by=by))
    for written in append_all_to_registry(plan.appointments.carry_out(str(people_import.ref)), by=by):
        tick(written)
    append_to_registry(
        "imported",
        by=by,
        key=people_import.ref,
        unit=by.unit,
        facts={
            "import": str(people_import.ref),
            "sha256": people_import.sha256,
            "rows": people_import.digest,
            "counts": people_import.counts,
        },
        texts={"file": people_import.file_name},
    )

"""A checked workbook's way: confirmed, then imported by the worker in one transaction, or not at all."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from accounts.models import Appointment, Authority
from administration.models import RosterImport
from administration.people_import import progress
from administration.people_import.authority import administrator_of
from administration.people_import.rows.planning import Plan, plan
from administration.people_import.workbook.reading import Book, read
from ledger.append import append_all_to_registry, append_to_registry, lock_the_registry
from workflow.decisions.claims import free_all_lapsed
from workflow.decisions.rules import hold
from workflow.errors import Refused, Stale

State = RosterImport.State


@transaction.atomic
def confirm(roster: RosterImport, *, by: Authority) -> None:
    """Give it to the worker: the first time, or again after a worker that died. The job commits with the state."""
    held = RosterImport.objects.select_for_update().get(pk=roster.pk)
    if str(held.capacity) != by.ref or held.administrator_id != by.person.pk:
        raise Refused(_("Only the administrator who checked this file can import it."))
    if not held.is_clean:
        raise Refused(_("A file with refused rows, or with nothing to change, is not imported."))
    if not (held.state == State.CHECKED or fell(held)):
        raise Refused(_("The import of this file has already been started."))
    if not (held.state == State.CHECKED or (held.state == State.CONFIRMED and fell(held))):
        raise Refused(_("This file has already been given to the import."))
    held.state, held.started_at, held.done = State.CONFIRMED, None, 0
    held.save(update_fields=["state", "started_at", "done"])
    run.defer(roster_id=held.pk)


def fell(roster: RosterImport) -> bool:
    """Whether a worker began it and died: its transaction is gone with it, so nothing was checked or imported."""
    return roster.is_under_way and roster.started_at is not None and not progress.in_hand(roster.pk)


@app.task(name="workflow.import_roster", queue="rosters")
def run(roster_id: int) -> None:
    """Import a confirmed workbook; running twice does nothing twice."""
    with progress.beside(roster_id) as noted, transaction.atomic():
        progress.take(roster_id)
        noted.note(started_at=timezone.now())
        progress.take(0)  # one import at a time: another waits here
        roster = RosterImport.objects.select_related("administrator").get(pk=roster_id)
        if roster.state != State.CONFIRMED:
            return
        try:
            with transaction.atomic():
                _carry_out(roster, noted.tick)
            roster.state, roster.done = State.IMPORTED, roster.total
        except Refused as refusal:
            roster.state, roster.reasons = State.REFUSED, refusal.reasons
        roster.finished_at = timezone.now()
        roster.save(update_fields=["state", "done", "reasons", "finished_at"])
    free_all_lapsed()  # by itself: decisions lock their dossiers before an office, and an import holds them all


def _carry_out(roster: RosterImport, tick) -> None:
    book, by = read(bytes(roster.workbook)), administrator_of(roster)
    _hold_what_changes(book, by)
    hold(by)
    found = plan(book, by)
    if found.digest() != roster.digest:
        raise Stale(_("The office has changed since this file was checked. Check it again."))
    tick(sum(counted.get("same", 0) for counted in roster.counts.values()))
    _write(found, roster, by, tick)


def _hold_what_changes(book: Book, by: Authority) -> None:
    """Nobody else moves a unit or appoints between the plan and its writing; locked in the order of every office page.

    The tree, then appointments, then what may be appointed; the chain comes after people and before units that move.
    """
    usernames = {row.said("username") for row in book.rows["appointments"]}
    rows = Appointment.objects.filter(user__username__in=usernames, ended_at=None) | Appointment.objects.filter(
        pk=by.appointment.pk
    )
    with connection.cursor() as cursor:
        cursor.execute("LOCK TABLE accounts_unit IN SHARE ROW EXCLUSIVE MODE")
        list(rows.order_by("pk").select_for_update(of=("self",)).values_list("pk"))
        cursor.execute("LOCK TABLE accounts_appointment IN SHARE ROW EXCLUSIVE MODE")


def _write(found: Plan, roster: RosterImport, by: Authority, tick) -> None:
    """Everything, and an event for each change as if made by hand: who reads the record need not know of imports."""
    people = [*found.people.carry_out(tick)]
    if found.units.moved:
        lock_the_registry()  # before the units: whoever records something of one of them holds the chain first
    units = [*found.units.carry_out(tick)]
    sum(append_all_to_registry([*units, *people], by=by))
    for written in append_all_to_registry(found.appointments.carry_out(str(roster.ref)), by=by):
        tick(written)
    append_to_registry(
        "imported",
        by=by,
        key=roster.ref,
        unit=by.unit,
        facts={"import": str(roster.ref), "sha256": roster.sha256, "rows": roster.digest, "counts": roster.counts},
        texts={"file": roster.file_name},
    )

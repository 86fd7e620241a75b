"""A workbook's way: checked, confirmed, then imported by the worker in one transaction, or not at all."""

from django.db import connection, transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from accounts.models import Authority, Role, authorities
from administration.models import RosterImport, RosterRow
from administration.people_import import progress
from administration.people_import.rows.planning import Plan, plan
from administration.people_import.workbook.package import MAX_BYTES
from administration.people_import.workbook.reading import read
from ledger.append import append_all_to_registry, append_to_registry
from vietnamese.text import nfc
from workflow.decisions.claims import free_all_lapsed
from workflow.decisions.rules import hold
from workflow.errors import Refused, Stale

State = RosterImport.State
BATCH = 1000
MOST_BYTES = MAX_BYTES + 1  # one more than is taken: enough to tell that it is too large


def check(data: bytes, file_name: str, *, by: Authority) -> RosterImport:
    """The dry run: what every row would come to, kept beside the file. Nothing is written to the office."""
    found = plan(read(data), by)
    with transaction.atomic():
        RosterImport.objects.filter(administrator=by.person, state=State.CHECKED).delete()
        roster = RosterImport.objects.create(
            administrator=by.person,
            capacity=by.ref,
            unit=by.unit,
            file_name=nfc(file_name)[:200],
            workbook=data,
            sha256=found.book.sha256,
            digest=found.digest(),
            counts=found.counts(),
            total=len(found.book),
        )
        rows = [RosterRow(roster=roster, **outcome.stored()) for outcome in found.outcomes]
        RosterRow.objects.bulk_create(rows, batch_size=BATCH)
    return roster


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
    held.state, held.started_at, held.done = State.CONFIRMED, None, 0
    held.save(update_fields=["state", "started_at", "done"])
    run.defer(roster_id=held.pk)


def fell(roster: RosterImport) -> bool:
    """Whether a worker began it and died: its transaction is gone with it, so nothing was imported."""
    return roster.state == State.CONFIRMED and roster.started_at is not None and not progress.in_hand(roster.pk)


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
    with connection.cursor() as cursor:  # nobody else moves a unit or appoints between the plan and its writing
        cursor.execute("LOCK TABLE accounts_unit, accounts_appointment IN SHARE ROW EXCLUSIVE MODE")
    by = _authority(roster)
    hold(by)
    found = plan(read(bytes(roster.workbook)), by)
    if found.digest() != roster.digest:
        raise Stale(_("The office has changed since this file was checked. Check it again."))
    tick(sum(counted.get("same", 0) for counted in roster.counts.values()))
    _write(found, roster, by, tick)


def _authority(roster: RosterImport) -> Authority:
    """The capacity in which it was confirmed, if it still holds."""
    for by in authorities(roster.administrator):
        if by.ref == str(roster.capacity) and by.role == Role.ADMINISTRATOR:
            return by
    raise Refused(_("Your appointment no longer allows this."))


def _write(found: Plan, roster: RosterImport, by: Authority, tick) -> None:
    """Everything, and an event for each change as if made by hand: who reads the record need not know of imports."""
    deeds = [*found.units.carry_out(tick), *found.people.carry_out(tick)]
    sum(append_all_to_registry(deeds, by=by))
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

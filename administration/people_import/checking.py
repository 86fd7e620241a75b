"""A workbook's arrival, and its dry run by the worker: what every row would come to. The office is not written to."""

from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from accounts.models import Authority
from administration.models import RosterImport, RosterRow
from administration.people_import import progress
from administration.people_import.authority import administrator_of
from administration.people_import.rows.planning import plan
from administration.people_import.workbook import package
from administration.people_import.workbook.reading import read
from ledger.canonical import sha256
from vietnamese.text import nfc
from workflow.errors import Refused

State = RosterImport.State
BATCH = 1000
MOST_BYTES = package.MAX_BYTES + 1  # one more than is taken: enough to tell that it is too large
PASSING = (State.CHECKED, State.UNREADABLE)


def receive(data: bytes, file_name: str, *, by: Authority) -> RosterImport:
    """Keep a plain workbook and give it to the worker to be checked. Raises Refused for any other file."""
    package.inspect(data)
    with transaction.atomic():
        roster = RosterImport.objects.create(
            administrator=by.person,
            capacity=by.ref,
            unit=by.unit,
            file_name=nfc(file_name)[:200],
            workbook=data,
            sha256=sha256(data).hex(),
        )
        _drop_earlier(roster)
        examine.defer(roster_id=roster.pk, language=translation.get_language())
    return roster


def _drop_earlier(roster: RosterImport) -> None:
    """Of what an administrator had checked and never imported, the newest stays."""
    RosterImport.objects.filter(administrator=roster.administrator, state__in=PASSING, pk__lt=roster.pk).delete()


@app.task(name="workflow.check_roster", queue="rosters")
def examine(roster_id: int, language: str) -> None:
    """Check a workbook that was received; running twice does nothing twice."""
    with progress.beside(roster_id) as noted, transaction.atomic(), translation.override(language):
        progress.take(roster_id)
        roster = RosterImport.objects.select_related("administrator").get(pk=roster_id)
        if roster.state != State.CHECKING:
            return
        noted.note(started_at=timezone.now())
        try:
            with transaction.atomic():
                _check(roster, noted)
            roster.state = State.CHECKED
        except Refused as refusal:
            roster.state, roster.reasons = State.UNREADABLE, refusal.reasons
        roster.done, roster.started_at = 0, None
        roster.save(update_fields=["state", "reasons", "digest", "counts", "total", "done", "started_at"])
        _drop_earlier(roster)


def _check(roster: RosterImport, noted: progress.Progress) -> None:
    by = administrator_of(roster)
    book = read(bytes(roster.workbook))
    noted.note(total=len(book))
    found = plan(book, by)
    roster.digest, roster.counts, roster.total = found.digest(), found.counts(), len(book)
    rows = [RosterRow(roster=roster, **outcome.stored()) for outcome in found.outcomes]
    for start in range(0, len(rows), BATCH):
        noted.tick(len(RosterRow.objects.bulk_create(rows[start : start + BATCH])))

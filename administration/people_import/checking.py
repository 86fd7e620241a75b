"""A workbook's arrival, and its dry run by the worker: what every row would come to. The office is not written to."""

from django.db import transaction
from django.utils import timezone, translation
from procrastinate.contrib.django import app

from accounts.models import Authority
from administration.models import PeopleImport, PeopleImportRow
from administration.people_import import progress
from administration.people_import.authority import administrator_of
from administration.people_import.rows.planning import plan
from administration.people_import.workbook import package
from administration.people_import.workbook.reading import read
from ledger.canonical import sha256
from vietnamese.text import nfc
from workflow.errors import Refused

State = PeopleImport.State
BATCH = 1000
MAX_BYTES_READ = package.MAX_BYTES + 1  # one more than is taken: enough to tell that it is too large
PASSING = (State.CHECKED, State.UNREADABLE)


def receive(data: bytes, file_name: str, *, by: Authority) -> PeopleImport:
    """Keep a plain workbook and give it to the worker to be checked. Raises Refused for any other file."""
    package.inspect(data)
    with transaction.atomic():
        people_import = PeopleImport.objects.create(
            administrator=by.person,
            capacity=by.ref,
            unit=by.unit,
            file_name=nfc(file_name)[:200],
            workbook=data,
            sha256=sha256(data).hex(),
        )
        _drop_earlier(people_import)
        examine.defer(import_id=people_import.pk, language=translation.get_language())
    return people_import


def _drop_earlier(people_import: PeopleImport) -> None:
    """Of what an administrator had checked and never imported, the newest stays."""
    PeopleImport.objects.filter(
        administrator=people_import.administrator, state__in=PASSING, pk__lt=people_import.pk
    ).delete()


@app.task(name="workflow.check_people_import", queue="people_import")
def examine(import_id: int, language: str) -> None:
    """Check a workbook that was received; running twice does nothing twice."""
    with progress.beside(import_id) as noted, transaction.atomic(), translation.override(language):
        progress.take(import_id)
        people_import = PeopleImport.objects.select_related("administrator").get(pk=import_id)
        if people_import.state != State.CHECKING:
            return
        noted.note(started_at=timezone.now())
        try:
            with transaction.atomic():
                _check(people_import, noted)
            people_import.state = State.CHECKED
        except Refused as refusal:
            people_import.state, people_import.reasons = State.UNREADABLE, refusal.reasons
        people_import.done, people_import.started_at = 0, None
        people_import.save(update_fields=["state", "reasons", "digest", "counts", "total", "done", "started_at"])
        _drop_earlier(people_import)


def _check(people_import: PeopleImport, noted: progress.Progress) -> None:
    by = administrator_of(people_import)
    book = read(bytes(people_import.workbook))
    noted.note(total=len(book))
    planned = plan(book, by)
    people_import.digest, people_import.counts, people_import.total = planned.digest(), planned.counts(), len(book)
    rows = [PeopleImportRow(people_import=people_import, **outcome.stored()) for outcome in planned.outcomes]
    for start in range(0, len(rows), BATCH):
        noted.tick(len(PeopleImportRow.objects.bulk_create(rows[start : start + BATCH])))

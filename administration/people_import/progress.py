"""How far an import has come, seen by others before it commits; and whether anybody is still at it."""

from contextlib import contextmanager
from time import monotonic

from django.db import connection

from administration.models import PeopleImport

LOCKS = 0x726F7374  # advisory locks "rost": 0 for the one import at a time, and one under each import's own number
SECONDS_BETWEEN_NOTES = 0.3  # seconds between two notes
IS_LOCKED = """
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = %s AND objid = %s
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)"""


def take(number: int) -> None:
    """Wait for this lock; the transaction's end frees it, and so does the death of the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, number])


def in_hand(import_id: int) -> bool:
    """Whether a living worker holds this import."""
    with connection.cursor() as cursor:
        cursor.execute(IS_LOCKED, [LOCKS, import_id])
        return cursor.fetchone()[0]


class Progress:
    """Notes on a line of its own: what the import itself has written stays unseen until it commits."""

    def __init__(self, line, import_id: int):
        self.line, self.import_id, self.done, self.noted_at = line, import_id, 0, 0.0

    def tick(self, rows: int) -> None:
        self.done += rows
        if rows and monotonic() - self.noted_at > SECONDS_BETWEEN_NOTES:
            self.note(done=self.done)
            self.noted_at = monotonic()

    def note(self, **fields) -> None:
        columns = ", ".join(f"{name} = %s" for name in fields)
        with self.line.cursor() as cursor:
            cursor.execute(
                f"UPDATE {PeopleImport._meta.db_table} SET {columns} WHERE id = %s",  # noqa: S608 - our own names
                [*fields.values(), self.import_id],
            )


@contextmanager
def beside(import_id: int):
    line = connection.copy()
    try:
        yield Progress(line, import_id)
    finally:
        line.close()

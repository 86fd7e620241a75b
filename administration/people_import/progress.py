"""How far an import has come, seen by others before it commits; and whether anybody is still at it."""

from contextlib import contextmanager
from time import monotonic

from django.db import connection

from administration.models import RosterImport

LOCKS = 0x726F7374  # advisory locks "rost": 0 for the one import at a time, and one under each import's own number
SELDOM = 0.3  # seconds between two notes
HELD = """
SELECT EXISTS (
    SELECT FROM pg_locks
    WHERE locktype = 'advisory' AND granted AND objsubid = 2 AND classid = %s AND objid = %s
      AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
)"""


def take(number: int) -> None:
    """Wait for this lock; the transaction's end frees it, and so does the death of the worker."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [LOCKS, number])


def in_hand(roster_id: int) -> bool:
    """Whether a living worker holds this import."""
    with connection.cursor() as cursor:
        cursor.execute(HELD, [LOCKS, roster_id])
        return cursor.fetchone()[0]


class Progress:
    """Notes on a line of its own: what the import itself has written stays unseen until it commits."""

    def __init__(self, line, roster_id: int):
        self.line, self.roster_id, self.done, self.noted_at = line, roster_id, 0, 0.0

    def tick(self, rows: int) -> None:
        self.done += rows
        if rows and monotonic() - self.noted_at > SELDOM:
            self.note(done=self.done)
            self.noted_at = monotonic()

    def note(self, **fields) -> None:
        columns = ", ".join(f"{name} = %s" for name in fields)
        with self.line.cursor() as cursor:
            cursor.execute(
                f"UPDATE {RosterImport._meta.db_table} SET {columns} WHERE id = %s",  # noqa: S608 - our own names
                [*fields.values(), self.roster_id],
            )


@contextmanager
def beside(roster_id: int):
    line = connection.copy()
    try:
        yield Progress(line, roster_id)
    finally:
        line.close()

"""A row that names the event which wrote it."""

from django.db import models


class Recorded(models.Model):
    """A row that names the event which last wrote it: the database demands that at COMMIT, the verifier compares."""

    recorded = models.UUIDField(null=True, editable=False)  # the event's key; the ledger lies above, so no foreign key

    acts: tuple[str, ...] = ()  # verbs of the events that write such a row
    beside: tuple[str, ...] = ()  # of these, verbs that may be about something else and write no such row
    no_act: tuple[str, ...] = ()  # columns that change without an event
    unwritten: str = "false"  # SQL of a `{row}` that no event has written yet

    class Meta:
        abstract = True

    @property
    def row_name(self) -> str:
        """What an event calls this row."""
        return f"{self._meta.db_table}.{self.pk}"

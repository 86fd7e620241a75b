"""Who typed what, without a row for every few letters: saves while somebody types share one row of the history."""

from datetime import timedelta

from django.db import models
from django.utils import timezone
from simple_history.models import HistoricalRecords

WHILE_TYPING = "while typing"
ONE_ROW_FOR = timedelta(minutes=10)


def keep(row: models.Model, quietly: bool) -> None:
    """Save the row; `quietly`, the same person's row of the last minutes takes the new words instead of another."""
    last = _row_to_extend(row) if quietly else None
    if last is None:
        row._change_reason = WHILE_TYPING if quietly else None
        row.save(force_insert=row._state.adding)  # known by its place, a new row has its key as well
        return
    row.skip_history_when_saving = True
    row.save()
    del row.skip_history_when_saving
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    type(last).objects.filter(pk=last.pk).update(**values)


def _row_to_extend(row: models.Model):
    last = None if row._state.adding else type(row).history.filter(**_place(row)).first()
    if last is None or last.history_change_reason != WHILE_TYPING:
        return None
    return last if last.history_user_id == _who() and last.history_date > timezone.now() - ONE_ROW_FOR else None


def _place(row: models.Model) -> dict[str, int]:
    """What the row is known by."""
    return {field.attname: getattr(row, field.attname) for field in row._meta.pk_fields}


def _who() -> int | None:
    request = getattr(HistoricalRecords.context, "request", None)
    return request.user.pk if request else None

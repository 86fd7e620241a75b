"""Who typed what: the edit history of reference data, as from → to."""

from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

MAX_VERSIONS = 40  # versions looked through


@dataclass(frozen=True)
class SavedField:
    """One field of one saving."""

    at: datetime
    who: str
    label: str
    before: str
    after: str


def changes_of(row, fields: list[str]) -> list[SavedField]:
    """The newest first; one query."""
    versions = list(row.history.select_related("history_user").order_by("-history_date", "-history_id")[:MAX_VERSIONS])
    return [change for newer, older in pairwise(versions) for change in _between(row, older, newer, fields)]


def _between(row, older, newer, fields):
    for name in fields:
        field = row._meta.get_field(name)
        before, after = getattr(older, field.attname), getattr(newer, field.attname)
        if before != after:
            who = newer.history_user.full_name if newer.history_user else ""
            yield SavedField(newer.history_date, who, str(field.verbose_name), _shown(before), _shown(after))


def _shown(value) -> str:
    if isinstance(value, list):
        return " / ".join(value)
    return "" if value is None else str(value)

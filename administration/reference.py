"""Reference data on the office's record: to change what papers follow, propose and are sent to is an act."""

from uuid import UUID, uuid4

from django.conf import settings
from django.utils.translation import override

from accounts.models import Authority, Recorded, Unit
from ledger.append import append_to_registry
from ledger.models import Event

CHANGED = "reference_changed"


def record(*rows: Recorded, by: Authority, unit: Unit | None = None, key: UUID | None = None) -> Event:
    """One event for rows that were saved in this transaction with all they list, the first naming the rest."""
    first = rows[0]
    facts = {"model": first._meta.label_lower, "ref": str(first.pk)}
    with override(settings.LANGUAGE_CODE):
        texts = {"what": str(first)}
    return append_to_registry(
        CHANGED, by=by, key=key or uuid4(), unit=unit or by.unit, facts=facts, texts=texts, rows=rows
    )

"""What every change of the office has in common: it happens once, wholly, and by someone whose office reaches it."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.models import Authority
from ledger.envelope import REGISTRY
from ledger.models import Event
from workflow.errors import Refused


def recorded(change: Callable[..., Event]) -> Callable[..., Event]:
    """One transaction for a change and its event; the same key again gives the first event and changes nothing."""

    @wraps(change)
    def once(*args, by: Authority, key: UUID, **arguments) -> Event:
        try:
            with transaction.atomic():
                return _earlier(by, key) or change(*args, by=by, key=key, **arguments)
        except (IntegrityError, Refused):  # a double click was faster
            if event := _earlier(by, key):
                return event
            raise

    return once


def _earlier(by: Authority, key: UUID) -> Event | None:
    event = Event.objects.filter(key=key).first()
    if event and (event.chain, event.actor_id) != (REGISTRY, by.person.pk):
        raise Refused(_("This form has already been used for another decision. Please open the page again."))
    return event

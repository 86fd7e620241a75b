"""What every change of the office has in common: it happens once, wholly, and by someone whose office reaches it."""

from collections.abc import Callable
from functools import wraps
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from accounts.authority import Authority
from accounts.models import Role, Unit
from workflow.errors import Refused
from workflow.ledger.envelope import OFFICE
from workflow.models import Event
from workflow.rules import hold


def recorded(change: Callable[..., Event]) -> Callable[..., Event]:
    """One transaction for a change and its event; the same key again gives the first event and changes nothing."""

    @wraps(change)
    def once(*args, by: Authority, key: UUID, **said) -> Event:
        try:
            with transaction.atomic():
                return _earlier(by, key) or change(*args, by=by, key=key, **said)
        except IntegrityError:  # a double click was faster
            if event := _earlier(by, key):
                return event
            raise

    return once


def _earlier(by: Authority, key: UUID) -> Event | None:
    event = Event.objects.filter(key=key).first()
    if event and (event.chain, event.actor_id) != (OFFICE, by.person.pk):
        raise Refused(_("This form has already been used for another decision. Please open the page again."))
    return event


def administers(by: Authority, *units: Unit) -> None:
    """An administrator manages their own unit and what is below it, as the tree stands now; nothing else."""
    if by.role != Role.ADMINISTRATOR:
        raise Refused(_("This is the responsibility of: %(roles)s.") % {"roles": Role.ADMINISTRATOR.label})
    hold(by)
    paths = dict(Unit.objects.filter(pk__in=[by.unit.pk, *(unit.pk for unit in units)]).values_list("pk", "path"))
    for unit in units:
        if not paths[unit.pk].startswith(paths[by.unit.pk]):
            raise Refused(_("%(unit)s is neither your unit nor below it.") % {"unit": unit.name})

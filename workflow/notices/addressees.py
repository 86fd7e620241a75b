"""Who must know of an event: those whose turn it now is, and the drafter when it comes back."""

from collections.abc import Iterable

from accounts.models import Role
from accounts.officers import Officers
from ledger.models import Event
from workflow.models import Dossier
from workflow.models.dossier_query import TURN
from workflow.states import State, Verb

TELL_THE_DRAFTER = frozenset({State.RETURNED, State.ENDORSED, State.FORWARDED, State.CONCLUDED, State.REJECTED})


def addressees(event: Event) -> set[int]:
    """Primary keys, by role within the unit's own line and never by role alone; not the one who acted."""
    return addressees_of([event])[0]


def addressees_of(events: Iterable[Event]) -> list[set[int]]:
    """The same of many events, in their order: as many queries as for one. Their dossiers bring their units."""
    events = list(events)
    telling = [event for event in events if _moves(event)]
    officers = Officers((role, event.dossier.unit) for event in telling for role in _roles(event))
    return [_told(event, officers) if _moves(event) else set() for event in events]


def _moves(event: Event) -> bool:
    return event.verb != Verb.CLAIM and event.from_state != event.to_state


def _roles(event: Event) -> set[Role]:
    turn = {TURN[event.to_state]} if event.to_state in TURN else set()
    return turn | ({Role.DRAFTER} if event.to_state in TELL_THE_DRAFTER else set())


def _told(event: Event, officers: Officers) -> set[int]:
    dossier, role = event.dossier, TURN.get(event.to_state)
    people = officers.of(role, dossier.unit) if role and event.to_state != State.RETURNED else set()
    if event.to_state in TELL_THE_DRAFTER:
        people |= _drafters(dossier, officers)
    return people - {event.actor_id}


def _drafters(dossier: Dossier, officers: Officers) -> set[int]:
    """Who wrote and submitted it; where neither drafts for the unit any more, whoever does now."""
    drafting = officers.of(Role.DRAFTER, dossier.unit)
    return {dossier.author_id, dossier.submitter_id} & drafting or drafting

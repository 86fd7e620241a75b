"""Who must know of an event: those whose turn it now is, and the drafter when it comes back."""

from collections import defaultdict
from collections.abc import Iterable

from accounts.models import Appointment, Delegation, Role, User
from workflow.models import Dossier, Event
from workflow.models.dossier_query import OWN_UNIT, TURN
from workflow.states import State, Verb

TELL_THE_DRAFTER = frozenset({State.RETURNED, State.ENDORSED, State.FORWARDED, State.CONCLUDED, State.REJECTED})

Holders = dict[tuple[str, str], set[int]]  # (role, place in the tree) -> people


def addressees(event: Event) -> set[int]:
    """Primary keys, by role within the unit's own line and never by role alone; not the one who acted."""
    return addressees_of([event])[0]


def addressees_of(events: Iterable[Event]) -> list[set[int]]:
    """The same of many events, in their order: as many queries as for one. Their dossiers bring their units."""
    events = list(events)
    telling = [event for event in events if _moves(event)]
    held = _holders(telling) if telling else {}
    active = _active({pk for event in telling for pk in _writers(event.dossier)}) if telling else set()
    return [_told(event, held, active) if _moves(event) else set() for event in events]


def _moves(event: Event) -> bool:
    return event.verb != Verb.CLAIM and event.from_state != event.to_state


def _told(event: Event, held: Holders, active: set[int]) -> set[int]:
    dossier, role = event.dossier, TURN.get(event.to_state)
    people = _holding(role, dossier, held) if role and event.to_state != State.RETURNED else set()
    if event.to_state in TELL_THE_DRAFTER:
        people |= _drafters(dossier, held, active)
    return people - {event.actor_id}


def _drafters(dossier: Dossier, held: Holders, active: set[int]) -> set[int]:
    """Who wrote and submitted it; where neither drafts for the unit any more, whoever does now."""
    wrote, drafting = _writers(dossier) & active, _holding(Role.DRAFTER, dossier, held)
    return wrote if wrote & drafting else wrote | drafting


def _writers(dossier: Dossier) -> set[int]:
    return {dossier.author_id, dossier.submitter_id} - {None}


def _active(people: set[int]) -> set[int]:
    return set(User.objects.filter(pk__in=people, is_active=True).values_list("pk", flat=True))


def _holding(role: str, dossier: Dossier, held: Holders) -> set[int]:
    places = [dossier.unit.path] if role in OWN_UNIT else dossier.unit.paths_above()
    return set().union(*(held[role, place] for place in places))


def _holders(events: list[Event]) -> Holders:
    """Everyone with a role that matters to these events, at their units or above, by appointment or delegation."""
    roles = {TURN[event.to_state] for event in events if event.to_state in TURN} | {Role.DRAFTER}
    places = {place for event in events for place in event.dossier.unit.paths_above()}
    appointed = Appointment.objects.in_force().filter(role__in=roles, unit__path__in=places)
    lent = Delegation.objects.in_force().filter(appointment__in=appointed)
    held: Holders = defaultdict(set)
    for role, place, person in [
        *appointed.values_list("role", "unit__path", "user"),
        *lent.values_list("appointment__role", "appointment__unit__path", "delegate"),
    ]:
        held[role, place].add(person)
    return held

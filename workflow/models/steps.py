"""The machine's steps, read off it once: which verb leads from which state to which, and whose roles may take it."""

from functools import cache
from typing import NamedTuple

from accounts.models import Role
from workflow.models.dossier import Dossier
from workflow.states import DRAFTING, OPEN, State, Verb


class Step(NamedTuple):
    """One arrow of the state machine."""

    verb: Verb
    source: State
    target: State
    roles: frozenset[Role]


@cache
def steps() -> tuple[Step, ...]:
    """Every arrow of the machine, in the order of its verbs and of life."""
    arrows = Dossier._meta.get_field("state").get_all_transitions(Dossier)
    parsed = [Step(Verb(it.name.rstrip("_")), State(it.source), State(it.target), it.custom["roles"]) for it in arrows]
    return tuple(sorted(parsed, key=lambda step: (list(Verb).index(step.verb), list(State).index(step.source))))


@cache
def roles(verb: Verb, state: str) -> frozenset[Role]:
    """The roles that may take this step from this state; empty when the machine has no such step."""
    return frozenset().union(*(step.roles for step in steps() if step.verb == verb and step.source == state))


@cache
def sources(verb: Verb) -> tuple[State, ...]:
    """The states this verb starts from, in the order of life."""
    return tuple(step.source for step in steps() if step.verb == verb)


def target(verb: Verb, state: str) -> str:
    """Where this verb leads from this state; the state itself where the machine has no such step."""
    return next((step.target for step in steps() if step.verb == verb and step.source == state), state)


def legal_steps() -> list[tuple[str, str, str]]:
    """Every (verb, from, to) the database lets into a dossier's chain: the machine's own, and drafting's."""
    moves = {(step.verb.value, step.source.value, step.target.value) for step in steps()}
    moves.add((Verb.CREATE.value, "", State.DRAFT.value))
    moves |= {(verb.value, state.value, state.value) for verb in DRAFTING for state in OPEN}
    return sorted(moves)

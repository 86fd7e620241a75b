"""The road a dossier has come and has still to go, as the steps of its page."""

from workflow.models.dossier_query import TURN
from workflow.states import ROAD, State


def steps(dossier, events) -> list[dict]:
    """What `components/dossier/steps.html` shows, from its events, oldest first: who brought it to each state, when."""
    entered = {event.to_state: event for event in events if event.from_state != event.to_state}
    past, now, ahead = _parts(dossier.state, events)
    return [
        *(_step(state, "past", entered[state]) for state in past if state in entered),
        _step(now, "now", entered.get(now)),
        *(_step(state, "next", None) | _awaited(state, now) for state in ahead),
    ]


def _parts(state: str, events) -> tuple[list, str, list]:
    if state in ROAD:
        at = ROAD.index(state)
        return ROAD[:at], state, ROAD[at + 1 :]
    if state == State.RETURNED:
        return [State.DRAFT], state, ROAD[1:]
    stopped_at = next((event.from_state for event in reversed(events) if event.to_state == state), "")
    if stopped_at not in ROAD:  # withdrawn from a draft that had come back
        return [State.DRAFT], state, []
    return ROAD[: ROAD.index(stopped_at) + 1], state, []


def _step(state, at, event) -> dict:
    step = {"label": State(state).label, "state": state, "at": at}
    return step | {"who": event.texts.get("actor", ""), "when": event.at} if event else step


def _awaited(state, now) -> dict:
    """Beside the very next step: whose turn it is."""
    following = State.SUBMITTED if now == State.RETURNED else ROAD[ROAD.index(now) + 1]
    return {"who": TURN[State(now)].label} if state == following and now in TURN else {}

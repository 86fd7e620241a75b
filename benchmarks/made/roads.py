"""How far the made-up dossiers have come: most are done with, as in an office of some years."""

from accounts.models import Role
from workflow.states import State, Verb

STEPS = {  # verb: where it leads, whose hand
    Verb.CREATE: (State.DRAFT, Role.DRAFTER),
    Verb.SUBMIT: (State.SUBMITTED, Role.DRAFTER),
    Verb.APPROVE: (State.UNIT_APPROVED, Role.APPROVER),
    Verb.CLAIM: (State.UNIT_APPROVED, Role.REVIEWER),
    Verb.RETURN: (State.RETURNED, Role.REVIEWER),
    Verb.REVIEW: (State.DISTRICT_REVIEWED, Role.REVIEWER),
    Verb.ENDORSE: (State.ENDORSED, Role.SIGNATORY),
    Verb.CONCLUDE: (State.CONCLUDED, Role.CLERK),
    Verb.REJECT: (State.REJECTED, Role.REVIEWER),
    Verb.WITHDRAW: (State.WITHDRAWN, Role.APPROVER),
}
BEGUN = [Verb.CREATE, Verb.SUBMIT]
APPROVED = [*BEGUN, Verb.APPROVE]
RETURNED = [*APPROVED, Verb.RETURN]
AGAIN = [*RETURNED, Verb.SUBMIT, Verb.APPROVE]
REVIEWED = [*APPROVED, Verb.REVIEW]
ENDORSED = [*REVIEWED, Verb.ENDORSE]
DONE = [*ENDORSED, Verb.CONCLUDE]
ROADS = [  # one in twenty each
    *[DONE] * 8,
    [*APPROVED, Verb.CLAIM, Verb.REVIEW, Verb.ENDORSE, Verb.CONCLUDE],
    [*AGAIN, Verb.REVIEW, Verb.ENDORSE, Verb.CONCLUDE],
    *[ENDORSED] * 2,
    REVIEWED,
    APPROVED,
    [*APPROVED, Verb.CLAIM],
    BEGUN,
    BEGUN[:1],
    RETURNED,
    [*APPROVED, Verb.REJECT],
    [*BEGUN, Verb.WITHDRAW],
]
REPORTS = [road for road in ROADS if road[-1] not in (Verb.CONCLUDE, Verb.REJECT, Verb.WITHDRAW)] + [RETURNED, AGAIN]
DUE = [-400, -90, -20, -3, 0, 1, 2, 5, 9, 14, 30]  # days from today


def road_of(number: int, roads: list[list[Verb]]) -> list[Verb]:
    return roads[(number * 7 + number // len(roads)) % len(roads)]

"""What everybody has for themselves: notices, delegations, search, the record within reach, lists taken out."""

from uuid import uuid4

from tests.rights.groups import (
    ADMINISTERS,
    EVER_APPROVE,
    EVERYBODY,
    HOLDS,
    LENDS,
    OFFICES,
    OFFICES_THAT_SEE,
    REVOKES,
    SEES,
    people,
)
from tests.rights.row import get, nothing, paper, post

DRAFTER = people("drafter@own")


def nothing_sent(world):
    return {}


def lent(world):
    return [world.lent.ref]


def delegation(world):
    return {
        "key": str(uuid4()),
        "appointment": str(world.people["approver@own"].appointments.get().ref),
        "delegate": str(world.people["nobody"].ref),
        "starts_on": world.next_year,
        "ends_on": world.next_year,
        "reason": "Đi học.",
        "warned": "1",
    }


def sharing(world):
    return {"key": str(uuid4()), "person": str(world.people["nobody"].ref), "until": world.tomorrow, "note": "Cần đọc."}


def shared_with(world):
    return [world["returned"].ref, world.people["shared"].ref]


ROWS = [
    get("workflow:notices", nothing, (EVERYBODY, "200")),
    post("workflow:reading", nothing, nothing_sent, (DRAFTER, "302!"), (EVERYBODY, "302")),
    post(
        "workflow:notice-reading", lambda world: [world.notice.pk], nothing_sent, (DRAFTER, "302!"), (EVERYBODY, "404")
    ),
    get("workflow:notice-choices", nothing, (EVERYBODY, "200")),
    post(
        "workflow:notice-choices",
        nothing,
        lambda world: {"way": "daily", "hour": "8", "language": "vi"},
        (EVERYBODY, "302!"),
    ),
    get("administration:delegations", nothing, (EVERYBODY, "200")),
    get("administration:delegated-decisions", nothing, (EVERYBODY, "200")),
    get("administration:delegation-new", nothing, (HOLDS, "200"), (EVERYBODY, "404")),
    post("administration:delegation-new", nothing, delegation, (LENDS, "302!"), (HOLDS, "422"), (EVERYBODY, "404")),
    get("administration:delegation", lent, (REVOKES, "200"), (people("nobody"), "200"), (EVERYBODY, "404")),
    get("administration:revocation", lent, (REVOKES, "200"), (EVERYBODY, "404")),
    post(
        "administration:revocation",
        lent,
        lambda world: {"key": str(uuid4()), "note": "Đã về."},
        (REVOKES, "302!"),
        (EVERYBODY, "404"),
    ),
    get("workflow:sharing", paper("returned"), (OFFICES_THAT_SEE, "200"), (EVERYBODY, "404")),
    post("workflow:sharing", paper("returned"), sharing, (OFFICES_THAT_SEE, "302!"), (EVERYBODY, "404")),
    get("workflow:sharing-end", shared_with, (OFFICES_THAT_SEE, "200"), (EVERYBODY, "404")),
    post(
        "workflow:sharing-end",
        shared_with,
        lambda world: {"key": str(uuid4()), "note": "Xong việc."},
        (OFFICES_THAT_SEE, "302!"),
        (EVERYBODY, "404"),
    ),
    get("administration:people-found", nothing, (EVERYBODY, "200")),
    get("workflow:search", nothing, (EVERYBODY, "200")),
    get("workflow:search", nothing, (EVERYBODY, "200"), query="?q=ha+thi", shows=SEES),
    get("workflow:names", nothing, (EVERYBODY, "200"), query="?letter=B", shows=OFFICES_THAT_SEE),
    get("audit:history", nothing, (EVERYBODY, "200"), shows=SEES),
    post(
        "audit:history-export",
        nothing,
        nothing_sent,
        (OFFICES | ADMINISTERS, "200!"),
        (EVERYBODY, "404"),
        shows=OFFICES_THAT_SEE,
    ),
    get("audit:exceptions", nothing, (OFFICES, "200"), (EVERYBODY, "404"), query="?tab=overdue"),
    post("audit:exceptions-export", nothing, nothing_sent, (OFFICES, "200!"), (EVERYBODY, "404")),
    get("audit:returns", nothing, (OFFICES, "200"), (EVERYBODY, "404")),
    get("audit:return-points", nothing, (OFFICES, "200"), (EVERYBODY, "404"), shows=OFFICES_THAT_SEE),
    post("audit:returns-export", nothing, nothing_sent, (OFFICES, "200!"), (EVERYBODY, "404")),
    get("workflow:bulk", lambda world: ["approval"], (EVERYBODY, "200")),
    post(
        "workflow:bulk-decisions",
        lambda world: ["approval", str(uuid4())],
        lambda world: {"dossier": [str(world["submitted"].ref)]},
        (EVER_APPROVE, "422"),
        (EVERYBODY, "403"),
    ),
    get("workflow:bulk-results", lambda world: [str(uuid4())], (EVERYBODY, "404")),
    get("workflow:signing", nothing, (EVERYBODY, "302")),
]

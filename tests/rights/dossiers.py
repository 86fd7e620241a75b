"""A dossier's own pages and every decision on it."""

from uuid import uuid4

from tests.rights.groups import (
    APPROVES,
    DRAFTS,
    ENDS,
    EVERYBODY,
    KEEPS_RECORDS,
    OFFICES_THAT_SEE,
    REVIEWS,
    SEES,
    SIGNS,
)
from tests.rights.row import Row, get, nothing, paper, post


def decided(noun: str, stage: str, who: frozenset[str], answer: str = "302!", **facts) -> list[Row]:
    """A decision's page and its form, well filled in: those whose duty it is, those who only see it, the rest."""

    def sent(world):
        return {"seen": world[stage].seen(), "key": str(uuid4()), "as": ""} | facts

    NOUNS.add(noun)
    where = paper(stage, noun)
    return [
        get("workflow:decision", where, (who, "200"), (SEES, "403"), (EVERYBODY, "404"), shows=SEES),
        post("workflow:decision", where, sent, (who, answer), (SEES, "403"), (EVERYBODY, "404")),
    ]


def answered(world):
    return {"answer-1": "Đã nêu."}


NOUNS: set[str] = set()
COUNTS = {f"count-{name}": "5" for name in ("members_total", "present", "issued", "collected", "valid", "in_favour")}
COUNTS |= {"count-against": "0", "count-blank": "0"}
CHECKED = {f"item-{code}": "yes" for code in ("du_ho_so", "tieu_chuan", "bien_ban", "khong_ky_luat", "khong_trung")}
SITTING = {"sitting_on": "12/04/2021", "minutes_no": "04/BB-BTV"}
POINT = {
    "points-TOTAL_FORMS": "1",
    "points-INITIAL_FORMS": "0",
    "points-0-place": "general",
    "points-0-text": "Xem lại.",
}
REASON = {"note": "Có lý do."}
DECISIONS = [
    *decided("submission", "draft", DRAFTS, "302!"),
    *decided("recall", "approved", APPROVES, "302!", **REASON),
    *decided("approval", "submitted", APPROVES, "302!"),
    *decided("sole-approval", "submitted", APPROVES, "409", **REASON),
    *decided("claim", "approved", REVIEWS, "302!"),
    *decided("review", "approved", REVIEWS, "302!", **CHECKED),
    *decided("sole-review", "approved", REVIEWS, "409", **CHECKED, **REASON),
    *decided("endorsement", "reviewed", SIGNS, "302!", **SITTING, **COUNTS),
    *decided("sole-endorsement", "reviewed", SIGNS, "409", **SITTING, **COUNTS, **REASON),
    *decided("hand-back", "endorsed", KEEPS_RECORDS, "302!", **REASON),
    *decided("conclusion", "forwarded", ENDS, "409", outcome="Đồng ý"),
    *decided("return", "approved", REVIEWS, "302!", **POINT),
    *decided("rejection", "approved", REVIEWS, "302!", **REASON),
    *decided("withdrawal", "submitted", APPROVES, "302!", **REASON),
    *decided("reopening", "withdrawn", APPROVES, "302!", **REASON),
    *decided("supersession", "forwarded", ENDS, "409"),
]

ROWS = [
    *DECISIONS,
    get("workflow:desk", nothing, (EVERYBODY, "200")),
    get("workflow:health", nothing, (EVERYBODY, "200"), anonymous="200"),
    get("workflow:dossier", paper("returned"), (SEES, "200"), (EVERYBODY, "404"), shows=SEES),
    get("workflow:compare", paper("returned"), (SEES, "200"), (EVERYBODY, "404")),
    get("audit:accesses", paper("returned"), (OFFICES_THAT_SEE, "200"), (EVERYBODY, "404")),
    get("audit:dossier-history", paper("returned"), (SEES, "200"), (EVERYBODY, "404"), shows=SEES),
    get("workflow:points", paper("returned"), (SEES, "200"), (EVERYBODY, "404"), shows=SEES),
    post("workflow:points", paper("returned"), answered, (DRAFTS, "302!"), (SEES, "409"), (EVERYBODY, "404")),
    post("workflow:point", paper("returned", 1), answered, (DRAFTS, "302!"), (SEES, "409"), (EVERYBODY, "404")),
]

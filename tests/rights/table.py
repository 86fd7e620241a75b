"""What every address answers to whom, by hand. An address of the product that is not here fails the test.

An answer is the status, with "!" where something was changed; "sign in" leads a stranger to the door. The groups of a
row are asked in order, `EVERYBODY` last; without a session one is asked to sign in unless `anonymous` says otherwise.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from django.urls import reverse

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
    people,
)

Answers = list[tuple[frozenset[str], str]]


@dataclass(frozen=True)
class Row:
    """One address and method: how it is reached, what is sent, what each group is answered."""

    name: str
    method: str
    args: Callable = lambda world: []
    answers: Answers = field(default_factory=list)
    sent: Callable = lambda world: {}
    anonymous: str = "sign in"
    shows: frozenset[str] | None = None  # who reads the secret here; None where nobody does
    query: str = ""

    @property
    def label(self) -> str:
        return f"{self.method} {self.name}{self.query}"

    def expected(self, actor: str) -> str:
        return next(answer for group, answer in self.answers if actor in group)

    def address(self, world) -> str:
        return reverse(self.name, args=self.args(world)) + self.query


def get(name, args, *answers, **more) -> Row:
    return Row(name, "GET", args, list(answers), **more)


def post(name, args, sent, *answers, **more) -> Row:
    return Row(name, "POST", args, list(answers), sent, **more)


def nothing(world):
    return []


def paper(stage: str, *more):
    """The arguments of an address below one dossier."""
    return lambda world: [world[stage].ref, *(part(world) if callable(part) else part for part in more)]


def decided(noun: str, stage: str, who: frozenset[str], answer: str = "302!", **facts) -> list[Row]:
    """A decision's page and its form, well filled in: those whose duty it is, those who only see it, the rest."""

    def sent(world):
        return {"seen": world[stage].seen(), "key": str(uuid4()), "as": ""} | facts

    duty = sorted(who)[0]
    assert duty in SEES
    where = paper(stage, noun)
    return [
        get("workflow:decision", where, (who, "200"), (SEES, "403"), (EVERYBODY, "404"), shows=SEES),
        post("workflow:decision", where, sent, (who, answer), (SEES, "403"), (EVERYBODY, "404")),
    ]


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
DISTRICT = people("reviewer@child committee@child signatory@child clerk@child auditor@child") | people(
    "reviewer@lent committee@lent signatory@lent clerk@lent auditor@lent"
)
CLERKS_OF_THE_DISTRICT = people("clerk@child clerk@lent")
SIGNATORIES_OF_THE_DISTRICT = people("signatory@child signatory@lent")
EVER_CLERK = people("clerk@own clerk@child clerk@below clerk@sibling clerk@foreign clerk@lent")
ASKED = OFFICES_THAT_SEE | people("""
    drafter@child approver@child
    drafter@sibling approver@sibling reviewer@sibling committee@sibling signatory@sibling clerk@sibling auditor@sibling
""")
SIBLING_DRAFTER = people("drafter@sibling")

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

WORKFLOW = [
    get("workflow:desk", nothing, (EVERYBODY, "200")),
    post("workflow:reading", nothing, lambda world: {}, (EVERYBODY, "302")),
    get("workflow:history", nothing, (EVERYBODY, "200"), shows=OFFICES_THAT_SEE | people("shared")),
    get("workflow:health", nothing, (EVERYBODY, "200"), anonymous="200"),
    get("workflow:dossier", paper("returned"), (SEES, "200"), (EVERYBODY, "404"), shows=SEES),
    get("workflow:compare", paper("returned"), (SEES, "200"), (EVERYBODY, "404")),
    get("workflow:dossier-history", paper("returned"), (SEES, "200"), (EVERYBODY, "404"), shows=SEES),
    get("workflow:points", paper("returned"), (SEES, "200"), (EVERYBODY, "404"), shows=SEES),
    post(
        "workflow:points",
        paper("returned"),
        lambda world: {"answer-1": "Đã nêu."},
        (DRAFTS, "302!"),
        (SEES, "409"),
        (EVERYBODY, "404"),
    ),
]

SECTION = paper("returned", "2.1")
FILE = paper("returned", lambda world: world.file)
DOCUMENTS = [
    get("documents:reports", nothing, (EVERYBODY, "200")),
    get("documents:nominations", nothing, (EVERYBODY, "200"), shows=SEES),
    get(
        "documents:report-begin",
        lambda world: [world.office.campaign.pk, world.report_unit],
        (SIBLING_DRAFTER, "200"),
        (EVERYBODY, "404"),
    ),
    post(
        "documents:report-begin",
        lambda world: [world.office.campaign.pk, world.report_unit],
        lambda world: {"key": str(uuid4())},
        (SIBLING_DRAFTER, "302!"),
        (EVERYBODY, "404"),
    ),
    get(
        "documents:nomination-begin",
        lambda world: [world.office.campaign.pk, world.report_unit],
        (SIBLING_DRAFTER, "200"),
        (EVERYBODY, "404"),
    ),
    post(
        "documents:nomination-begin",
        lambda world: [world.office.campaign.pk, world.report_unit],
        lambda world: {"key": str(uuid4()), "award": world.award.pk, "target": "collective", "name": "Tổ may số 3"},
        (SIBLING_DRAFTER, "302!"),
        (EVERYBODY, "404"),
    ),
    get("documents:edit", paper("returned"), (SEES, "302"), (EVERYBODY, "404")),
    get("documents:nomination-edit", paper("draft"), (DRAFTS, "200"), (SEES, "302"), (EVERYBODY, "404"), shows=DRAFTS),
    post(
        "documents:nomination-edit",
        paper("draft"),
        lambda world: {},
        (DRAFTS, "422"),
        (SEES, "409"),
        (EVERYBODY, "404"),
    ),
    get("documents:report-attestations", paper("returned"), (DRAFTS, "200"), (SEES, "302"), (EVERYBODY, "404")),
    get("documents:report-section", SECTION, (DRAFTS, "200"), (SEES, "302"), (EVERYBODY, "404"), shows=DRAFTS),
    get("documents:attachments", paper("returned"), (DRAFTS, "200"), (SEES, "302"), (EVERYBODY, "404"), shows=DRAFTS),
    post(
        "documents:attachments", paper("returned"), lambda world: {}, (DRAFTS, "422"), (SEES, "409"), (EVERYBODY, "404")
    ),
    post("documents:attachment-removal", FILE, lambda world: {}, (DRAFTS, "302!"), (SEES, "302"), (EVERYBODY, "404")),
    get("documents:attachment", FILE, (SEES, "200"), (EVERYBODY, "404")),
    post("documents:attachment", FILE, lambda world: {}, (EVERYBODY, "405")),
    get("documents:campaigns", nothing, (EVERYBODY, "200")),
    get("documents:campaign", lambda world: [world.office.campaign.pk], (ASKED, "200"), (EVERYBODY, "404")),
    get("documents:dispatches", nothing, (EVERYBODY, "200")),
    get("documents:dispatch-new", nothing, (EVER_CLERK, "200"), (EVERYBODY, "404"), shows=KEEPS_RECORDS),
    post("documents:dispatch-new", nothing, lambda world: {}, (EVER_CLERK, "422"), (EVERYBODY, "404")),
    get(
        "documents:dispatch", lambda world: [world.prepared.ref], (DISTRICT, "200"), (EVERYBODY, "404"), shows=DISTRICT
    ),
    get("documents:register", nothing, (EVERYBODY, "200")),
]

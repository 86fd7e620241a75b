"""Writing reports and nominations, campaigns, outgoing papers."""

from uuid import uuid4

from tests.rights.groups import (
    ASKED,
    CLERKS_OF_THE_DISTRICT,
    DISTRICT,
    DRAFTS,
    EVER_CLERK,
    EVERYBODY,
    KEEPS_RECORDS,
    SEES,
    SIBLING_DRAFTER,
    SIGNATORIES_OF_THE_DISTRICT,
)
from tests.rights.row import get, nothing, paper, post

SECTION = paper("returned", "2.1")
FILE = paper("returned", lambda world: world.file)
ROWS = [
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
    get("documents:report-earlier", SECTION, (SEES, "200"), (EVERYBODY, "404"), shows=SEES),
    get("documents:preview", paper("returned"), (SEES, "200"), (EVERYBODY, "404"), shows=SEES),
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
    post(
        "documents:dispatch-signature",
        lambda world: [world.prepared.ref],
        lambda world: {"key": str(uuid4()), "seen": world.shown(world.prepared)},
        (SIGNATORIES_OF_THE_DISTRICT, "302!"),
        (EVERYBODY, "404"),
    ),
    post(
        "documents:dispatch-sending",
        lambda world: [world.signed.ref],
        lambda world: {"key": str(uuid4()), "seen": world.shown(world.signed)},
        (CLERKS_OF_THE_DISTRICT, "302!"),
        (EVERYBODY, "404"),
    ),
    post(
        "documents:dispatch-cancellation",
        lambda world: [world.prepared.ref],
        lambda world: {"reason": "Nhầm."},
        (CLERKS_OF_THE_DISTRICT, "302!"),
        (EVERYBODY, "404"),
    ),
    get(
        "documents:referral-reply",
        lambda world: [world.referral.pk],
        (KEEPS_RECORDS, "200"),
        (EVERYBODY, "404"),
        shows=KEEPS_RECORDS,
    ),
    post(
        "documents:referral-reply",
        lambda world: [world.referral.pk],
        lambda world: {"key": str(uuid4()), "outcome": "agreed", "replied_on": "01/01/2026"},
        (KEEPS_RECORDS, "422"),
        (EVERYBODY, "404"),
    ),
    get("documents:register", nothing, (EVERYBODY, "200")),
]

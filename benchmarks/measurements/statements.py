"""How many SQL statements each verb takes, besides BEGIN, COMMIT and SAVEPOINT."""

from datetime import date
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

from django.db import connection
from django.test.utils import CaptureQueriesContext

from accounts.models import Role
from benchmarks import office
from benchmarks.report import Report, heading, show_sql
from tests import factories
from tests.testapp.models import Memo
from workflow.decisions.catalogue import DEFINITIONS
from workflow.states import Verb

Road = list[tuple[str, str, dict[str, Any]]]
MAX_STATEMENTS = 8
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")
SITTING = {"sitting_on": date(2021, 7, 1), "minutes_no": "05/BB-BTV"}
REPLY = {"recipient": "Quận ủy", "outcome": "Đồng ý", "receipt_no": "12", "replied_on": date(2021, 7, 9)}
CHECKED = {"checklist": {"readable": "yes"}}
POINTS = {"points": [("field:text", "Ghi rõ số liệu."), ("field:text", "Ghi rõ nguồn.")]}
BECAUSE = {"note": "Theo ý kiến cuộc họp."}
ALONE = {"sole_reason": "Không còn ai khác đủ điều kiện."}
ROADS: list[Road] = [  # each a dossier's life: (verb, officer, what its form says)
    [
        ("submit", "drafter", {}),
        ("recall", "drafter", BECAUSE),
        ("submit", "drafter", {}),
        ("return", "approver", POINTS),
    ],
    [
        ("submit", "drafter", {}),
        ("approve", "approver", {}),
        ("claim", "reviewer", {}),
        ("review", "reviewer", CHECKED),
        ("hand_back", "signatory", BECAUSE),
        ("review", "reviewer", CHECKED),
        ("endorse", "signatory", SITTING),
        ("forward", "clerk", {"dispatch": "27/TTr-LĐLĐ"}),
        ("record_reply", "clerk", REPLY),
        ("conclude", "clerk", {"outcome": "Đồng ý"}),
    ],
    [("submit", "drafter", {}), ("withdraw", "approver", BECAUSE), ("reopen", "approver", BECAUSE)],
    [("submit", "drafter", {}), ("approve", "approver", {}), ("reject", "reviewer", BECAUSE)],
]
ONE_FOR_ALL: Road = [
    ("submit", "lone_drafter", {}),
    ("approve", "lone_approver", ALONE),
    ("review", "lone_reviewer", CHECKED | ALONE),
    ("endorse", "lone_signatory", SITTING | ALONE),
]


def measure(report: Report, cast) -> None:
    heading(f"SQL statements a decision (at most {MAX_STATEMENTS}, besides {', '.join(FRAME[:3])})")
    by_verb: dict[str, list[str]] = {}
    for road in ROADS:
        by_verb |= walked(road, office.drafts(cast, 1)[0], cast)
    by_verb |= superseded(cast)
    by_verb |= walked(ONE_FOR_ALL, *lone_office())
    for verb, statements in by_verb.items():
        report.note(f"statements.{verb}", len(statements), "statements")
        report.demand(
            len(statements) <= MAX_STATEMENTS,
            f"{verb} takes {len(statements)} statements; {MAX_STATEMENTS} are allowed.",
        )
    show_sql("approve", by_verb["approve"])


def walked(road: Road, paper: Memo, cast) -> dict[str, list[str]]:
    """The statements of every step of one dossier's life, by verb; a sole officer's under names of their own."""
    return {
        f"{verb}{'.alone' if 'sole_reason' in form else ''}": executed(verb, paper, getattr(cast, officer), form)
        for verb, officer, form in road
    }


def executed(verb: str, paper: Memo, by, form: dict) -> list[str]:
    paper = office.fresh(paper)
    seen = paper.seen()
    with CaptureQueriesContext(connection) as captured:
        DEFINITIONS[Verb(verb)].action(paper, by=by, seen=seen, key=uuid4(), **form)
    return besides_frame(captured)


def besides_frame(captured) -> list[str]:
    return [query["sql"] for query in captured if not query["sql"].startswith(FRAME)]


def superseded(cast) -> dict[str, list[str]]:
    """One dossier replaced by another that came as far."""
    old, new = office.drafts(cast, 2)
    Memo.objects.filter(pk=new.pk).update(replaces=old)
    for paper in old, new:
        walked(ROADS[1], paper, cast)
    return walked([("supersede", "clerk", {})], old, cast)


def lone_office():
    """A union and a district where one person holds every post."""
    place, person = factories.unit("BENCH-0"), factories.person("lone")
    roles = {"drafter": Role.DRAFTER, "approver": Role.APPROVER, "reviewer": Role.REVIEWER, "signatory": Role.SIGNATORY}
    for role in roles.values():
        factories.appoint(person, place, role)
    authorities = {f"lone_{name}": factories.acting(person, role) for name, role in roles.items()}
    return factories.memo(place, person), SimpleNamespace(**authorities)

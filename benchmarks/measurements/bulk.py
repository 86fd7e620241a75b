"""Decisions a second when many are taken together: the product's own bulk page against its single ones, in turn."""

from statistics import median
from time import perf_counter
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import office
from benchmarks.measurements import decisions
from benchmarks.report import Report, heading
from ledger.models import Event
from workflow.bulk import selection
from workflow.models import AccessLog
from workflow.states import Verb

ROUNDS, LEAST = 5, 3
FRAME = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE SAVEPOINT")


def measure(report: Report, cast) -> None:
    heading(f"Decisions a second, {selection.MAX_DOSSIERS_PER_BATCH} in one POST, committed durably")
    client = office.signed_in(cast.approver)
    together(client, cast, opened(cast, selection.MAX_DOSSIERS_PER_BATCH))  # warms up
    alone, many = [], []
    for _round in range(ROUNDS):
        alone.append(decisions.per_second(decisions.engine_side(client, cast, decisions.IN_EACH)))
        many.append(together(client, cast, opened(cast, selection.MAX_DOSSIERS_PER_BATCH)))
    single, bulked = median(alone), median(many)
    report.note("decisions.bulk", round(bulked, 1), "decisions/s", ratio=round(bulked / single, 2), ratio_to="single")
    few, all_of_them = (statements(client, cast, number) for number in (2, selection.MAX_DOSSIERS_PER_BATCH))
    report.note("statements.bulk", all_of_them, "statements")
    report.demand(bulked >= LEAST * single, f"Bulk decides {bulked / single:.2f} x as fast as single, not {LEAST}.")
    report.demand(
        few == all_of_them,
        f"Two decisions take {few} statements, {selection.MAX_DOSSIERS_PER_BATCH} take {all_of_them}.",
    )


def opened(cast, count: int) -> list:
    """Papers that the approver has read."""
    papers = office.submitted(cast, count)
    viewed = {"user": cast.approver.person, "act": AccessLog.Kind.VIEWED}
    AccessLog.objects.bulk_create(AccessLog(dossier=paper, **viewed) for paper in papers)
    return papers


def together(client: Client, cast, papers: list) -> float:
    """Decisions a second of one page for all of them."""
    address, form = filled_in(cast, papers)
    start = perf_counter()
    answer = client.post(address, form)
    seconds = perf_counter() - start
    done = Event.objects.filter(dossier__in=papers, verb=Verb.APPROVE).count()
    if (answer.status_code, done) != (302, len(papers)):
        raise SystemExit(f"{address} answered {answer.status_code} and decided {done} of {len(papers)}.")
    return len(papers) / seconds


def filled_in(cast, papers: list) -> tuple[str, dict]:
    seen = {f"{paper.ref}-seen": paper.seen() for paper in papers}
    form = {"dossier": [str(paper.ref) for paper in papers], "as": cast.approver.ref, "note": decisions.NOTE}
    return reverse("workflow:bulk-decisions", args=["approval", uuid4()]), form | seen


def statements(client: Client, cast, count: int) -> int:
    address, form = filled_in(cast, opened(cast, count))
    with CaptureQueriesContext(connection) as captured:
        client.post(address, form)
    return len([query for query in captured if not query["sql"].startswith(FRAME)])

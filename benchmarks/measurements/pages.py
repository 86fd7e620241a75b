"""Queries and time of the desk, the history list and the dossier page, at 1 and at 100 rows."""

from statistics import median
from time import perf_counter

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from benchmarks import office
from benchmarks.report import Report, heading
from tests.testapp.models import Memo

MAX_QUERIES, TIMES = 12, 15


def measure(report: Report, cast) -> None:
    heading(f"Pages (the same number of queries at 1 and at 100 rows, at most {MAX_QUERIES})")
    client = office.signed_in(cast.reader)
    counts = {}
    for rows in 1, 100:
        office.waiting_in(cast.reading_room, cast, rows)
        for name, address in addresses(cast).items():
            counts[name, rows] = queries(client, address)
            report.note(f"queries.{name}.{rows}", counts[name, rows], "queries")
            report.note(f"page.{name}.{rows}", round(milliseconds(client, address), 1), "ms")
    for name in addresses(cast):
        few, many = counts[name, 1], counts[name, 100]
        report.demand(
            few == many <= MAX_QUERIES, f"{name}: {few} queries at 1 row and {many} at 100; {MAX_QUERIES} are allowed."
        )


def addresses(cast) -> dict[str, str]:
    newest = Memo.objects.filter(unit=cast.reading_room).latest("pk")
    return {
        "desk": reverse("workflow:desk"),
        "history": reverse("audit:history"),
        "dossier": reverse("workflow:dossier", args=[newest.ref]),
    }


def queries(client: Client, address: str) -> int:
    fetch(client, address)
    with CaptureQueriesContext(connection) as captured:
        fetch(client, address)
    return len([query for query in captured if not query["sql"].startswith(("BEGIN", "COMMIT", "SAVEPOINT"))])


def milliseconds(client: Client, address: str) -> float:
    return median(timed(client, address) for _ in range(TIMES)) * 1000


def timed(client: Client, address: str) -> float:
    start = perf_counter()
    fetch(client, address)
    return perf_counter() - start


def fetch(client: Client, address: str) -> None:
    answer = client.get(address)
    if answer.status_code != 200:
        raise SystemExit(f"{address} answered {answer.status_code}")

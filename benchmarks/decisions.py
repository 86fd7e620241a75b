"""Decisions a second: the engine against a plain Django view, in turn, through the same middleware and session."""

from statistics import median
from time import perf_counter
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import office
from benchmarks.models import PlainDossier
from benchmarks.report import Report, heading, show_sql

ROUNDS, IN_EACH, LEAST = 15, 60, 0.8
NOTE = "Đã kiểm tra số liệu."


def measure(report: Report, cast) -> None:
    heading("Decisions a second, each a POST through all middleware, committed durably")
    client = office.signed_in(cast.approver)
    for approve in engine_side(client, cast, 1)[0], plain_side(client, cast, 1)[0]:
        with CaptureQueriesContext(connection) as captured:
            approve()
        show_sql("engine" if "ledger_event" in str(captured.captured_queries) else "plain", sql_of(captured))
    speeds = interleaved(client, cast)
    ratios = sorted(ours / plain for ours, plain in zip(speeds["engine"], speeds["plain"], strict=True))
    plain, ours = median(speeds["plain"]), median(speeds["engine"])
    report.note("decisions.plain", round(plain, 1), "decisions/s")
    report.note("decisions.engine", round(ours, 1), "decisions/s", ratio=round(ours / plain, 3), ratio_to="plain")
    quarter = len(ratios) // 4
    print(f"ratio of each round: half lie in {ratios[quarter]:.2f}–{ratios[-1 - quarter]:.2f}, all in", end=" ")
    print(f"{ratios[0]:.2f}–{ratios[-1]:.2f} ({ROUNDS} rounds of {IN_EACH} decisions a side)")
    report.demand(
        ours / plain >= LEAST, f"The engine decides {ours / plain:.2f} x as often as a plain view, not {LEAST}."
    )


def interleaved(client: Client, cast) -> dict[str, list[float]]:
    """ABBA: the side that begins changes every round, so that neither always follows the other's dust."""
    speeds: dict[str, list[float]] = {"engine": [], "plain": []}
    for number in range(ROUNDS + 1):
        sides = [("engine", engine_side(client, cast, IN_EACH)), ("plain", plain_side(client, cast, IN_EACH))]
        for name, clicks in sides if number % 2 else sides[::-1]:
            speed = per_second(clicks)
            if number:  # the first round warms up
                speeds[name].append(speed)
    return speeds


def per_second(clicks: list) -> float:
    start = perf_counter()
    for click in clicks:
        click()
    return len(clicks) / (perf_counter() - start)


def engine_side(client: Client, cast, count: int) -> list:
    papers = office.submitted(cast, count)
    return [posting(client, f"/engine/{paper.ref}/", paper.seen()) for paper in papers]


def plain_side(client: Client, cast, count: int) -> list:
    author, said = cast.drafter.person, {"kind": "testapp.memo", "subject": "Giấy"}
    rows = [PlainDossier(unit=cast.union, author=author, submitter=author, **said) for _ in range(count)]
    return [posting(client, f"/plain/{row.ref}/", "") for row in PlainDossier.objects.bulk_create(rows)]


def posting(client: Client, address: str, seen: str):
    form = {"seen": seen, "key": str(uuid4()), "note": NOTE}

    def click() -> None:
        answer = client.post(address, form)
        if answer.status_code != 204:
            raise SystemExit(f"{address} answered {answer.status_code}")

    return click


def sql_of(captured) -> list[str]:
    return [query["sql"] for query in captured]

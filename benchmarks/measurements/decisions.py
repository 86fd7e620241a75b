"""What one decision costs: the engine against a plain Django view, in turn, through the same middleware and session."""

import os
from uuid import uuid4

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from benchmarks import cost, office
from benchmarks.models import PlainDossier
from benchmarks.report import Report, heading, show_sql

ROUNDS, IN_EACH = (int(os.environ.get(f"TRINH_BENCH_{name}", usual)) for name, usual in (("ROUNDS", 15), ("EACH", 60)))
LEAST = {"wall": 1.0, "client": 1.0, "server": 0.9}  # times as cheap as the plain view
NOTE = "Đã kiểm tra số liệu."


def measure(report: Report, cast) -> None:
    heading("One decision, a POST through all middleware, committed durably: the engine and a plain view")
    client = office.signed_in(cast.approver)
    for approve in engine_side(client, cast, 1)[0], plain_side(client, cast, 1)[0]:
        with CaptureQueriesContext(connection) as captured:
            approve()
        show_sql("engine" if "ledger_event" in str(captured.captured_queries) else "plain", sql_of(captured))
    compare(report, "decisions", interleaved(client, cast))


def compare(report: Report, name: str, costs: dict[str, list[cost.Cost]]) -> None:
    for side, of_side in costs.items():
        each = cost.milliseconds(of_side, IN_EACH)
        told = f"wall {each.wall:6.2f}   client CPU {each.client:6.2f}   server CPU {each.server:6.2f}"
        print(f"{side:<8} {told} ms each")
    for part, least in LEAST.items():
        ratio = cost.ratio(costs["plain"], costs["engine"], part)
        report.note(f"{name}.{part}", round(ratio, 3), "x", ratio=round(ratio, 3), ratio_to="plain")
        report.demand(ratio >= least, f"{name}: {part} {ratio:.2f} x as cheap as a plain view, not {least}.")


def interleaved(client: Client, cast) -> dict[str, list[cost.Cost]]:
    """ABBA: the side that begins changes every round, so that neither always follows the other's dust."""
    costs: dict[str, list[cost.Cost]] = {"plain": [], "engine": []}
    for number in range(ROUNDS + 1):
        sides = [("engine", engine_side(client, cast, IN_EACH)), ("plain", plain_side(client, cast, IN_EACH))]
        for name, clicks in sides if number % 2 else sides[::-1]:
            spent = cost.of(clicks)
            if number:  # the first round warms up
                costs[name].append(spent)
    return costs


def per_second(clicks: list) -> float:
    return len(clicks) / cost.of(clicks).wall


def engine_side(client: Client, cast, count: int) -> list:
    papers = office.submitted(cast, count)
    return [posting(client, f"/engine/{paper.ref}/", paper.seen()) for paper in papers]


def plain_side(client: Client, cast, count: int) -> list:
    author, values = cast.drafter.person, {"kind": "testapp.memo", "subject": "Giấy"}
    rows = [PlainDossier(unit=cast.union, author=author, submitter=author, **values) for _ in range(count)]
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

"""The same comparison with eight processes at once, each with its own approver and its own connection."""

import multiprocessing
from multiprocessing.synchronize import Barrier

from django.db import connections

from accounts.models import Role
from benchmarks import cost, office
from benchmarks.measurements import decisions
from benchmarks.report import Report, heading
from tests import factories

PROCESSES = 8
WARMING = 10  # clicks, then a connection has its statements, plans and functions; a web process keeps it for hours
PATIENCE = 600  # seconds


def measure(report: Report, cast) -> None:
    heading(f"One decision while {PROCESSES} processes decide: the engine and a plain view")
    people = [factories.person(f"beside{number}") for number in range(PROCESSES)]
    for person in people:
        factories.appoint(person, cast.union, Role.APPROVER)
    approvers = [factories.acting(person, Role.APPROVER) for person in people]
    costs: dict[str, list[cost.Cost]] = {"plain": [], "engine": []}
    for number in range(decisions.ROUNDS + 1):
        order = ("engine", "plain") if number % 2 else ("plain", "engine")
        for side in order:
            spent = at_once(side, approvers, cast)
            if number:  # the first round warms up
                costs[side].append(spent)
    decisions.compare(report, f"decisions.{PROCESSES}", costs)


def at_once(side: str, approvers: list, cast) -> cost.Cost:
    """The mean cost of one process, all beginning together."""
    make = {"engine": decisions.engine_side, "plain": decisions.plain_side}[side]
    clicks = [make(office.signed_in(by), cast, WARMING + decisions.IN_EACH) for by in approvers]
    connections.close_all()
    fork = multiprocessing.get_context("fork")
    barrier, told = fork.Barrier(PROCESSES), fork.SimpleQueue()
    processes = [fork.Process(target=_click, args=(some, barrier, told)) for some in clicks]
    for process in processes:
        process.start()
    spent = [told.get() for _process in processes]
    for process in processes:
        process.join(PATIENCE)
    total = sum(spent, cost.Cost())
    return cost.Cost(total.wall / PROCESSES, total.client / PROCESSES, total.server / PROCESSES)


def _click(clicks: list, barrier: Barrier, told) -> None:
    for click in clicks[:WARMING]:
        click()
    barrier.wait(PATIENCE)
    told.put(cost.of(clicks[WARMING:]))
    connections.close_all()

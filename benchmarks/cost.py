"""What a job costs: by the clock on the wall, in this process's CPU and in that of its database connection's server."""

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields
from pathlib import Path
from statistics import median

import psutil
from django.db import connection


@dataclass(frozen=True)
class Cost:
    """Seconds; `server` is 0 where the server runs on another machine."""

    wall: float = 0.0
    client: float = 0.0
    server: float = 0.0

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(*(getattr(self, it.name) + getattr(other, it.name) for it in fields(self)))


def now() -> Cost:
    return Cost(time.perf_counter(), time.process_time(), _server())


def _server() -> float:
    """CPU of the one process that works for this connection."""
    connection.ensure_connection()
    server = connection.connection.info.backend_pid
    try:
        if (exact := Path(f"/proc/{server}/schedstat")).exists():  # Linux: nanoseconds, where `stat` tells hundredths
            return int(exact.read_text().split()[0]) / 1e9
        times = psutil.Process(server).cpu_times()
    except (psutil.Error, OSError):
        return 0.0
    return times.user + times.system


def of(clicks: Iterable[Callable[[], None]]) -> Cost:
    begun = now()
    for click in clicks:
        click()
    ended = now()
    return Cost(*(getattr(ended, it.name) - getattr(begun, it.name) for it in fields(Cost)))


def ratio(plain: list[Cost], ours: list[Cost], name: str) -> float:
    """How many times as cheap ours is: the median of the pairs."""
    return median(getattr(a, name) / (getattr(b, name) or 1e-9) for a, b in zip(plain, ours, strict=True))


def milliseconds(costs: list[Cost], each: int) -> Cost:
    """The median of one job where a cost is of `each` of them."""
    medians = (median(getattr(cost, it.name) for cost in costs) for it in fields(Cost))
    return Cost(*(value * 1000 / each for value in medians))

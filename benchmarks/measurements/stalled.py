"""A page's time while others stall: half a head, a body at ten bytes a second, an answer that nobody takes."""

import contextlib
import http.client
import os
import threading
from collections.abc import Iterator
from statistics import median
from time import perf_counter

from django.conf import settings

from benchmarks import office
from benchmarks.report import Report, heading
from benchmarks.served import SECONDS_TO_START, served
from tests.config.slow import connected, is_open, stalled, trickle, upload

CROWDS, TIMES, MOST = (8, 50, 200), 20, 3
UPLOADS, SIZE, MOST_MEMORY = 10, 20 * 2**20, 60


def measure(report: Report, cast) -> None:
    heading(f"Pages while clients stall (two web processes; at most {MOST} times their time alone)")
    session = office.signed_in(cast.approver).cookies[settings.SESSION_COOKIE_NAME].value
    with served(2, "benchmarks.settings") as (port, processes):
        alone = {name: milliseconds(port, path, session) for name, path in PAGES.items()}
        for name, time in alone.items():
            report.note(f"stalled.0.{name}", round(time, 1), "ms")
        for count in CROWDS:
            with crowd(port, count) as clients:
                for name, path in PAGES.items():
                    time = milliseconds(port, path, session)
                    ratio = time / alone[name]
                    report.note(f"stalled.{count}.{name}", round(time, 1), "ms", ratio=ratio, ratio_to="alone")
                    report.demand(ratio < MOST, f"With {count} stalled clients {name} takes {ratio:.1f} times as long.")
                report.demand(all(map(is_open, clients)), f"Of {count} stalled clients some were sent away at once.")
        report.note("uploads.memory", *uploaded(report, port, processes))


PAGES = {"sign_in": "/tai-khoan/login/", "desk": "/"}


@contextlib.contextmanager
def crowd(port: int, count: int) -> Iterator[list]:
    """Stalled clients that go on sending their ten bytes a second."""
    over = threading.Event()
    with stalled(("127.0.0.1", port), count) as clients:
        bodies = clients[1::3]

        def go_on() -> None:
            while not over.wait(1):
                trickle(bodies)

        thread = threading.Thread(target=go_on)
        thread.start()
        try:
            yield clients
        finally:
            over.set()
            thread.join()


def milliseconds(port: int, path: str, session: str) -> float:
    """The middle of some, each on a line of its own."""
    return median(timed(port, path, session) for _ in range(TIMES)) * 1000


def timed(port: int, path: str, session: str) -> float:
    start = perf_counter()
    line = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
    cookie = {} if "login" in path else {"Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"}
    line.request("GET", path, headers={"Host": "localhost"} | cookie)
    answer = line.getresponse()
    answer.read()
    line.close()
    if answer.status != 200:
        raise SystemExit(f"{path} answered {answer.status}")
    return perf_counter() - start


def uploaded(report: Report, port: int, processes) -> tuple[int, str]:
    """What ten uploads of 20 MB, all but their last bytes sent, add to the memory of the web processes."""
    before = memory(processes)
    piece = os.urandom(SIZE // 20)
    with contextlib.ExitStack() as stack:
        for _ in range(UPLOADS):
            client = stack.enter_context(connected(("127.0.0.1", port)))
            upload(client, SIZE)
            for _ in range(19):
                client.sendall(piece)
        timed(port, PAGES["sign_in"], "")
        grown = round((memory(processes) - before) / 2**20)
    report.demand(grown < MOST_MEMORY, f"Ten waiting uploads take {grown} MB of memory; {MOST_MEMORY} are allowed.")
    return grown, "MB"


def memory(processes) -> int:
    return sum(process.memory_info().rss for process in processes)

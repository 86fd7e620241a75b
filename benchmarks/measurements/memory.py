"""Resident memory of one web process, started as `make run` starts it, after fifty requests."""

import http.client

from django.conf import settings

from benchmarks import office
from benchmarks.report import Report, heading
from benchmarks.served import SECONDS_TO_START, served

MOST, REQUESTS = 200, 50


def measure(report: Report, cast) -> None:
    heading(f"Memory of a web process after {REQUESTS} requests")
    session = office.signed_in(cast.approver).cookies[settings.SESSION_COOKIE_NAME].value
    with served() as (port, (process,)):
        for number in range(REQUESTS):
            fetch(port, "/" if number % 2 else "/tai-khoan/login/", session)
        megabytes = process.memory_info().rss / 2**20
    report.note("web_process.resident", round(megabytes), "MB")
    report.demand(megabytes < MOST, f"A web process takes {megabytes:.0f} MB; {MOST} are allowed.")


def fetch(port: int, path: str, session: str) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=SECONDS_TO_START)
    client.request("GET", path, headers={"Host": "localhost", "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
    answer = client.getresponse()
    answer.read()
    client.close()
    if answer.status >= 400:
        raise SystemExit(f"{path} answered {answer.status}")

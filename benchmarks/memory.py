"""Resident memory of one web process, started as `make run` starts it, after fifty requests."""

import http.client
import os
import subprocess
import sys

import psutil
from django.conf import settings
from django.db import connection

from benchmarks import office
from benchmarks.report import Report, heading
from config.launch.processes import BASE
from config.launch.run import await_sign_in, listening

MOST, REQUESTS, PATIENCE = 200, 50, 30


def measure(report: Report, cast) -> None:
    heading(f"Memory of a web process after {REQUESTS} requests")
    session = office.signed_in(cast.approver).cookies[settings.SESSION_COOKIE_NAME].value
    with listening("127.0.0.1", 0) as sock:
        bind = ["--bind", f"fd://{sock.fileno()}", "--no-control-socket", "--workers", "1", "--threads", "4"]
        command = [sys.executable, "-m", "gunicorn", "config.wsgi", *bind, "--log-level", "warning"]
        database = {"DATABASE_URL": address()}
        server = subprocess.Popen(command, cwd=BASE, env=os.environ | database, pass_fds=[sock.fileno()])
        try:
            await_sign_in(*sock.getsockname())
            for number in range(REQUESTS):
                fetch(sock.getsockname()[1], "/" if number % 2 else "/tai-khoan/login/", session)
            (worker,) = psutil.Process(server.pid).children()
            megabytes = worker.memory_info().rss / 2**20
        finally:
            server.terminate()
            server.wait(PATIENCE)
    report.note("web_process.resident", round(megabytes), "MB")
    report.demand(megabytes < MOST, f"A web process takes {megabytes:.0f} MB; {MOST} are allowed.")


def address() -> str:
    """Where the benchmarks' own database is, for another process."""
    entry = connection.settings_dict
    return f"postgresql://{entry['USER']}@/{entry['NAME']}?host={entry['HOST'] or entry['OPTIONS']['host']}"


def fetch(port: int, path: str, session: str) -> None:
    client = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    client.request("GET", path, headers={"Host": "localhost", "Cookie": f"{settings.SESSION_COOKIE_NAME}={session}"})
    answer = client.getresponse()
    answer.read()
    client.close()
    if answer.status >= 400:
        raise SystemExit(f"{path} answered {answer.status}")

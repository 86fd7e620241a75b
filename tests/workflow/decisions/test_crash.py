"""kill -9 in the middle of two hundred decisions sent over HTTP: what was acknowledged is stored, what is unknown
settles by its key, and the ledger is sound."""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode
from uuid import uuid4

import psycopg
import pytest
from django.conf import settings

from config.launch.connection import APP, url
from config.launch.database import cluster
from config.launch.processes import BASE, end_all, marked
from config.launch.run import await_sign_in, listening, web
from tests.config.conftest import folder  # noqa: F401 - a fixture

SETTINGS = "benchmarks.settings"
HANDS, PATIENCE = 4, 60
CSRF = "c" * 32  # the browser sends the same secret twice: as a cookie and in the form


@dataclass
class Desk:
    """Browsers that click through two hundred forms, and what they were told."""

    port: int
    session: str
    forms: dict[str, tuple[str, str]]  # key -> paper, seen
    told: set[str] = field(default_factory=set)
    unknown: set[str] = field(default_factory=set)

    def click(self, key: str) -> None:
        """Send one form; a broken connection or a server's error leaves the outcome unknown."""
        paper, seen = self.forms[key]
        form = {"seen": seen, "key": key, "note": "", "csrfmiddlewaretoken": CSRF}
        headers = {
            "Host": "localhost",
            "Cookie": f"{settings.SESSION_COOKIE_NAME}={self.session}; {settings.CSRF_COOKIE_NAME}={CSRF}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=PATIENCE)
        try:
            connection.request("POST", f"/engine/{paper}/", urlencode(form), headers)
            status = connection.getresponse().status
        except (OSError, http.client.HTTPException):
            status = 0
        finally:
            connection.close()
        assert status in {0, 204} or status >= 500, status
        (self.told if status == 204 else self.unknown).add(key)

    def click_all(self, crashes: dict[int, Callable]) -> None:
        """Four at a time. At each of these counts of acknowledged forms one hand crashes a server; the others go on."""
        keys = iter(list(self.forms))
        due = sorted(crashes)

        def clicks(crashing: bool) -> None:
            for key in keys:
                self.click(key)
                if crashing and due and len(self.told) >= due[0]:
                    crashes[due.pop(0)]()

        with ThreadPoolExecutor(HANDS) as pool:
            list(pool.map(clicks, [True] + [False] * (HANDS - 1)))

    def settle(self) -> None:
        """Send what is unknown again, each with its own key, until all is told."""
        deadline = time.monotonic() + PATIENCE
        while self.unknown:
            assert time.monotonic() < deadline, f"{len(self.unknown)} are not settled"
            for key in list(self.unknown):
                self.unknown.discard(key)
                self.click(key)


def program(var, *command: str, **environment: str) -> str:
    """Run a Python program on this office to its end and return what it printed."""
    how = {"cwd": BASE, "env": marked(var) | environment, "stdout": subprocess.PIPE, "text": True}
    return subprocess.run([sys.executable, *command], check=True, **how).stdout


def stored(var) -> Counter:
    """How many events the ledger holds for each key of an approval."""
    with psycopg.connect(url(APP, var)) as connection:
        keys = connection.execute("SELECT key FROM ledger_event WHERE verb = 'approve'")
        return Counter(str(key) for (key,) in keys)


@pytest.fixture
def var(folder, monkeypatch):  # noqa: F811
    """An office of its own, on a server of its own that may be killed."""
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", SETTINGS)
    cluster(folder / "var").start()
    program(folder / "var", "-m", "tests.workflow.decisions.crash_desk", "tables", TRINH_DB_ROLE="owner")
    return folder / "var"


@pytest.fixture
def served(var):
    """The web server as `make run` starts it, and the desk before it."""
    opened = json.loads(program(var, "-m", "tests.workflow.decisions.crash_desk", "papers"))
    with listening("127.0.0.1", 0) as sock:
        service = web(sock)
        service.start(var)
        await_sign_in(*sock.getsockname())
        forms = {str(uuid4()): (paper, seen) for paper, seen in opened["forms"]}
        yield service, Desk(sock.getsockname()[1], opened["session"], forms)
        end_all(var)
        service.process.wait(PATIENCE)


def kill_web(var, service) -> None:
    os.killpg(service.process.pid, signal.SIGKILL)
    service.process.wait(PATIENCE)
    service.start(var)


def kill_postgresql(var) -> None:
    server = cluster(var)
    postmaster = server.postmaster()
    postmaster.send_signal(signal.SIGKILL)
    postmaster.wait(PATIENCE)
    server.start()


@pytest.mark.trial
def test_nothing_acknowledged_is_lost_and_the_rest_settles_by_its_key(var, served):
    service, desk = served
    chance = random.Random(18)
    first, second = chance.randrange(30, 60), chance.randrange(80, 110)
    desk.click_all({first: lambda: kill_web(var, service), second: lambda: kill_postgresql(var)})
    assert desk.told | desk.unknown == set(desk.forms)
    assert len(desk.told) >= second
    assert desk.unknown, "nothing was under way when it was killed"
    assert desk.told <= set(stored(var)) <= set(desk.forms)

    desk.settle()
    assert desk.told == set(desk.forms)
    assert stored(var) == dict.fromkeys(desk.forms, 1)
    told = program(var, "manage.py", "verify_ledger")  # the registry's chain, too, has what founded this office
    assert told.startswith("sound: ")
    assert f"{len(desk.forms)} sealed versions, {len(desk.forms)} dossiers" in told

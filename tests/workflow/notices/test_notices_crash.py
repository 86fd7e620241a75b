"""kill -9 of the real worker in the middle of everybody's daily mail, twice: the rest go out, none goes twice."""

import json
import os
import signal

import psycopg
import pytest

from config.launch.connection import APP, url
from config.launch.processes import end_all
from config.launch.run import jobs
from tests.config.conftest import folder  # noqa: F401 - a fixture
from tests.workflow.decisions.test_crash import PATIENCE, program, var  # noqa: F401 - a fixture
from tests.workflow.notices.mail_server import MailServer


class Worker:
    """The worker as `make run` starts it."""

    def __init__(self, var):  # noqa: F811
        self.var, self.service = var, jobs()

    def start(self) -> None:
        self.service.start(self.var)

    def die(self) -> None:
        os.killpg(self.service.process.pid, signal.SIGKILL)
        self.service.process.wait(PATIENCE)

    def end(self) -> None:
        end_all(self.var)
        self.service.process.wait(PATIENCE)


def asked(var, sql: str) -> list[tuple]:  # noqa: F811
    with psycopg.connect(url(APP, var)) as connection:
        return connection.execute(sql).fetchall()


def mails(var, state: str) -> set[str]:  # noqa: F811
    rows = asked(var, f"SELECT address FROM workflow_mail WHERE state = '{state}'")  # noqa: S608 - a word of ours
    return {address for (address,) in rows}


@pytest.fixture
def worker(var):  # noqa: F811
    yield (worker := Worker(var))
    worker.end()


@pytest.mark.trial
def test_a_worker_killed_among_the_daily_mails_loses_none_and_sends_none_twice(var, worker, monkeypatch):  # noqa: F811
    people = set(json.loads(program(var, "-m", "tests.workflow.notices.crash_mail", "decision")))
    crashes = {".": 20, "RCPT": 40}  # while its mail is being taken in; before it is given
    died = {}

    def crash(command: str, to: str) -> str | None:
        if command in crashes and len(server.given) >= crashes[command] and command not in died:
            died[command] = to
            worker.die()
            with server.kept:
                server.kept.notify_all()
            return "hang up"
        return None

    def next_round() -> None:
        worker.start()
        program(var, "-m", "tests.workflow.notices.crash_mail", "round")

    with MailServer(crash) as server:
        monkeypatch.setenv("TRINH_MAIL_HOST", "127.0.0.1")
        monkeypatch.setenv("TRINH_MAIL_PORT", str(server.port))
        worker.start()
        server.wait_until(lambda: "." in died)
        next_round()
        server.wait_until(lambda: "RCPT" in died)
        next_round()
        server.wait_for(len(people) - 1)
        worker.end()

    assert mails(var, "handing_over") == set(died.values())
    asked(var, "UPDATE workflow_mail SET at = at - interval '1 hour' WHERE state = 'handing_over' RETURNING 1")
    with MailServer() as later:
        monkeypatch.setenv("TRINH_MAIL_PORT", str(later.port))
        next_round()
        worker_is_done = "SELECT count(*) FROM workflow_mail WHERE state = 'unsure'"
        later.wait_until(lambda: asked(var, worker_is_done) == [(2,)])
    assert later.given == []
    assert len(server.recipients) == len(set(server.recipients)) == len(people) - 1
    assert set(server.recipients) | {died["RCPT"]} == people
    assert mails(var, "sent") == people - set(died.values())
    assert mails(var, "unsure") == set(died.values())
    assert asked(var, "SELECT count(*) FROM workflow_notice WHERE read_at IS NULL AND mail_id IS NOT NULL") == [(60,)]
    reminded = "SELECT task_name FROM procrastinate_jobs WHERE task_name LIKE '%.remind' AND status = 'succeeded'"
    assert sorted(asked(var, reminded)) == [("documents.remind",), ("workflow.remind",)]

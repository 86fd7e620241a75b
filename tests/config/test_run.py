"""The one command, with real processes: it comes up whatever ended the run before, and leaves nothing behind."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request

import psutil
import pytest
from django.conf import settings

from config.launch.cluster import Trouble
from config.launch.database import cluster
from config.launch.processes import BASE, Service, end_all, started_for
from config.launch.run import alone, listening

PATIENCE = 60


def until(condition):
    """Wait, within bounds, for a condition and return what it found."""
    deadline = time.monotonic() + PATIENCE
    while not (found := condition()):
        assert time.monotonic() < deadline, "waited in vain"
        time.sleep(0.02)
    return found


def sleeper(**options) -> Service:
    return Service("sleeper", ["-c", "import time; time.sleep(600)"], **options)


def test_a_busy_port_is_left_alone_and_the_next_free_one_taken(capfd):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with listening("127.0.0.1", port) as found:
            assert found.getsockname()[1] > port
    assert capfd.readouterr().out == f"Port {port}: Address already in use. Taking the next free one.\n"


def test_a_service_that_is_killed_is_started_again(tmp_path):
    service = sleeper()
    service.start(tmp_path)
    first = service.process.pid
    os.kill(first, signal.SIGKILL)
    service.process.wait()
    service.keep_alive(tmp_path)
    assert service.process.pid != first
    end_all(tmp_path)
    assert service.process.wait() == -signal.SIGTERM


def test_a_service_that_cannot_live_is_not_started_for_ever(tmp_path):
    service = Service("jobs", ["-c", "raise SystemExit(1)"])
    service.start(tmp_path)
    for _ in range(2):
        service.process.wait()
        service.keep_alive(tmp_path)
    service.process.wait()
    with pytest.raises(Trouble, match=r"^The jobs ends as soon as it starts"):
        service.keep_alive(tmp_path)


def test_what_an_earlier_run_left_is_known_without_a_pid_file_and_ended(tmp_path):
    """Even what does not want to end; another folder's processes are not touched."""
    here, there = tmp_path / "here", tmp_path / "there"
    deafness = "import pathlib, signal, sys, time; signal.signal(15, signal.SIG_IGN); pathlib.Path(sys.argv[1]).touch()"
    deaf = Service("deaf", ["-c", f"{deafness}; time.sleep(600)", str(tmp_path / "deaf")])
    other = sleeper()
    deaf.start(here)
    other.start(there)
    until((tmp_path / "deaf").exists)
    end_all(here, patience=0.5)
    assert deaf.process.wait() == -signal.SIGKILL
    assert (started_for(here), other.process.poll()) == ([], None)
    end_all(there)
    other.process.wait()


def test_two_runs_of_one_folder_do_not_meet(tmp_path, capsys):
    with alone(tmp_path) as note:
        note.write("http://127.0.0.1:8000/ (process 1)")
        note.flush()
        with pytest.raises(SystemExit) as ended, alone(tmp_path):
            pass
    assert ended.value.code == 0
    assert capsys.readouterr().out == "Trình already runs: http://127.0.0.1:8000/ (process 1)\n"


@pytest.fixture
def run(folder):
    """Starts whole runs in a folder of their own, without the demonstration."""
    runs = []
    choices = {"TRINH_VAR": str(folder / "var"), "TRINH_DEMO": "0", "TRINH_PORT": "0", "TRINH_WEB_PROCESSES": "1"}
    shutil.copytree(settings.VAR / "fonts", folder / "var" / "fonts")

    def start():
        command = [sys.executable, "-m", "config.launch.run"]
        runs.append(subprocess.Popen(command, cwd=BASE, env=os.environ | choices, stdout=subprocess.PIPE, text=True))
        return runs[-1]

    yield start
    for process in runs:
        process.kill()
        process.communicate()
    end_all(folder / "var")


def address(process) -> str:
    for line in process.stdout:
        if found := re.search(r"http://\S+", line):
            return found[0]
    raise AssertionError(f"ended with {process.wait()} before saying where it is")


def test_the_life_of_a_run(run, folder):
    first = run()
    page = urllib.request.urlopen(address(first) + "tai-khoan/login/")
    assert "default-src 'none'" in page.headers["Content-Security-Policy"]
    assert b"traceback" not in page.read().lower()

    first.kill()
    first.wait()
    orphans = started_for(folder / "var")
    assert orphans

    second = run()
    where = address(second)
    assert not [process for process in orphans if process.is_running() and process.status() != psutil.STATUS_ZOMBIE]
    for victim in web_process(folder), cluster(folder / "var").postmaster():
        victim.kill()
    until(lambda: answers(where))

    second.send_signal(signal.SIGINT)
    assert second.wait(PATIENCE) == 0
    assert second.stdout.read().endswith("Trình has stopped.\n")
    assert started_for(folder / "var") == []
    assert cluster(folder / "var").postmaster() is None


def web_process(folder) -> psutil.Process:
    webs = [it for it in started_for(folder / "var") if "config.launch.web" in it.cmdline()]
    return min(webs, key=psutil.Process.create_time)


def answers(where) -> bool:
    try:
        return urllib.request.urlopen(where + "tai-khoan/login/").status == 200
    except OSError:
        return False

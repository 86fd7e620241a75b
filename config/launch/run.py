"""Everything at once, under one process: `make run`. However a run ended, the next one comes up.

`python -m config.run web` has the pages alone, of an installation that is prepared and whose worker runs elsewhere.
"""

import contextlib
import fcntl
import http.client
import os
import signal
import socket
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from config.launch.cluster import Cluster, Trouble, foreign, told
from config.launch.connection import embedded
from config.launch.database import VAR, serving
from config.launch.processes import Service, end_all, step

HOST = os.environ.get("TRINH_BIND") or "127.0.0.1"
PORT = int(os.environ.get("TRINH_PORT") or 8000)
WEB_PROCESSES = int(os.environ.get("TRINH_WEB_PROCESSES") or 2)
DEMONSTRATION = (os.environ.get("TRINH_DEMO") or ("1" if embedded() else "0")) == "1"
SECONDS_TO_FIRST_PAGE = 60  # seconds for the first page


def main(part: str = "") -> None:
    for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
        signal.signal(number, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt), alone(VAR) as note:
        end_all(VAR)
        with serving(VAR) as server, ended_after(VAR):
            if part != "web":
                prepare(server)
            run(server, note, [] if part == "web" else [jobs()])
    print("\nTrình has stopped.", flush=True)


def prepare(server: Cluster | None) -> None:
    if server:
        print(f"PostgreSQL keeps its data in {server.data}", flush=True)
    step(VAR, "-m", "config.launch.prepare")
    if DEMONSTRATION:
        step(VAR, "manage.py", "load_demo")


def run(server: Cluster | None, note: TextIO, others: list[Service]) -> None:
    with listening(HOST, PORT) as sock:
        os.environ.setdefault("TRINH_URL", f"http://{HOST}:{sock.getsockname()[1]}")
        services = [*(web(sock) for _ in range(WEB_PROCESSES)), *others]
        for service in services:
            service.start(VAR)
        address = f"http://{HOST}:{sock.getsockname()[1]}/"
        await_sign_in(*sock.getsockname())
        note.write(f"{address} (process {os.getpid()})")
        note.flush()
        print(f"\nTrình is at {address}\nCtrl-C stops it.", flush=True)
        watch(services, server)


def web(sock: socket.socket) -> Service:
    """One process of the pages, on a socket that stays open while it is replaced; many may share the socket."""
    return Service("web server", ["-m", "config.launch.web", str(sock.fileno())], files=(sock.fileno(),))


def jobs() -> Service:
    return Service("worker", ["manage.py", "procrastinate", "worker", "--shutdown-graceful-timeout", "10"])


def watch(services: list[Service], server: Cluster | None) -> None:
    """Look after the database and the services until someone says stop."""
    while True:
        if server and not server.answers():
            print("PostgreSQL ended and is started again.", flush=True)
            server.start()
        for service in services:
            service.keep_alive(VAR)
        time.sleep(0.5)


def listening(host: str, port: int) -> socket.socket:
    """A listening socket on this port or, where that is taken, on the next free one; 0 is any."""
    for candidate in range(port, port + 100) if port else [0]:
        try:
            sock = socket.create_server((host, candidate), backlog=1024)
        except OSError as error:
            if candidate == port:
                print(f"Port {port}: {os.strerror(error.errno)}. Taking the next free one.", flush=True)
        else:
            return sock
    raise Trouble(f"No port from {port} to {port + 99} is free on {host}; name another: make run TRINH_PORT=9000")


def await_sign_in(host: str, port: int) -> None:
    """Return once pages are served; with names and TLS set up for others, an answer to us is a polite refusal."""
    connection = http.client.HTTPConnection(host, port, timeout=SECONDS_TO_FIRST_PAGE)
    try:
        connection.request("GET", "/tai-khoan/login/")
        status = connection.getresponse().status
    except OSError as error:
        raise Trouble(f"The web server does not answer: {error}") from error
    finally:
        connection.close()
    if status >= http.client.INTERNAL_SERVER_ERROR:
        raise Trouble(f"The sign-in page answers with status {status}; the web server's own words are above.")


@contextlib.contextmanager
def ended_after(var: Path) -> Iterator[None]:
    """Leave no process behind; a second Ctrl-C does not cut the ending short."""
    try:
        yield
    finally:
        for number in signal.SIGINT, signal.SIGTERM, signal.SIGHUP:
            signal.signal(number, signal.SIG_IGN)
        end_all(var)


@contextlib.contextmanager
def alone(var: Path) -> Iterator[TextIO]:
    """Be the only run of this folder; yields the note in which the next one reads where this one is."""
    var.mkdir(parents=True, exist_ok=True)
    for entry in (var, *var.iterdir()):
        if os.getuid() not in (0, entry.lstat().st_uid):
            raise foreign(entry)
    with open(var / "run.lock", "a+") as note:
        try:
            fcntl.flock(note, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            note.seek(0)
            print(f"Trình already runs: {note.read() or 'it is starting.'}")
            sys.exit(0)
        note.truncate(0)
        yield note


if __name__ == "__main__":
    try:
        main(*sys.argv[1:])
    except (Trouble, OSError) as trouble:
        sys.exit(told(trouble))

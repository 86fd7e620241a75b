"""The product behind its real web server, on the benchmarks' database."""

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator

import psutil
from django.db import connection

from config.launch.processes import BASE
from config.launch.run import await_sign_in, listening

SECONDS_TO_START = 30


@contextlib.contextmanager
def served(count: int = 1, settings: str = "config.settings") -> Iterator[tuple[int, list[psutil.Process]]]:
    """The port, and the web processes as `make run` starts them."""
    environment = os.environ | {"DATABASE_URL": address(), "DJANGO_SETTINGS_MODULE": settings}
    static = [sys.executable, "manage.py", "collectstatic", "--noinput", "--verbosity=0"]
    subprocess.run(static, cwd=BASE, env=environment, check=True)
    with listening("127.0.0.1", 0) as sock:
        command = [sys.executable, "-m", "config.launch.web", str(sock.fileno())]
        passed = [sock.fileno()]
        servers = [subprocess.Popen(command, cwd=BASE, env=environment, pass_fds=passed) for _ in range(count)]
        try:
            await_sign_in(*sock.getsockname())
            yield sock.getsockname()[1], [psutil.Process(server.pid) for server in servers]
        finally:
            for server in servers:
                server.terminate()
            for server in servers:
                server.wait(SECONDS_TO_START)


def address() -> str:
    """Where the benchmarks' own database is, for another process."""
    entry = connection.settings_dict
    return f"postgresql://{entry['USER']}@/{entry['NAME']}?host={entry['HOST'] or entry['OPTIONS']['host']}"

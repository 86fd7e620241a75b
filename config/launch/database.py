"""Whose embedded PostgreSQL runs where, and for how long. `python -m config.launch.database during …`"""

import contextlib
import fcntl
import os
import pwd
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from config.launch.cluster import Cluster, Trouble, digest, foreign, told
from config.launch.connection import embedded

VAR = Path(os.environ.get("TRINH_VAR") or Path(__file__).resolve().parent.parent.parent / "var").resolve()
APART = Path("/var/lib/trinh")


def cluster(var: Path = VAR) -> Cluster:
    """The server of this folder, under it; for root, where the server's user cannot reach it, apart."""
    var.mkdir(parents=True, exist_ok=True)
    here, apart = var / "postgres", APART / f"{var.parent.name}-{digest(var)}"
    made = [home for home in (here, apart) if home.exists()]
    if os.getuid():
        return Cluster(var, _own(made[0] if made else here), _person(os.getuid()))
    if made:
        return Cluster(var, made[0], _person(made[0].stat().st_uid or _nobody()))
    beside = Cluster(var, here, _person(var.parent.stat().st_uid or _nobody()))
    return beside if beside.can("true", var) else Cluster(var, apart, beside.user)


def _own(path: Path) -> Path:
    """This path, when it is the reader's own or nobody's yet."""
    if path.exists() and path.stat().st_uid != os.getuid():
        raise foreign(path)
    return path


def _nobody() -> int:
    return pwd.getpwnam("nobody").pw_uid


def _person(uid: int) -> pwd.struct_passwd:
    try:
        return pwd.getpwuid(uid)
    except KeyError:
        raise Trouble(f"PostgreSQL needs a user with a name, and user {uid} has none on this machine.") from None


@contextlib.contextmanager
def serving(var: Path = VAR) -> Iterator[Cluster | None]:
    """Have the server while the block runs; the last block to end stops it, unless `start` asked for it to stay."""
    if not embedded():
        yield None
        return
    server = cluster(var)
    with open(var / "database.users", "a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        try:
            server.start()
            yield server
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not (var / "database.keep").exists():
                    server.stop()


def main(verb: str = "status", *command: str) -> int:
    """Start the server and leave it, stop it, say where it is, or have it while a command runs."""
    if verb == "during":
        with serving():
            return subprocess.run(command).returncode
    server, keep = cluster(), VAR / "database.keep"
    if verb == "start":
        keep.touch()
        server.start()
    elif verb == "stop":
        keep.unlink(missing_ok=True)
        server.stop()
    running = bool(server.postmaster())
    print(f"PostgreSQL {'runs' if running else 'is stopped'}; its data: {server.data}, its socket: {server.socket}")
    return 0 if running or verb == "stop" else 1


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (Trouble, OSError) as trouble:
        sys.exit(told(trouble))

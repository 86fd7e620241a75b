"""The processes of a run: started, started again when they fall, told apart later and ended."""

import contextlib
import dataclasses
import os
import subprocess
import sys
import time
from pathlib import Path

import psutil

from config.launch.cluster import Trouble

BASE = Path(__file__).resolve().parent.parent.parent
MARK = "TRINH_RUN"  # in the environment of all that a run starts: a later run tells them by it, without a pid file
SECONDS_TO_END = 30  # seconds to end when asked
SHORT_LIFE = 5  # seconds; what ends sooner, three times in a row, will not mend by being started again


@dataclasses.dataclass
class Service:
    """A Python program that is started again when it ends."""

    name: str
    command: list[str]
    files: tuple[int, ...] = ()
    process: subprocess.Popen | None = None
    born: float = 0.0
    short_lives: int = 0

    def start(self, var: Path) -> None:
        """Start it out of reach of the terminal's Ctrl-C: the run ends its services in order."""
        self.born = time.monotonic()
        options = {"cwd": BASE, "env": marked(var), "pass_fds": self.files, "start_new_session": True}
        self.process = subprocess.Popen([sys.executable, *self.command], **options)

    def keep_alive(self, var: Path) -> None:
        if self.process.poll() is None:
            return
        self.short_lives = self.short_lives + 1 if time.monotonic() - self.born < SHORT_LIFE else 0
        if self.short_lives == 3:
            raise Trouble(f"The {self.name} ends as soon as it starts; its own words are above.")
        print(f"The {self.name} ended and is started again.", flush=True)
        self.start(var)


def marked(var: Path) -> dict[str, str]:
    return os.environ | {MARK: str(var), "TRINH_VAR": str(var)}


def step(var: Path, *command: str) -> None:
    """Run one program to its end, or stop here."""
    if subprocess.run([sys.executable, *command], cwd=BASE, env=marked(var)).returncode:
        raise Trouble(f"The step `{' '.join(command)}` failed; its own words are above.")


def started_for(var: Path) -> list[psutil.Process]:
    """Every living process that a run of this folder started, an earlier run's too."""
    processes = []
    for process in psutil.process_iter():
        with contextlib.suppress(psutil.Error):
            if process.pid != os.getpid() and process.environ().get(MARK) == str(var):
                processes.append(process)
    return processes


def end_all(var: Path, patience: float = SECONDS_TO_END) -> None:
    """Ask everything that a run started to end; after a while make it."""
    for order in psutil.Process.terminate, psutil.Process.kill:
        for process in started_for(var):
            with contextlib.suppress(psutil.NoSuchProcess):
                order(process)
        deadline = time.monotonic() + patience
        while started_for(var) and time.monotonic() < deadline:
            time.sleep(0.05)

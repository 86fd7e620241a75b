"""How fast the verifier reads a made-up ledger, and in how much memory.

`python -m benchmarks.measurements.verify [size …]`
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from time import perf_counter

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()

from audit.verification.verify import Tally, faults
from benchmarks.report import Report, heading

SLOWEST, MOST = 2000, 300  # events a second at least, MB at most
ROUNDS = 2


def measure(report: Report, name: str) -> None:
    """In a process of its own: what made the ledger has used memory as well."""
    from benchmarks.served import address

    command = [sys.executable, "-m", "benchmarks.measurements.verify", "read"]
    answer = subprocess.run(command, env=os.environ | {"DATABASE_URL": address()}, check=True, capture_output=True)
    dossiers, events, seconds, resident, *fault = answer.stdout.decode().split(maxsplit=4)
    rate, megabytes = int(events) / float(seconds), float(resident)
    report.note(f"verify.{name}.events", int(events), "events")
    report.note(f"verify.{name}.rate", round(rate), "events/s")
    report.note(f"verify.{name}.dossiers", round(int(dossiers) / float(seconds)), "dossiers/s")
    report.note(f"verify.{name}.resident", round(megabytes), "MB")
    report.demand(not fault, f"The made-up ledger does not verify: {''.join(fault)}")
    report.demand(rate >= SLOWEST, f"The verifier reads {rate:.0f} events/s; {SLOWEST} is due.")
    report.demand(megabytes < MOST, f"The verifier takes {megabytes:.0f} MB; {MOST} are allowed.")


def read() -> None:
    """Dossiers, events, seconds of the best round, the most memory in MB, and the first fault if there is one."""
    best, fault = float("inf"), ""
    for _round in range(ROUNDS):
        tally, start = Tally(), perf_counter()
        fault = fault or next(faults(tally), "")
        best = min(best, perf_counter() - start)
    status = Path("/proc/self/status").read_text()  # getrusage goes on counting what was there before exec
    [most] = re.findall(r"VmHWM:\s+(\d+)", status)
    print(tally.dossiers, tally.events, best, int(most) / 1024, fault)


def main(*sizes: str) -> None:
    from benchmarks import database
    from benchmarks.measurements import scale

    report = Report()
    with database.made():
        here = scale.office()
        for size in map(int, sizes or ["3000", "20000"]):
            here.grow(size)
            heading(f"The verifier among {size:,} dossiers")
            measure(report, str(size))
    sys.exit("\n".join(report.missed))


if __name__ == "__main__":
    read() if sys.argv[1:] == ["read"] else main(*sys.argv[1:])

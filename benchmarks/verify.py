"""How fast the verifier reads a made-up ledger, and in how much memory. `python -m benchmarks.verify [dossiers …]`"""

import os
import resource
import sys
from time import perf_counter

import django

if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
    django.setup()

from audit.verification.verify import Tally, faults
from benchmarks.report import Report, heading

FASTEST, LEAST_MEMORY = 2000, 300  # events a second at least, MB at most
ROUNDS = 2


def measure(report: Report, name: str) -> None:
    """In a process of its own: what made the ledger has used memory as well."""
    reading, writing = os.pipe()
    child = os.fork()
    if not child:
        os.close(reading)
        os.write(writing, _read().encode())
        os._exit(0)
    os.close(writing)
    with os.fdopen(reading) as said:
        answer = said.read().split(maxsplit=4)
    os.waitpid(child, 0)
    dossiers, events, seconds, megabytes = (float(figure) for figure in answer[:4])
    report.demand(len(answer) == 4, f"The made-up ledger does not verify: {''.join(answer[4:])}")
    report.note(f"verify.{name}.events", int(events), "events")
    report.note(f"verify.{name}.rate", round(events / seconds), "events/s")
    report.note(f"verify.{name}.dossiers", round(dossiers / seconds), "dossiers/s")
    report.note(f"verify.{name}.resident", round(megabytes), "MB")
    report.demand(events / seconds >= FASTEST, f"The verifier reads {events / seconds:.0f} events/s; {FASTEST} is due.")
    report.demand(megabytes < LEAST_MEMORY, f"The verifier takes {megabytes:.0f} MB; {LEAST_MEMORY} are allowed.")


def _read() -> str:
    """Dossiers, events, seconds of the best round, the most memory in MB, and the first fault if there is one."""
    from django.db import connection

    connection.connection = None  # the parent's
    best, found = float("inf"), ""
    for _round in range(ROUNDS):
        tally, start = Tally(), perf_counter()
        found = found or next(faults(tally), "")
        best = min(best, perf_counter() - start)
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return f"{tally.dossiers} {tally.events} {best} {most} {found}"


def main(*sizes: str) -> None:
    from benchmarks import database, scale

    report = Report()
    with database.made():
        here = scale.office()
        for size in map(int, sizes or ["3000", "20000"]):
            here.grow(size)
            heading(f"The verifier among {size:,} dossiers")
            measure(report, str(size))
    sys.exit("\n".join(report.missed))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Runs the measurements named on the command line, or all of them."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the applications come first

from benchmarks import database, office  # noqa: E402
from benchmarks.measurements import (  # noqa: E402
    bulk,
    crossing,
    decisions,
    memory,
    pages,
    people_import,
    scale,
    stalled,
    statements,
    storage,
    weight,
)
from benchmarks.report import Report  # noqa: E402

ALL = (statements, decisions, crossing, bulk, pages, weight, memory, stalled, people_import, storage, scale)


def main(*names: str) -> None:
    """Measure all, or those named: `make bench MEASURE=decisions`."""
    report = Report()
    with database.made():
        cast = office.cast()
        for measurement in ALL:
            if not names or measurement.__name__.rpartition(".")[2] in names:
                measurement.measure(report, cast)
    if not names:
        report.write(settings.VAR / "bench.json")
    sys.exit("\n".join(report.missed))


if __name__ == "__main__":
    main(*sys.argv[1:])

"""Runs the measurements named on the command line, or all of them."""

import os
import sys

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "benchmarks.settings")
django.setup()

from django.conf import settings  # noqa: E402 - the applications come first

from benchmarks import bulk, database, decisions, memory, office, pages, roster, scale, stalled, statements, weight  # noqa: E402
from benchmarks.report import Report  # noqa: E402


def main() -> None:
    report = Report()
    with database.made():
        cast = office.cast()
        for measurement in statements, decisions, bulk, pages, weight, memory, stalled, roster, scale:
            measurement.measure(report, cast)
    report.write(settings.VAR / "bench.json")
    sys.exit("\n".join(report.missed))


if __name__ == "__main__":
    main()

"""What one dossier with its chain takes in the database: bytes of every table and index, from a thousand made ones.

Seven hundred of them are reports, three hundred nominations; their content is counted too.
"""

from django.db import connection

from benchmarks.measurements import scale
from benchmarks.report import Report, heading
from tests.conftest import as_owner

MADE, LEAST_SHOWN = 1_000, 20

WRITTEN = ("ledger_event", "ledger_opening", "workflow_dossier", "workflow_searchentry")  # and written again

SIZES = """
SELECT class.relname, coalesce(indexed.relname, class.relname), pg_total_relation_size(class.oid) -
       CASE class.relkind WHEN 'r' THEN pg_indexes_size(class.oid) ELSE 0 END
FROM pg_class class LEFT JOIN pg_index ON indexrelid = class.oid LEFT JOIN pg_class indexed ON indexed.oid = indrelid
WHERE class.relkind IN ('r', 'i') AND class.relnamespace = 'public'::regnamespace"""


def measure(report: Report, cast) -> None:
    heading(f"Bytes of a dossier, each of {MADE:,} made ones")
    here = scale.office()
    before = sizes()
    here.grow(MADE)
    grown = {name: (table, (size - before[name][1]) / MADE) for name, (table, size) in sizes().items()}
    total = sum(size for _table, size in grown.values())
    for name, (table, size) in sorted(grown.items(), key=lambda row: (row[1][0], row[0] != row[1][0], -row[1][1])):
        if size >= LEAST_SHOWN:
            print(f"{'' if name == table else '    '}{name:<60} {size:>8.0f}")
    report.note("dossier.bytes", round(total), "bytes")


def sizes() -> dict[str, tuple[str, int]]:
    """Of every table with its long values and of every index, dead rows cleared away: name -> table, bytes."""
    with as_owner(), connection.cursor() as cursor:
        for table in WRITTEN:
            cursor.execute(f"VACUUM FULL {table}")
        cursor.execute(SIZES)
        return {name: (table, size) for name, table, size in cursor.fetchall()}

"""Columns, constraints, unique indexes and triggers of the guarded tables, word for word as PostgreSQL prints them.

The name of a guard says nothing: `CHECK (true)` can bear any. `definitions.txt` holds what the migrations leave behind;
`manage.py write_definitions` writes it, and a test compares the two.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

from ledger.catalogue.query import rows

FILE = Path(__file__).with_name("definitions.txt")

STANDING = r"""
SELECT relname::text AS of_table, 'constraint' AS kind, conname::text AS name,
       pg_get_constraintdef(pg_constraint.oid) AS definition
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid
WHERE contype IN ('c', 'p', 'u', 'f', 'x') AND relnamespace = 'public'::regnamespace AND relname = ANY(%s)
UNION ALL
SELECT relname::text, 'index', indexrelid::regclass::text, pg_get_indexdef(indexrelid)
FROM pg_index JOIN pg_class ON pg_class.oid = indrelid
WHERE indisunique AND indisvalid AND indislive
  AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid AND contype <> 'f')
  AND relnamespace = 'public'::regnamespace AND relname = ANY(%s)
UNION ALL
SELECT relname::text, 'trigger', tgname::text, pg_get_triggerdef(pg_trigger.oid)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE NOT tgisinternal AND relnamespace = 'public'::regnamespace AND relname = ANY(%s)
UNION ALL
SELECT relname::text, 'column', attname::text,
       concat(format_type(atttypid, atttypmod), CASE WHEN attnotnull THEN ' NOT NULL' END,
              ' COLLATE ' || nullif(attcollation, typcollation)::regcollation,
              CASE WHEN attgenerated <> '' THEN ' AS ' || pg_get_expr(adbin, adrelid) END)
FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_type ON pg_type.oid = atttypid
LEFT JOIN pg_attrdef ON adrelid = attrelid AND adnum = attnum
WHERE attnum > 0 AND NOT attisdropped AND relkind = 'r'
  AND relnamespace = 'public'::regnamespace AND relname = ANY(%s)
ORDER BY 1, 2, 3"""


class Part(NamedTuple):
    """What a definition is of."""

    table: str
    kind: str  # column, constraint, index, trigger
    name: str

    def __str__(self) -> str:
        return f"{self.kind} {self.name} {'on' if self.kind == 'trigger' else 'of'} {self.table}"


def standing(tables: list[str]) -> dict[Part, str]:
    """Part -> its definition on one line."""
    return {Part(*part): " ".join(text.split()) for *part, text in rows(STANDING, tables, tables, tables, tables)}


@cache
def installed() -> dict[Part, str]:
    """As the migrations of this very program leave them."""
    lines = (line.split("\t") for line in FILE.read_text(encoding="utf-8").splitlines())
    return {Part(*part): definition for *part, definition in lines}


def written(definitions: dict[Part, str]) -> str:
    return "".join("\t".join([*part, definition]) + "\n" for part, definition in sorted(definitions.items()))


def altered(tables: list[str]) -> Iterator[str]:
    """What these tables have lost, what stands under its name and says something else, and columns that came."""
    here = standing(tables)
    for part, definition in sorted(installed().items()):
        if part.table in tables and here.get(part) != definition:
            if part in here:
                yield f"{part} is not as the program installs it"
            elif part.kind != "trigger":  # those are missed by name, with those of other people's tables
                yield f"table {part.table} has lost its {part.kind} {part.name}"
    known = {part.table for part in installed()}
    for part in sorted(here.keys() - installed().keys()):
        if part.kind == "column" and part.table in known:
            yield f"{part} is none of the program's"

"""Every way round the guards that shows in the database's catalogue, one sentence each."""

from collections.abc import Generator, Iterator
from typing import Any

from django.apps import apps
from django.db.models import CheckConstraint, ForeignKey, Model, UniqueConstraint

from ledger.catalogue.definitions import altered, installed
from ledger.catalogue.guards import GUARDS, plain
from ledger.catalogue.powers import powers, settings, strangers
from ledger.catalogue.query import rows
from ledger.privileges import ADD_ONLY, APP_ROLE

TABLES = """
SELECT given.name, relkind, relrowsecurity OR relforcerowsecurity, relpersistence, relispartition,
       to_regclass(given.name) IS DISTINCT FROM pg_class.oid OR EXISTS (  -- or would, to the program
           SELECT FROM pg_class AS other JOIN pg_namespace ON pg_namespace.oid = other.relnamespace
           WHERE other.relname = given.name AND nspname = %s
       ),
       ARRAY(SELECT rulename::text FROM pg_rewrite WHERE ev_class = pg_class.oid AND relkind = 'r' ORDER BY 1),
       ARRAY(SELECT polname::text FROM pg_policy WHERE polrelid = pg_class.oid ORDER BY 1),
       NOT relhastriggers OR relchecks <> (
           SELECT count(*) FROM pg_constraint WHERE conrelid = pg_class.oid AND contype = 'c'
       ),
       ARRAY(SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = pg_class.oid
             UNION SELECT inhparent::regclass::text FROM pg_inherits WHERE inhrelid = pg_class.oid ORDER BY 1)
FROM unnest(%s::text[]) AS given (name)
LEFT JOIN pg_class ON relname = given.name AND relnamespace = 'public'::regnamespace
ORDER BY 1"""

TRIGGERS = """
SELECT relname::text, tgname::text, tgenabled, tgisinternal, pg_get_triggerdef(pg_trigger.oid)
FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
WHERE relnamespace = 'public'::regnamespace AND relname = ANY(%s) ORDER BY 1, 2"""

FUNCTIONS = """
SELECT proname::text, prosrc, coalesce(proconfig, '{}'), prosecdef FROM pg_proc
WHERE pronamespace = 'public'::regnamespace AND proname = ANY(%s)"""

CONSTRAINTS = """
SELECT relname::text, conname::text, contype, convalidated,
       ARRAY(SELECT attname::text FROM pg_attribute WHERE attrelid = conrelid AND attnum = ANY(conkey) ORDER BY 1)
FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid WHERE relname = ANY(%s)"""

INDEXES = """
SELECT relname::text FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid
WHERE indisunique AND indisvalid AND indislive"""

ASLEEP = {"D": "is disabled", "R": "only fires for a replica"}


def findings() -> Iterator[str]:
    """Nothing where every guard stands as the program installed it."""
    sound = yield from _tables()
    yield from _triggers(sound)
    yield from _functions()
    yield from _constraints(sound)
    yield from altered(sound)
    yield from strangers()
    yield from settings()
    yield from powers(guarded())


def guarded() -> list[str]:
    """Every table that a guard stands on or that may only grow."""
    return sorted({*GUARDS.tables, *ADD_ONLY})


def _tables() -> Generator[str, None, list[str]]:
    """Returns those that are tables, of which more can be asked."""
    tables = []
    for name, kind, secured, persistence, partition, shadowed, rules, policies, asleep, relatives in rows(
        TABLES, APP_ROLE, guarded()
    ):
        if kind is None:
            yield f"table {name} is gone"
            continue
        if kind != "r":
            yield f"{name} is {KINDS.get(kind, 'something else')}, no table"
            continue
        tables.append(name)
        if shadowed:
            yield f"another table stands before {name} on the search path"
        if asleep:
            yield f"table {name} says of itself that it has no triggers or checks: they sleep"
        if persistence != "p":
            yield f"table {name} is unlogged: a crash empties it"
        if secured or policies:
            listed = f" ({', '.join(policies)})" if policies else ""
            yield f"table {name} has row-level security{listed}: rows may be hidden"
        yield from (f"table {name} has the rule {rule}, which rewrites statements" for rule in rules)
        if partition or relatives:
            yield f"table {name} inherits or is inherited ({', '.join(relatives)}): rows may lie elsewhere"
    return tables


KINDS = {"v": "a view", "m": "a materialised view", "f": "a foreign table", "p": "a partitioned table"}


def _triggers(tables: list[str]) -> Iterator[str]:
    standing = {}
    for table, name, enabled, internal, definition in rows(TRIGGERS, tables):
        what = f"a foreign key's trigger on {table}" if internal else f"trigger {name} on {table}"
        if enabled in ASLEEP:
            yield f"{what} {ASLEEP[enabled]}"
        if internal:
            continue
        standing[table, name] = definition
        if (table, name) not in GUARDS.triggers:
            yield f"{what} is none of the program's"
    for (table, name), expected in sorted(GUARDS.triggers.items()):
        if table not in tables:
            continue
        if (table, name) not in standing:
            yield f"trigger {name} on {table} is gone"
        elif (table, "trigger", name) not in installed() and plain(standing[table, name]) != expected:
            yield f"trigger {name} on {table} is not as the program installs it"


def _functions() -> Iterator[str]:
    standing: dict[str, list[list[Any]]] = {}
    for name, *row in rows(FUNCTIONS, list(GUARDS.functions)):
        standing.setdefault(name, []).append(row)
    for name, (body, configured) in sorted(GUARDS.functions.items()):
        bodies = standing.get(name, [])
        if not bodies:
            yield f"function {name} is gone"
        elif len(bodies) > 1:
            yield f"function {name} exists more than once"
        elif (bodies[0][0], _lowered(bodies[0][1]), bodies[0][2]) != (body, configured, False):
            yield f"function {name} is not as the program installs it"


def _lowered(settings: list[str]) -> tuple[str, ...]:
    """PostgreSQL writes TimeZone where we write timezone."""
    parts = [setting.partition("=") for setting in settings]
    return tuple(sorted(f"{name.lower()}={value}" for name, _is, value in parts))


def _constraints(tables: list[str]) -> Iterator[str]:
    """What tables of somebody else's have lost of their models; ours are compared word for word."""
    ours = {part.table for part in installed()}
    tables = [table for table in tables if table not in ours]
    constraints: dict[tuple[Any, ...], bool] = {}
    for table, name, kind, validated, columns in rows(CONSTRAINTS, tables):
        constraints[table, name] = constraints[table, kind, tuple(columns)] = validated
    indexes = {name for (name,) in rows(INDEXES)}
    for model in _models(tables):
        table = model._meta.db_table
        for what, *keys in _expected(model):
            validity = [constraints[table, *key] for key in keys if (table, *key) in constraints]
            if not validity and not (len(keys[0]) == 1 and keys[0][0] in indexes):
                yield f"table {table} has lost {what}"
            elif validity and not validity[0]:
                yield f"table {table} does not hold all its rows to {what}"


def _models(tables: list[str]) -> list[type[Model]]:
    models = apps.get_models(include_auto_created=True)
    return sorted((it for it in models if it._meta.db_table in tables), key=lambda it: it._meta.db_table)


def _expected(model: type[Model]) -> Iterator[tuple[Any, ...]]:
    """(what it is in words, the keys it may be found by)"""
    for constraint in model._meta.constraints:
        if isinstance(constraint, CheckConstraint | UniqueConstraint):
            yield f"its constraint {constraint.name}", (constraint.name,)
    key = tuple(sorted(str(column.column) for column in model._meta.pk_fields))
    yield f"its primary key {', '.join(key)}", ("p", key)
    for column in model._meta.local_concrete_fields:
        if column.unique and not column.primary_key:
            yield f"the uniqueness of {column.column}", ("u", (column.column,))
        if isinstance(column, ForeignKey) and column.db_constraint:  # type: ignore[attr-defined]  # not in the stubs
            yield f"its foreign key {column.column}", ("f", (column.column,))

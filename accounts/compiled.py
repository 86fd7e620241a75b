"""Compiled queries: Django composes a fixed query once; every later call binds its values and builds the same rows.

Statements go through psycopg's server-side cursor, so that the server plans each once a connection as well.
"""

import contextlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import update_wrapper
from typing import Any
from uuid import UUID

import psycopg
from django.db import connection, models
from django.db.models.lookups import Lookup
from django.db.models.query import ModelIterable, ValuesListIterable, get_related_populators
from django.db.transaction import TransactionManagementError
from psycopg.sql import Literal

STAND_INS: dict[type, Callable[[int], Any]] = {  # no query of ours says these itself
    int: lambda n: 1_913_204_770 + n,
    str: lambda n: f"stand-in {n} \ue000",
    UUID: lambda n: UUID(int=0x7472_696E << 64 | n),
    date: lambda n: date(1, 2, 3 + n),
    datetime: lambda n: datetime(1, 2, 3, 4, 5, n, tzinfo=UTC),
}


@models.Field.register_lookup
class AnyOf(Lookup):
    """`pk__any=[…]`: one statement however long the list, where `__in` makes one for each length."""

    lookup_name = "any"

    def get_prep_lookup(self) -> list[Any]:
        return [self.lhs.output_field.get_prep_value(value) for value in self.rhs]

    def get_db_prep_lookup(self, value: Any, connection: Any) -> Any:
        return "%s", [[self.lhs.output_field.get_db_prep_value(it, connection, prepared=True) for it in value]]

    def as_sql(self, compiler: Any, connection: Any) -> Any:
        column, before = self.process_lhs(compiler, connection)
        place, values = self.process_rhs(compiler, connection)
        return f"{column} = ANY({place})", [*before, *values]


def cursor() -> Any:
    """A cursor whose statements the server prepares once they come again; Django's log has them with their values."""
    if connection.queries_logged:
        return connection.cursor()
    connection.ensure_connection()
    return connection.make_cursor(psycopg.Cursor(connection.connection))  # type: ignore[arg-type]  # a driver's own


@contextlib.contextmanager
def pipeline() -> Iterator[None]:
    """Send what follows in one round trip; Django's log, which asks each statement what it was, has them one by one."""
    connection.ensure_connection()
    own = contextlib.nullcontext() if connection.queries_logged else connection.connection.pipeline()
    with connection.wrap_database_errors, own:
        yield


def written(rows: models.QuerySet[Any]) -> tuple[str, list[Any]]:
    """A queryset's statement and its values, to stand within one that is written out."""
    sql, values = rows.order_by().query.get_compiler(connection=connection, elide_empty=False).as_sql()
    return sql, list(values)


@dataclass(frozen=True)
class Compiled:
    """One composed query: its statement, the arguments in the order of its places, and how its rows are built."""

    sql: str
    places: tuple[tuple[int, Callable[[Any], Any]], ...]  # (number of the argument, its type in the database)
    locks: bool
    build: Callable[[list[Any]], list[Any]]

    def bound(self, values: tuple[Any, ...]) -> list[Any]:
        return [typed(values[number]) for number, typed in self.places]


class Query:
    """A function from values to a queryset, run as compiled: `query(…)` is the list of its rows."""

    __name__: str  # the function's

    def __init__(self, function: Callable[..., models.QuerySet[Any]], kinds: tuple[Any, ...]):
        self.function, self.kinds = function, kinds
        self._compiled: Compiled | None = None
        update_wrapper(self, function)

    def __call__(self, *values: Any) -> list[Any]:
        with cursor() as sent:
            return self.send(sent, *values)()

    def send(self, sent: Any, *values: Any) -> Callable[[], list[Any]]:
        """Send the query through this cursor; what is given back fetches its rows (in a pipeline: later)."""
        compiled = self.compiled()
        if compiled.locks and not connection.in_atomic_block:
            raise TransactionManagementError(f"{self.__name__} locks rows; ask it inside a transaction.")
        sent.execute(compiled.sql, compiled.bound(values))
        return lambda: compiled.build(sent.fetchall())

    def plainly(self, *values: Any) -> list[Any]:
        """The same as Django does it, for the test that compares both."""
        return list(self.function(*values))

    def compiled(self) -> Compiled:
        if self._compiled is None:
            self._compiled = _compose(self.function, self.kinds)
        return self._compiled


def compiled(*kinds: Any) -> Callable[[Callable[..., models.QuerySet[Any]]], Query]:
    """`@compiled(int, [UUID])` above a function of a number and a list of UUIDs that returns a queryset."""
    return lambda function: Query(function, kinds)


def _compose(function: Callable[..., models.QuerySet[Any]], kinds: tuple[Any, ...]) -> Compiled:
    values = [_stand_in(kind, number) for number, kind in enumerate(kinds)]
    queryset = function(*values)
    if queryset._prefetch_related_lookups:  # type: ignore[attr-defined]  # Django's own word
        raise TypeError(f"{function.__name__} prefetches: that is more than one query.")
    compiler = queryset.query.get_compiler(connection=connection)
    sql, params = compiler.as_sql()
    pieces, places = sql.split("%s"), []
    if len(pieces) != len(params) + 1:
        raise TypeError(f"{function.__name__}: a literal “%s” stands in the statement.")
    composed = pieces[0]
    for param, piece in zip(params, pieces[1:], strict=True):
        number = next((n for n, value in enumerate(values) if isinstance(param, type(value)) and param == value), None)
        if number is None:
            composed += Literal(param).as_string(connection.connection).replace("%", "%%") + piece
        else:
            places.append((number, _typed(param)))
            composed += "%s" + piece
    if unused := set(range(len(kinds))) - {number for number, _typed in places}:
        raise TypeError(f"{function.__name__}: argument {min(unused)} is not a value of the query.")
    return Compiled(composed, tuple(places), queryset.query.select_for_update, _builder(queryset, compiler))


def _stand_in(kind: Any, number: int) -> Any:
    if isinstance(kind, list):
        return [STAND_INS[kind[0]](number)]
    return STAND_INS[kind](number)


def _typed(param: Any) -> Callable[[Any], Any]:
    """What makes a value what Django made of its stand-in: an integer of the column's width, above all."""
    if isinstance(param, list):
        one = _typed(param[0])
        return lambda values: [one(value) for value in values]
    return type(param) if isinstance(param, int) else lambda value: value


def _builder(queryset: models.QuerySet[Any], compiler: Any) -> Callable[[list[Any]], list[Any]]:
    """What Django's own iterables do with the rows of a statement, without its composing."""
    converters = compiler.get_converters([column[0] for column in compiler.select[: compiler.col_count]])

    def converted(rows: Any) -> Any:
        return compiler.apply_converters(rows, converters) if converters else rows

    if queryset._iterable_class is ValuesListIterable:
        return lambda rows: [tuple(row) for row in converted(rows)]
    if queryset._iterable_class is not ModelIterable:
        raise TypeError("Compiled queries give instances or tuples.")
    info, annotations, db = compiler.klass_info, (compiler.annotation_col_map or {}).items(), queryset.db
    start, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column[0].target.attname for column in compiler.select[start:end]]
    related = get_related_populators(info, compiler.select, db)  # type: ignore[call-arg]  # the stubs are of a later Django

    def instances(rows: list[Any]) -> list[Any]:
        objects = []
        for row in converted(rows):
            instance = info["model"].from_db(db, names, row[start:end])
            for populator in related:
                populator.populate(row, instance)
            for name, column in annotations:
                setattr(instance, name, row[column])
            objects.append(instance)
        return objects

    return instances

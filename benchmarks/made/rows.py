"""Rows by the thousand: one INSERT … SELECT from arrays, whatever triggers the table has."""

from django.db import connection


def insert(table: str, columns: dict[str, str], rows: list[tuple], *, more: str = "") -> list:
    """`columns` gives the type of each; `more` follows, and what it returns comes back."""
    return insert_as(table, columns, rows, ", ".join(columns), more=more)


def insert_as(table: str, columns: dict[str, str], rows: list[tuple], expressions: str, *, more: str = "") -> list:
    """The same, with what goes into the columns as expressions of SQL."""
    names = ", ".join(columns)
    return ask(f"INSERT INTO {table} ({names}) SELECT {expressions} FROM {_given(columns)} {more}", rows)  # noqa: S608


def update(table: str, columns: dict[str, str], rows: list[tuple]) -> None:
    """Set all but the first column, which is the primary key."""
    key, *others = columns
    assignments = ", ".join(f"{name} = given.{name}" for name in others)
    ask(f"UPDATE {table} SET {assignments} FROM {_given(columns)} WHERE {table}.{key} = given.{key}", rows)  # noqa: S608


def ask(statement: str, rows: list[tuple], *values) -> list:
    if not rows:
        return []
    with connection.cursor() as cursor:
        cursor.execute(statement, [*map(list, zip(*rows, strict=True)), *values])
        return cursor.fetchall() if cursor.description else []


def _given(columns: dict[str, str]) -> str:
    arrays = ", ".join(f"%s::{kind}[]" for kind in columns.values())
    return f"unnest({arrays}) AS given ({', '.join(columns)})"

"""Asking the database's catalogue."""

from typing import Any

from django.db import connection


def rows(query: str, *values: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(query, values or None)
        answer: list[tuple[Any, ...]] = cursor.fetchall()
    return answer

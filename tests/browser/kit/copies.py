"""Databases copied in the server: an office is loaded once, and every journey has one of its own to change."""

import contextlib

from django.db import connection

from tests.conftest import as_owner


@contextlib.contextmanager
def copy_in_use(suffix: str):
    """A copy of the database in use takes its place, for the live server's threads too, and goes away afterwards."""
    entry, original = connection.settings_dict, connection.settings_dict["NAME"]
    copied = f"{original}_{suffix}"
    _as_owner(f'DROP DATABASE IF EXISTS "{copied}"', f'CREATE DATABASE "{copied}" TEMPLATE "{original}"')
    entry["NAME"] = copied
    try:
        yield
    finally:
        connection.close()
        entry["NAME"] = original
        _as_owner(f'DROP DATABASE "{copied}"')  # waits a few seconds for the server's last line to it


def _as_owner(*statements: str) -> None:
    with as_owner(), connection._nodb_cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)

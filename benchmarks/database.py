"""A database of the benchmarks' own, as durable as the product's and reached in the program's role."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test.utils import setup_databases, setup_test_environment, teardown_databases

from tests.conftest import as_owner

DURABLE = ("fsync", "synchronous_commit", "full_page_writes")


@contextmanager
def made() -> Iterator[None]:
    setup_test_environment(debug=False)
    with as_owner():
        old = setup_databases(verbosity=0, interactive=False)
        call_command("createcachetable", verbosity=0)
        with connection.schema_editor() as tables:
            for model in apps.get_app_config("benchmarks").get_models():
                tables.create_model(model)
        call_command("grant_privileges")
    try:
        demand_durability()
        yield
    finally:
        with as_owner():
            teardown_databases(old, verbosity=0)


def demand_durability() -> None:
    """Figures from a database that forgets would be worth nothing."""
    with connection.cursor() as cursor:
        for setting in DURABLE:
            cursor.execute(f"SHOW {setting}")
            (value,) = cursor.fetchone()
            if value != "on":
                raise SystemExit(f"{setting} is {value}: the benchmarks want a durable database.")

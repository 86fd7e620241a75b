"""The tests' database: the owner makes and empties it, and everything else meets it as the program does."""

import contextlib
import gc
from pathlib import Path

import hypothesis
import pytest
from django.apps import apps
from django.conf import settings
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.test import TransactionTestCase
from django.test.utils import setup_databases, teardown_databases
from django.utils import translation
from django.utils.translation.reloader import translation_file_changed

from config.launch import fonts, messages
from config.launch.connection import OWNER, django, embedded, url
from config.launch.database import serving
from tests.standing import STANDING, asks
from tests.trial import TRIAL, often

# A slow machine is no fault of the code; in a trial, as many examples as hypothesis thinks right.
hypothesis.settings.register_profile("trinh", deadline=None, max_examples=often(30, trial=100))
hypothesis.settings.load_profile("trinh")
LONGEST = ("browser", "rights", "config")  # folders, longest files first


def pytest_configure(config):
    """Have the embedded server, the catalogue and the fonts; the last run to end stops the server."""
    messages.compile_all()
    translation_file_changed(None, Path("django.mo"))  # what Django read before, it reads anew
    fonts.main(settings.VAR / "fonts")
    server = contextlib.ExitStack()
    server.enter_context(serving())
    config.add_cleanup(server.close)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config, items):
    """Leave trials to `make trial`; keep shuffled folders together, for their tests share what is dear to make.

    Those with the longest files come first, and the others fill up what is left of the time. In a file, those who share
    its office come before those who want none.
    """
    folders = list(dict.fromkeys(item.path.parent for item in items))
    files = list(dict.fromkeys(item.path for item in items))

    def place(item):
        folder = item.path.parent
        rank = LONGEST.index(folder.name) if folder.name in LONGEST else len(LONGEST)
        return rank, folders.index(folder), files.index(item.path), not asks(item)

    items.sort(key=place)
    later = [item for item in items if item.get_closest_marker("trial") and not TRIAL]
    config.hook.pytest_deselected(items=later)
    items[:] = [item for item in items if item not in later]


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item):
    translation.deactivate()  # a page leaves its reader's language in the thread; what is made speaks the office's
    STANDING.before(item)


def pytest_collection_finish():
    """What is there by now stays to the end: no need to go through it again and again for what could be freed."""
    gc.freeze()
    gc.set_threshold(10_000)


def as_owner():
    """Connect anew as the owner of the tables, and anew as the program afterwards."""
    return _as(OWNER)


def as_superuser():
    """As whoever may do anything; only the embedded server lets us in as that."""
    if not embedded():
        pytest.skip("only the embedded server has a superuser whom we may be")
    return _as("postgres")


@contextlib.contextmanager
def _as(role: str):
    entry = connection.settings_dict
    program = {key: entry[key] for key in ("USER", "PASSWORD", "HOST", "PORT")}
    other = django(url(OWNER, settings.VAR)) | ({} if role == OWNER else {"USER": role})
    connection.close()
    entry.update({key: other[key] for key in program})
    try:
        yield
    finally:
        connection.close()
        entry.update(program)


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings_parallel_suffix):
    """Runs side by side name their own database."""


@pytest.fixture(scope="session")
def django_db_setup(request, django_test_environment, django_db_blocker, django_db_modify_db_settings):
    wanted = request.config.option
    keep, verbosity = wanted.reuse_db and not wanted.create_db, wanted.verbose
    with django_db_blocker.unblock(), as_owner():
        made = setup_databases(verbosity=verbosity, interactive=False, keepdb=keep)
        call_command("createcachetable")
        call_command("grant_privileges")
    yield
    if not wanted.reuse_db:
        with django_db_blocker.unblock(), as_owner():
            teardown_databases(made, verbosity=verbosity)


KEPT = {"django_content_type", "auth_permission"}  # made by migrations, and the same after every test


def emptied_by_the_owner(self) -> None:
    """TRUNCATE is refused to the program, so the emptying between tests that commit is the owner's."""
    with as_owner():
        tables = set(connection.introspection.django_table_names(only_existing=True, include_views=False))
        jobs = {model._meta.db_table for model in apps.get_app_config("procrastinate").get_models()}  # not managed
        connection.ops.execute_sql_flush(connection.ops.sql_flush(no_style(), sorted((tables | jobs) - KEPT)))
        cache.clear()


TransactionTestCase._fixture_teardown = emptied_by_the_owner

"""An office that stands while one test after another asks for it: made once a file, and each has it as it was made.

It is made in a transaction that lies around the tests' own and is rolled back at the end. pytest-django opens a test's
own transaction in a fixture, so the office must stand or be gone before any fixture of a test: `pytest_runtest_setup`
calls `before`. Only at the first test of a file that asks is nothing known yet of what to make; then the file's own
fixture, which comes before those of the test, makes it.
"""

import contextlib
import copy
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

FIXTURE = "standing"  # whoever asks for it, directly or not


class Standing:
    """The office of the file under way. It makes way for a test that does not ask for it or that commits: that one
    starts with empty tables."""

    def __init__(self):
        self._due = False  # in the test that is about to begin
        self._make = self._blocker = None  # while a file's fixture is there
        self._made = None  # while it stands
        self._around = contextlib.ExitStack()  # the transaction it stands in

    def before(self, item) -> None:
        """Stand or make way for this test; its fixtures come later."""
        self._due = asks(item) and not commits(item)
        self._arrange()

    @contextlib.contextmanager
    def of(self, make, blocker) -> Iterator["Standing"]:
        """From the first test of a file that asks to its last."""
        self._make, self._blocker = make, blocker
        self._arrange()
        yield self
        self._due = False
        self._arrange()
        self._make = None

    def office(self):
        """As it was made: what a test does to its people and units in memory, no other sees."""
        return copy.deepcopy(self._made) if self._made else self._make()

    def _arrange(self) -> None:
        if not self._make or self._due == bool(self._made):
            return
        with self._blocker.unblock():
            if self._due:
                self._made = self._around.enter_context(_rolled_back_later(self._make))
            else:
                self._around.close()
                self._made = None


@contextlib.contextmanager
def _rolled_back_later(make) -> Iterator:
    with transaction.atomic():
        made = make()
        connection.check_constraints()  # the guards at COMMIT look at it here, and not again with every test
        yield made
        transaction.set_rollback(True)


def asks(item) -> bool:
    """Whether this test is told in the office, through whatever fixture."""
    return FIXTURE in getattr(item, "fixturenames", ())


def commits(item) -> bool:
    """Whether it commits, as a race does: then it makes an office of its own, which is emptied away afterwards."""
    marker = item.get_closest_marker("django_db")
    return "transactional_db" in item.fixturenames or bool(marker and marker.kwargs.get("transaction"))


STANDING = Standing()


def standing(make):
    """The fixture of a folder whose office this makes."""

    @pytest.fixture(scope="module", name=FIXTURE)
    def kept(django_db_setup, django_db_blocker):
        with STANDING.of(make, django_db_blocker) as it:
            yield it

    return kept

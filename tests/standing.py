"""An office that stands while one test after another asks for it: made once, and each has it as it was made."""

import contextlib
import copy
from collections.abc import Iterator

import pytest
from django.db import connection, transaction

FIXTURE = "standing"  # whoever asks for it, directly or not


class Standing:
    """The office of a file's tests, in a transaction around their own; it makes way for a test that does not ask for it
    or that commits, who shall find nothing."""

    def __init__(self):
        self.wanted = False  # by the test that is about to begin
        self._make = self._blocker = self._open = None

    def before(self, item) -> None:
        """Stand or make way before pytest-django opens the test's own transaction."""
        self.wanted = asks(item) and not commits(item)
        self._arrange()

    @contextlib.contextmanager
    def of(self, make, blocker) -> Iterator["Standing"]:
        self._make, self._blocker = make, blocker
        self._arrange()
        yield self
        self.wanted = False
        self._arrange()
        self._make = None

    def office(self):
        """As it was made: what a test does to its people and units in memory, no other sees."""
        return copy.deepcopy(self._made) if self._open else self._make()

    def _arrange(self) -> None:
        if not self._make or self.wanted == bool(self._open):
            return
        with self._blocker.unblock():
            if self.wanted:
                self._open = _transaction(self._make)
                self._made = self._open.__enter__()
            else:
                self._open.__exit__(None, None, None)
                self._open = None


@contextlib.contextmanager
def _transaction(make) -> Iterator:
    with transaction.atomic():
        made = make()
        connection.check_constraints()  # the guards at COMMIT look at it here, and not again with every test
        yield made
        transaction.set_rollback(True)


def asks(item) -> bool:
    return FIXTURE in getattr(item, "fixturenames", ())


def commits(item) -> bool:
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

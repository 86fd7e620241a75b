"""The rights table of documents, asked at every address."""

import pytest

from tests.rights.documents import ROWS
from tests.rights.trying import a_stranger_tries, at_the_database, everybody_tries, world

__all__ = ["at_the_database", "world"]


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_address(row, world):
    everybody_tries(row, world)


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.label)
def test_address_without_a_session(row, world):
    a_stranger_tries(row, world)

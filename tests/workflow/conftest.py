"""The office of the workflow tests."""

import pytest
from django.utils import translation

from tests.workflow.office import Office


@pytest.fixture
def office(db) -> Office:
    return Office()


@pytest.fixture
def english():
    """Compare sentences with their msgids, whatever the catalogue says."""
    with translation.override("en"):
        yield

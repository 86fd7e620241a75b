"""The office of the workflow tests."""

import pytest
from django.utils import translation

from accounts.models import Authority, Role
from tests.standing import standing
from tests.workflow.office import Office

kept = standing(Office)


@pytest.fixture
def office(standing, db) -> Office:
    return standing.office()


@pytest.fixture
def administrator(office) -> Authority:
    return office.officer("tuan", Role.ADMINISTRATOR, office.district)


@pytest.fixture
def english():
    """Compare sentences with their msgids, whatever the catalogue says."""
    with translation.override("en"):
        yield

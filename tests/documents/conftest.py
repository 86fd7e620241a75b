"""What the tests of the papers share."""

import pytest

from tests.documents.factories import Office
from tests.standing import standing

kept = standing(Office)


@pytest.fixture
def office(standing, db):
    return standing.office()


@pytest.fixture
def drafter(office, client):
    """The drafter's browser."""
    client.force_login(office.drafter.person, backend="accounts.backends.AppointmentBackend")
    return client


@pytest.fixture
def report(office):
    """An empty draft of theirs."""
    return office.report()


@pytest.fixture(autouse=True)
def files_apart(settings, tmp_path):
    """No test leaves a file behind."""
    settings.MEDIA_ROOT = tmp_path / "files"

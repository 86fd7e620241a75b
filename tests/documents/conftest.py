"""What the tests of the papers share."""

import pytest

from tests.documents.factories import Office


@pytest.fixture
def office(db):
    return Office()


@pytest.fixture(autouse=True)
def files_apart(settings, tmp_path):
    """No test leaves a file behind."""
    settings.MEDIA_ROOT = tmp_path / "files"

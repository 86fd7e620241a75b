"""The cast of the sign-in tests."""

import pytest
from django.core.cache import cache

from accounts.models import Role
from tests.accounts.door import PASSWORD
from tests.factories import appoint, person, unit


@pytest.fixture(autouse=True)
def nobody_has_tried_yet(request):
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        cache.clear()


@pytest.fixture
def office(db):
    return unit("Q1", short_name="LĐLĐ quận")


@pytest.fixture
def approver(office):
    someone = person("duyet", "Trần Thị Bích Hạnh", password=PASSWORD)
    appoint(someone, unit("CD1", office), Role.APPROVER)
    return someone

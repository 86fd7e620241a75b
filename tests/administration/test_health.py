"""The operators' page: every line in words, what is wrong shown as wrong, nothing of it for strangers."""

import pytest
from django.core.cache import cache
from django.urls import reverse

from administration.jobs import note_verified, verify
from tests.conftest import as_owner
from workflow.health import findings

pytestmark = pytest.mark.django_db


def looks() -> dict:
    return {finding.what: finding.look for finding in findings()}


def test_without_a_worker_the_page_says_so(db):
    cache.clear()
    found = [finding.look for finding in findings()]
    assert found.count("error") == 1, "only the worker has not reported"
    assert len(found) == 11


def test_the_night_s_verification_is_shown(db):
    cache.clear()
    ledger = next(look for look in looks().items() if look[1] == "warn")[0]
    verify(0)
    assert looks()[ledger] == "ok"
    note_verified("a version is not as it was sealed")
    assert looks()[ledger] == "error"


@pytest.mark.django_db(transaction=True)
def test_a_role_that_owns_the_record_is_an_error(settings):
    with as_owner():
        assert next(findings()).look == "error"
        settings.ONE_DATABASE_ROLE = True
        assert next(findings()).look == "warn"


def test_a_stranger_learns_only_whether_it_is_up(client):
    answer = client.get(reverse("workflow:health"))
    assert answer.json() == {"status": "ok", "record": "guarded"}

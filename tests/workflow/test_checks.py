"""The program says so when its own role could rewrite the record."""

import pytest
from django.urls import reverse

from ledger.checks import rules_the_record, separate_role
from tests.conftest import as_owner


def test_the_program_s_role_cannot_rule_the_record(db):
    assert not rules_the_record()
    assert separate_role(databases=["default"]) == []


@pytest.mark.django_db(transaction=True)
def test_the_owner_s_role_is_an_error_unless_chosen_and_health_shows_it(client, settings):
    with as_owner():
        assert rules_the_record()
        assert [error.id for error in separate_role(databases=["default"])] == ["workflow.E001"]
        answer = client.get(reverse("workflow:health"))
        assert (answer.status_code, answer.json()["status"]) == (503, "unsafe")
        settings.ONE_DATABASE_ROLE = True
        assert separate_role(databases=["default"]) == []
        answer = client.get(reverse("workflow:health"))
        assert (answer.status_code, answer.json()["record"]) == (200, "one role, by choice")

"""In tests as in the product, the program meets the database as the program, not as the owner of its tables."""

import threading

import pytest
from django.contrib.auth.models import Group
from django.db import DatabaseError, connection

from config.launch.connection import APP, OWNER
from tests.conftest import as_owner


def role() -> str:
    with connection.cursor() as cursor:
        cursor.execute("SELECT session_user || '/' || current_user")
        return cursor.fetchone()[0]


@pytest.mark.django_db
def test_tests_run_as_the_program():
    assert role() == f"{APP}/{APP}"


@pytest.mark.django_db(transaction=True)
def test_another_thread_meets_it_so_too():
    found = []

    def ask():
        found.append(role())
        connection.close()

    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert found == [f"{APP}/{APP}"]


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("turn", ["first", "second"])
def test_what_a_test_committed_is_gone_in_the_next(turn):
    assert not Group.objects.exists()
    Group.objects.create(name="nobody")
    with as_owner():
        assert role() == f"{OWNER}/{OWNER}"
    assert role() == f"{APP}/{APP}"


@pytest.mark.django_db
def test_the_program_cannot_empty_a_table():
    with pytest.raises(DatabaseError, match="permission denied"), connection.cursor() as cursor:
        cursor.execute("TRUNCATE django_session")

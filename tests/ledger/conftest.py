"""A record in the hands of its owner, who has put every guard to sleep."""

import pytest
from django.db import connection, transaction

from ledger.models import Event
from tests.conftest import as_owner
from tests.workflow.office import Office
from workflow.states import State

TABLES = ("ledger_event", "ledger_opening", "workflow_version", "workflow_dossier", "workflow_point")


@pytest.fixture
def record(transactional_db):
    """One dossier that was returned, and the owner with every guard asleep."""
    paper = Office().memo_in(State.RETURNED)
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        for table in TABLES:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        cursor.execute("DROP INDEX opening_said")  # it reads the openings itself, and would refuse most of this
        yield Event.objects.get(chain=paper.ref, verb="return")
        transaction.set_rollback(True)

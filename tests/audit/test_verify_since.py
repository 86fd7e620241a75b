"""An auditor keeps a verified point: later only what is newer is read, and what was there must be there unchanged."""

from io import StringIO

import psycopg
import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from tests.audit.test_verify import TAMPERED, found_after, office_at_work  # noqa: F401 - the fixture
from tests.conftest import as_owner
from tests.workflow.office import Office, do
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db(transaction=True)


def verified(*arguments) -> list[str]:
    out = StringIO()
    call_command("verify_ledger", *arguments, stdout=out)
    return out.getvalue().splitlines()


@pytest.fixture
def kept(tmp_path):
    return tmp_path / "point"


def test_only_what_is_new_is_read(kept):
    cast = Office()
    papers = [cast.memo_in(State.SUBMITTED) for _ in range(3)]
    sound, point = verified("--mark", kept)
    assert point.startswith("verified point: ")
    since, sound = verified("--since", kept)
    assert since == point.replace("verified point:", "since the verified point:")
    assert sound == "sound: 0 events in 0 chains, 0 sealed versions, 0 dossiers"
    do(Verb.APPROVE, papers[1], cast.approver)
    digest = point.split()[2]
    assert verified("--since", kept, "--point", digest)[1] == (
        "sound: 3 events in 1 chains, 1 sealed versions, 1 dossiers"
    )
    with pytest.raises(CommandError, match="holds another verified point"):
        verified("--since", kept, "--point", "0" * 64)


@pytest.mark.parametrize(("elsewhere", "read_again"), [(True, 0), (False, 1)])
def test_what_still_ran_at_the_point_is_read_again_unless_it_ran_in_another_database(kept, elsewhere, read_again):
    """Another database of the server can change nothing here; a transaction of this one may have written anything."""
    own = connection.get_connection_params()
    with psycopg.connect(**(own | {"dbname": "postgres"} if elsewhere else own)) as running:
        running.execute("SELECT pg_current_xact_id()")
        Office().memo_in(State.SUBMITTED)
        verified("--mark", kept)
    assert verified("--since", kept)[1].endswith(f" {read_again} dossiers")


def test_what_is_no_point_is_said(kept):
    kept.write_text("{}\n")
    with pytest.raises(CommandError, match="holds no verified point"):
        verified("--since", kept)


def test_what_is_tampered_after_the_point_is_found(office_at_work, kept):  # noqa: F811
    verified("--mark", kept)
    with as_owner():
        unseen = [what for what, sql in TAMPERED.items() if not found_after(sql, "--since", kept)]
    assert unseen == []

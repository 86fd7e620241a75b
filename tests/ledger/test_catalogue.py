"""The owner switches guards off: the catalogue tells, whatever the rows say."""

import pytest
from django.core.cache import cache
from django.db import connection, transaction

from administration.jobs import verify
from audit.verification.verify import Tally, faults
from ledger.catalogue.definitions import FILE, standing, written
from ledger.catalogue.findings import findings, guarded
from ledger.catalogue.guards import GUARDS
from tests.conftest import as_owner, as_superuser
from workflow import health

pytestmark = pytest.mark.django_db(transaction=True)


def test_every_guard_stands_as_the_program_installs_it(db):
    assert list(findings()) == []
    assert len(GUARDS.triggers) > 40
    assert set(GUARDS.functions) >= {"ledger_event_guard", "workflow_freeze", "documents_quoted_fixed"}


def test_the_definitions_are_those_the_migrations_leave_behind(db):
    of_tests = {"testapp_memo"}  # a kind of paper of the tests
    made = written(standing([table for table in guarded() if table not in of_tests]))
    assert FILE.read_text(encoding="utf-8") == made, "run `manage.py write_definitions` and commit what it wrote"


SIDE_DOORS = {
    "ALTER TABLE ledger_event DISABLE TRIGGER event_guard": ["trigger event_guard on ledger_event is disabled"],
    "ALTER TABLE workflow_dossier DISABLE TRIGGER dossier_fixed": [
        "trigger dossier_fixed on workflow_dossier is disabled"
    ],
    "ALTER TABLE ledger_event ENABLE REPLICA TRIGGER event_sealed": [
        "trigger event_sealed on ledger_event only fires for a replica"
    ],
    "DROP TRIGGER version_sealed ON workflow_version": ["trigger version_sealed on workflow_version is gone"],
    "DROP TRIGGER testapp_memo_frozen ON testapp_memo": ["trigger testapp_memo_frozen on testapp_memo is gone"],
    """CREATE OR REPLACE TRIGGER event_sealed BEFORE UPDATE OR DELETE ON ledger_event
       FOR EACH ROW WHEN (false) EXECUTE FUNCTION ledger_immutable()""": [
        "trigger event_sealed on ledger_event is not as the program installs it"
    ],
    """CREATE OR REPLACE TRIGGER event_sealed BEFORE DELETE ON ledger_event
       FOR EACH ROW EXECUTE FUNCTION ledger_immutable()""": [
        "trigger event_sealed on ledger_event is not as the program installs it"
    ],
    """CREATE FUNCTION quietly() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RETURN NULL; END';
       CREATE TRIGGER aside BEFORE INSERT ON ledger_opening FOR EACH ROW EXECUTE FUNCTION quietly()""": [
        "trigger aside on ledger_opening is none of the program's"
    ],
    """CREATE OR REPLACE FUNCTION ledger_immutable() RETURNS trigger LANGUAGE plpgsql
       SET search_path = pg_catalog, public, pg_temp AS 'BEGIN RETURN NEW; END'""": [
        "function ledger_immutable is not as the program installs it"
    ],
    "ALTER FUNCTION ledger_event_guard() RESET search_path": [
        "function ledger_event_guard is not as the program installs it"
    ],
    """DROP FUNCTION documents_quoted_fixed() CASCADE""": [
        "trigger award_fixed on documents_awardtype is gone",
        "trigger campaign_fixed on documents_campaign is gone",
        "function documents_quoted_fixed is gone",
    ],
    """ALTER TABLE ledger_event ENABLE ROW LEVEL SECURITY;
       CREATE POLICY partly ON ledger_event USING (verb <> 'reject')""": [
        "table ledger_event has row-level security (partly): rows may be hidden"
    ],
    """ALTER TABLE workflow_accesslog RENAME TO kept_log;
       CREATE VIEW workflow_accesslog AS SELECT * FROM kept_log WHERE false""": [
        "workflow_accesslog is a view, no table",
        "role trinh_app has the privilege DELETE on workflow_accesslog",
        "role trinh_app has the privilege UPDATE on workflow_accesslog",
    ],
    "CREATE RULE aside AS ON INSERT TO ledger_event DO INSTEAD NOTHING": [
        "table ledger_event has the rule aside, which rewrites statements"
    ],
    "CREATE TABLE beside () INHERITS (ledger_event)": [
        "table ledger_event inherits or is inherited (beside): rows may lie elsewhere"
    ],
    "ALTER TABLE accounts_signin SET UNLOGGED": ["table accounts_signin is unlogged: a crash empties it"],
    "ALTER TABLE ledger_event DROP CONSTRAINT chain_gap_free": [
        "table ledger_event has lost its constraint chain_gap_free"
    ],
    "ALTER TABLE workflow_dossier ADD COLUMN seal text": ["column seal of workflow_dossier is none of the program's"],
    "ALTER TABLE workflow_dossier RENAME COLUMN search_text TO text": [
        "table workflow_dossier has lost its column search_text",
        "column text of workflow_dossier is none of the program's",
    ],
    "DROP INDEX one_live_dossier_each_slot": ["table workflow_dossier has lost its index one_live_dossier_each_slot"],
    "ALTER TABLE accounts_signin DROP COLUMN user_agent": ["table accounts_signin has lost its column user_agent"],
    "ALTER TABLE testapp_memo DROP CONSTRAINT testapp_memo_pkey": [
        "table testapp_memo has lost its primary key dossier_ptr_id"
    ],
    "ALTER TABLE workflow_version DROP CONSTRAINT version_number_once": [
        "table workflow_version has lost its constraint version_number_once"
    ],
    """ALTER TABLE workflow_version DROP CONSTRAINT version_number_counted;
       ALTER TABLE workflow_version ADD CONSTRAINT version_number_counted CHECK (id <> 0) NOT VALID""": [
        "constraint version_number_counted of workflow_version is not as the program installs it",
    ],
    "ALTER DATABASE {database} SET synchronous_commit = off": ["database {database} sets synchronous_commit to off"],
    "ALTER ROLE trinh_owner SET synchronous_commit = off": ["role trinh_owner sets synchronous_commit to off"],
    "ALTER ROLE trinh_owner IN DATABASE {database} SET search_path = elsewhere, public": [
        "role trinh_owner in database {database} sets search_path to elsewhere, public"
    ],
    "GRANT UPDATE ON ledger_event TO trinh_app": ["role trinh_app has the privilege UPDATE on ledger_event"],
    "GRANT UPDATE (texts) ON ledger_opening TO trinh_app": [
        "role trinh_app has the privilege UPDATE on ledger_opening"
    ],
    "GRANT DELETE ON workflow_version TO PUBLIC": ["role PUBLIC has the privilege DELETE on workflow_version"],
    "GRANT TRUNCATE ON workflow_point TO trinh_app": ["role trinh_app has the privilege TRUNCATE on workflow_point"],
    "GRANT CREATE ON SCHEMA public TO trinh_app": ["role trinh_app may create tables and functions"],
    # Under its name, and something else.
    """ALTER TABLE workflow_version DROP CONSTRAINT version_number_counted;
       ALTER TABLE workflow_version ADD CONSTRAINT version_number_counted CHECK (true)""": [
        "constraint version_number_counted of workflow_version is not as the program installs it"
    ],
    """ALTER TABLE workflow_version DROP CONSTRAINT version_number_once;
       ALTER TABLE workflow_version ADD CONSTRAINT version_number_once UNIQUE (id)""": [
        "constraint version_number_once of workflow_version is not as the program installs it"
    ],
    """DROP INDEX one_live_dossier_each_slot;
       CREATE UNIQUE INDEX one_live_dossier_each_slot ON workflow_dossier (id)""": [
        "index one_live_dossier_each_slot of workflow_dossier is not as the program installs it"
    ],
    # Read by the program alone; compared by other rules; found by words that nobody keeps any more.
    """CREATE SCHEMA trinh_app; CREATE TABLE trinh_app.ledger_event (LIKE public.ledger_event)""": [
        "another table stands before ledger_event on the search path"
    ],
    """ALTER TABLE workflow_point ALTER text TYPE text COLLATE "POSIX\"""": [
        "column text of workflow_point is not as the program installs it"
    ],
    "ALTER TABLE accounts_user ALTER search_text DROP EXPRESSION": [
        "column search_text of accounts_user is not as the program installs it"
    ],
    "ALTER TABLE ledger_event ALTER leaf_hash DROP NOT NULL": [
        "column leaf_hash of ledger_event is not as the program installs it"
    ],
    """CREATE OR REPLACE TRIGGER unit_code_kept BEFORE UPDATE ON accounts_unit FOR EACH ROW
       WHEN (OLD.code::bpchar IS DISTINCT FROM NEW.code) EXECUTE FUNCTION ledger_immutable()""": [
        "trigger unit_code_kept on accounts_unit is not as the program installs it"
    ],
    """CREATE FUNCTION door(said text) RETURNS void LANGUAGE plpgsql SECURITY DEFINER
       AS 'BEGIN EXECUTE said; END'""": ["function door is none of the program's"],
    """CREATE FUNCTION never(varchar, text) RETURNS boolean LANGUAGE sql AS 'SELECT false';
       CREATE OPERATOR public.<> (FUNCTION = never, LEFTARG = varchar, RIGHTARG = text)""": [
        "operator <>(character varying,text) is none of the program's"
    ],
}


def named(sentence: str) -> str:
    return sentence.replace("{database}", connection.settings_dict["NAME"])


@pytest.mark.parametrize(("sql", "sentences"), SIDE_DOORS.items(), ids=range(len(SIDE_DOORS)))
def test_a_side_door_is_named(sql, sentences):
    expected = [named(sentence) for sentence in sentences]
    with as_owner(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(named(sql))
        try:
            assert list(findings()) == expected
            assert [found for found, _ in zip(faults(Tally()), expected, strict=False)] == expected
            said = health.guards()
            assert said.look == "error"
            assert said.text == "; ".join(expected)
        finally:
            transaction.set_rollback(True)


SUPERUSERS = {
    "ALTER ROLE trinh_app SET session_replication_role = replica": (
        "role trinh_app sets session_replication_role to replica"
    ),
    "GRANT SET ON PARAMETER session_replication_role TO trinh_app": "role trinh_app may set session_replication_role",
    "ALTER TABLE ledger_opening DISABLE TRIGGER ALL": "a foreign key's trigger on ledger_opening is disabled",
    "ALTER ROLE trinh_app BYPASSRLS": "role trinh_app has the power of bypassing row-level security",
    "ALTER ROLE trinh_app CREATEROLE": "role trinh_app has the power of making roles",
    "GRANT pg_write_all_data TO trinh_app": "role trinh_app is a member of pg_write_all_data",
    "ALTER TABLE ledger_opening OWNER TO trinh_app": "role trinh_app owns table ledger_opening",
    "ALTER FUNCTION ledger_event_guard() OWNER TO trinh_app": "role trinh_app owns function ledger_event_guard",
    "GRANT ALTER SYSTEM ON PARAMETER fsync TO trinh_app": "role trinh_app may set fsync",
    "UPDATE pg_class SET relhastriggers = false WHERE relname = 'accounts_user'": (
        "table accounts_user says of itself that it has no triggers or checks: they sleep"
    ),
}


@pytest.mark.parametrize(("sql", "sentence"), SUPERUSERS.items(), ids=range(len(SUPERUSERS)))
def test_a_side_door_of_the_superuser_is_named(sql, sentence):
    with as_superuser(), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
        try:
            assert sentence in list(findings())
        finally:
            transaction.set_rollback(True)


def test_the_night_remembers_a_guard_that_slept(db):
    cache.clear()
    verify(0)
    assert health.ledger().look == "ok"
    assert health.guards().look == "ok"

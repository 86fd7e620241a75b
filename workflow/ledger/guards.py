"""What the database itself refuses: SQL installed by migrations, so that no program of ours can go round it.

Every function fixes its own search path: a temporary table named like one of ours would otherwise be read in its place.
"""

from textwrap import dedent

from django.db import migrations

from workflow.ledger.envelope import OFFICE
from workflow.states import OPEN, State, Verb

OFFICE_VERBS = [
    "appointed",
    "appointment_ended",
    "delegated",
    "delegation_revoked",
    "shared",
    "unshared",
    "unit_opened",
    "unit_moved",
    "unit_changed",
    "unit_closed",
    "person_registered",
    "person_changed",
    "person_deactivated",
    "person_reactivated",
    "imported",
    "exported",
    "redacted",
    "key_rotated",
    "sign_in_changed",
    "policy_changed",
    "dispatch_signed",
    "dispatched",
    "dispatch_cancelled",
]


def legal_steps() -> list[tuple[str, str, str]]:
    """Every (verb, from, to) the database lets into a dossier's chain: the state machine's own, and drafting's."""
    from workflow.models import Dossier

    machine = Dossier._meta.get_field("state").get_all_transitions(Dossier)
    steps = {(move.name.rstrip("_"), str(move.source), str(move.target)) for move in machine}
    steps.add((Verb.CREATE.value, "", State.DRAFT.value))
    steps |= {(verb.value, state.value, state.value) for verb in (Verb.ATTACH, Verb.DETACH) for state in OPEN}
    return sorted(steps)


def _literals(rows) -> str:
    return ",\n        ".join("(" + ", ".join(f"'{value}'" for value in row) + ")" for row in rows)


def event_guard() -> str:
    """BEFORE INSERT on events: right sequence, previous hash, leaf hash and projections, and a legal step."""
    return f"""
CREATE OR REPLACE FUNCTION workflow_event_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    head workflow_event%ROWTYPE;
    said jsonb := convert_from(NEW.envelope, 'UTF8')::jsonb;
BEGIN
    SELECT * INTO head FROM workflow_event WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(head.seq, 0) + 1
       OR NEW.prev_hash <> coalesce(head.leaf_hash, decode(repeat('00', 32), 'hex')) THEN
        RAISE EXCEPTION 'ledger: event does not follow the head of its chain' USING ERRCODE = 'TR001';
    END IF;
    IF NEW.leaf_hash <> sha256('\\x00'::bytea || NEW.envelope) THEN
        RAISE EXCEPTION 'ledger: leaf hash is not that of the envelope' USING ERRCODE = 'TR002';
    END IF;
    IF (said->>'chain', said->>'seq', said->>'prev', (said->>'at')::timestamptz, said->>'verb', said->>'from',
        said->>'to', said->>'version', said->>'content', said->>'role', said->>'sole_officer', said->'facts',
        said->>'key')
       IS DISTINCT FROM
       (NEW.chain::text, NEW.seq::text, encode(NEW.prev_hash, 'hex'), NEW.at, NEW.verb::text, NEW.from_state::text,
        NEW.to_state::text, NEW.version::text, NEW.content_hash::text, NEW.role::text, NEW.sole_officer::text,
        NEW.facts, NEW.key::text) THEN
        RAISE EXCEPTION 'ledger: columns differ from the envelope' USING ERRCODE = 'TR003';
    END IF;
    IF NEW.at NOT BETWEEN greatest(clock_timestamp() - interval '10 minutes', coalesce(head.at, '-infinity'))
                      AND clock_timestamp() + interval '1 minute' THEN
        RAISE EXCEPTION 'ledger: an event cannot be back-dated or set in the future' USING ERRCODE = 'TR004';
    END IF;
    IF NEW.dossier_id IS NULL THEN
        IF NEW.verb NOT IN ({", ".join(f"'{verb}'" for verb in OFFICE_VERBS)}) THEN
            RAISE EXCEPTION 'ledger: unknown office event %', NEW.verb USING ERRCODE = 'TR005';
        END IF;
        IF NEW.chain <> '{OFFICE}' OR NEW.from_state <> '' OR NEW.to_state <> '' THEN
            RAISE EXCEPTION 'ledger: an event about no dossier belongs to the office''s chain' USING ERRCODE = 'TR008';
        END IF;
        RETURN NEW;
    END IF;
    IF NEW.from_state <> coalesce(head.to_state, '') OR (NEW.verb, NEW.from_state, NEW.to_state) NOT IN (VALUES
        {_literals(legal_steps())}
    ) THEN
        RAISE EXCEPTION 'ledger: % from "%" to "%" is not a legal step', NEW.verb, NEW.from_state, NEW.to_state
            USING ERRCODE = 'TR006';
    END IF;
    IF NOT EXISTS (SELECT FROM workflow_dossier
                   WHERE id = NEW.dossier_id AND ref = NEW.chain AND unit_id = NEW.unit_id) THEN
        RAISE EXCEPTION 'ledger: the chain or the unit is not this dossier''s' USING ERRCODE = 'TR007';
    END IF;
    RETURN NEW;
END $guard$;
"""


IMMUTABLE = """
CREATE OR REPLACE FUNCTION workflow_immutable() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    RAISE EXCEPTION '% is sealed: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'TR010';
END $guard$;
"""

STATE_MATCHES = """
CREATE OR REPLACE FUNCTION workflow_state_matches() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    target bigint;
    dossier workflow_dossier%ROWTYPE;
    head workflow_event%ROWTYPE;
BEGIN
    IF TG_TABLE_NAME = 'workflow_dossier' THEN
        target := NEW.id;
    ELSE
        target := NEW.dossier_id;
    END IF;
    IF target IS NULL THEN
        RETURN NULL;
    END IF;
    SELECT * INTO dossier FROM workflow_dossier WHERE id = target;
    SELECT * INTO head FROM workflow_event WHERE chain = dossier.ref ORDER BY seq DESC LIMIT 1;
    IF head.to_state IS DISTINCT FROM dossier.state OR head.version IS DISTINCT FROM dossier.version THEN
        RAISE EXCEPTION 'ledger: dossier % stands at "%" v%, its last event says "%" v%',
            dossier.ref, dossier.state, dossier.version, head.to_state, head.version USING ERRCODE = 'TR011';
    END IF;
    IF dossier.version <> (SELECT count(*) FROM workflow_version WHERE dossier_id = target) THEN
        RAISE EXCEPTION 'ledger: dossier % stands at v%, another number of versions is sealed',
            dossier.ref, dossier.version USING ERRCODE = 'TR017';
    END IF;
    RETURN NULL;
END $guard$;
"""

OPEN_STATES = ", ".join(f"'{state.value}'" for state in sorted(OPEN))

RECORDED_STATE = "SELECT to_state FROM workflow_event WHERE dossier_id = {} ORDER BY seq DESC LIMIT 1"

FREEZE = f"""
CREATE OR REPLACE FUNCTION workflow_freeze() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    row_json jsonb := to_jsonb(CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END);
    standing text;
    recorded text;
BEGIN
    -- FOR SHARE waits for a decision under way: merely reading the state would let a save slip in beside a submit.
    SELECT state INTO standing FROM workflow_dossier WHERE id = (row_json->>TG_ARGV[0])::bigint FOR SHARE;
    IF TG_OP = 'UPDATE' AND to_jsonb(OLD)->>TG_ARGV[0] IS DISTINCT FROM row_json->>TG_ARGV[0] THEN
        RAISE EXCEPTION 'content cannot move to another dossier' USING ERRCODE = 'TR012';
    END IF;
    -- The row's own word is not enough: until COMMIT it may say what no event does. (No event yet: it is being made.)
    recorded := ({RECORDED_STATE.format("(row_json->>TG_ARGV[0])::bigint")});
    IF standing NOT IN ({OPEN_STATES}) OR recorded NOT IN ({OPEN_STATES}) THEN
        RAISE EXCEPTION '% of a dossier that is "%" is frozen', TG_TABLE_NAME, coalesce(recorded, standing)
            USING ERRCODE = 'TR013';
    END IF;
    RETURN CASE WHEN TG_OP = 'DELETE' THEN OLD ELSE NEW END;
END $guard$;
"""

DOSSIER_FIXED = f"""
CREATE OR REPLACE FUNCTION workflow_dossier_fixed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    IF (NEW.ref, NEW.kind, NEW.unit_id, NEW.author_id, NEW.slot, NEW.created_at)
       IS DISTINCT FROM (OLD.ref, OLD.kind, OLD.unit_id, OLD.author_id, OLD.slot, OLD.created_at) THEN
        RAISE EXCEPTION 'what a dossier is cannot change' USING ERRCODE = 'TR014';
    END IF;
    IF (NEW.subject, NEW.replaces_id) IS DISTINCT FROM (OLD.subject, OLD.replaces_id)
       AND (OLD.state NOT IN ({OPEN_STATES}) OR ({RECORDED_STATE.format("OLD.id")}) NOT IN ({OPEN_STATES})) THEN
        RAISE EXCEPTION 'the subject of a dossier that is "%" is frozen', OLD.state USING ERRCODE = 'TR013';
    END IF;
    RETURN NEW;
END $guard$;
"""

VERSION_GUARD = """
CREATE OR REPLACE FUNCTION workflow_version_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    IF NEW.content_hash <> encode(sha256(NEW.content), 'hex') THEN
        RAISE EXCEPTION 'version: the hash is not that of the content' USING ERRCODE = 'TR015';
    END IF;
    IF NEW.number <> 1 + (SELECT count(*) FROM workflow_version WHERE dossier_id = NEW.dossier_id) THEN
        RAISE EXCEPTION 'version: numbers have no gaps' USING ERRCODE = 'TR016';
    END IF;
    RETURN NEW;
END $guard$;
"""

TRIGGERS = """
CREATE TRIGGER event_guard BEFORE INSERT ON workflow_event
    FOR EACH ROW EXECUTE FUNCTION workflow_event_guard();
CREATE TRIGGER event_sealed BEFORE UPDATE OR DELETE ON workflow_event
    FOR EACH ROW EXECUTE FUNCTION workflow_immutable();
CREATE TRIGGER version_guard BEFORE INSERT ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION workflow_version_guard();
CREATE TRIGGER version_sealed BEFORE UPDATE OR DELETE ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION workflow_immutable();
CREATE TRIGGER version_frozen BEFORE INSERT ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE TRIGGER point_frozen BEFORE INSERT OR UPDATE OR DELETE ON workflow_point
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE TRIGGER point_kept BEFORE DELETE ON workflow_point
    FOR EACH ROW EXECUTE FUNCTION workflow_immutable();
CREATE TRIGGER point_said BEFORE UPDATE ON workflow_point FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{answer,answered_by_id,answered_at}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{answer,answered_by_id,answered_at}'::text[])
    EXECUTE FUNCTION workflow_immutable();
CREATE TRIGGER editor_frozen BEFORE INSERT OR UPDATE OR DELETE ON workflow_editor
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE TRIGGER editor_kept BEFORE UPDATE OR DELETE ON workflow_editor
    FOR EACH ROW EXECUTE FUNCTION workflow_immutable();
CREATE TRIGGER dossier_fixed BEFORE UPDATE ON workflow_dossier
    FOR EACH ROW EXECUTE FUNCTION workflow_dossier_fixed();
CREATE CONSTRAINT TRIGGER dossier_state_matches AFTER INSERT OR UPDATE OF state, version ON workflow_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_state_matches();
CREATE CONSTRAINT TRIGGER event_state_matches AFTER INSERT ON workflow_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_state_matches();
CREATE CONSTRAINT TRIGGER version_state_matches AFTER INSERT ON workflow_version
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_state_matches();
CREATE TRIGGER unit_code_kept BEFORE UPDATE ON accounts_unit FOR EACH ROW
    WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION workflow_immutable();
"""


def only_ended(table: str) -> str:
    """Triggers: a row of `table` is added and later ended, never rewritten, prolonged or deleted."""
    return f"""
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION workflow_immutable();
CREATE TRIGGER {table}_only_ended BEFORE UPDATE ON {table} FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{{ends_on,ended_at}}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{{ends_on,ended_at}}'::text[]
          OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
          OR coalesce(NEW.ends_on, 'infinity') > coalesce(OLD.ends_on, 'infinity'))
    EXECUTE FUNCTION workflow_immutable();
"""


def triggers_sql() -> str:
    return TRIGGERS + only_ended("accounts_appointment") + only_ended("accounts_delegation")


def functions_sql() -> str:
    return event_guard() + IMMUTABLE + STATE_MATCHES + FREEZE + DOSSIER_FIXED + VERSION_GUARD


def freeze(table: str, column: str) -> migrations.RunSQL:
    """A migration's operation: rows of `table` change only while the dossier in `column` is a draft or returned."""
    name = f"{table}_frozen"
    return migrations.RunSQL(
        dedent(f"""
            CREATE TRIGGER {name} BEFORE INSERT OR UPDATE OR DELETE ON {table}
                FOR EACH ROW EXECUTE FUNCTION workflow_freeze('{column}');
        """),
        f"DROP TRIGGER {name} ON {table}",
    )

"""What the database itself refuses of dossiers: a step that is not legal, a state without its event, sealed content.

Every function fixes its own search path: a temporary table named like one of ours would otherwise be read in its place.
"""

from textwrap import dedent

from django.conf import settings
from django.db import migrations

from ledger import rows
from ledger.envelope import REGISTRY
from workflow.states import OPEN


def _array(rows) -> str:
    """Each row as one string in a constant array, which is looked up far faster than a list of VALUES."""
    return "ARRAY[\n        " + ",\n        ".join(f"'{' '.join(row)}'" for row in rows) + "\n    ]::text[]"


def step_guard() -> str:
    """BEFORE INSERT on a dossier's events: a legal step. That it is from where the chain stands is the ledger's."""
    from workflow.models.steps import legal_steps

    return f"""
CREATE OR REPLACE FUNCTION workflow_step_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    IF NEW.chain = '{REGISTRY}' THEN  -- here, not in the trigger: a WHEN is read from text with every event
        RETURN NEW;
    END IF;
    IF concat_ws(' ', NEW.verb, NEW.from_state, NEW.to_state) <> ALL ({_array(legal_steps())}) THEN
        RAISE EXCEPTION 'ledger: % from "%" to "%" is not a legal step', NEW.verb, NEW.from_state, NEW.to_state
            USING ERRCODE = 'TR006';
    END IF;
    -- Apart: an expression with a query in it is asked as one even where it need not look.
    IF NEW.facts ? 'points' THEN
        IF NOT (CASE WHEN jsonb_typeof(NEW.facts->'points') = 'array' THEN (
            SELECT coalesce(bool_and(point->'number' > '0' AND (
                   jsonb_typeof(point->'number'), jsonb_typeof(point->'place'),
                   coalesce(jsonb_typeof(point->'reason'), 'string')
                   ) IS NOT DISTINCT FROM ('number', 'string', 'string')), true)
                   AND count(*) = count(DISTINCT point->'number')
            FROM jsonb_array_elements(NEW.facts->'points') AS point
        ) ELSE false END) THEN
            RAISE EXCEPTION 'ledger: a point has a number of its own and a place' USING ERRCODE = 'TR019';
        END IF;
    END IF;
    RETURN NEW;
END $guard$;
"""


# What a row of `workflow_dossier AS dossier` is from its beginning on, as the facts of its first event say it.
BEGINNING = """jsonb_strip_nulls(jsonb_build_object(
        'due_on', dossier.due_on,
        'replaces', (SELECT ref FROM workflow_dossier AS replaced WHERE replaced.id = dossier.replaces_id),
        'slot', encode(sha256(convert_to(dossier.ref || ' ' || dossier.slot, 'UTF8')), 'hex')))"""

# Has the office gone, if only for a while, by which `claim`, an event, took up the row `dossier`?
CLAIM_LAPSED = f"""(EXISTS (
            SELECT FROM ledger_event AS later WHERE later.chain = '{REGISTRY}' AND later.at >= claim.at
              AND (later.verb = 'person_deactivated' AND later.rows && ARRAY[
                       'accounts_user.' || claim.actor_id, 'accounts_user.' || claim.acting_for_id]::varchar[]
                   OR later.verb = 'unit_moved' AND EXISTS (
                       SELECT FROM accounts_unit AS moved, accounts_unit AS unit
                       WHERE moved.id = later.unit_id AND unit.id = dossier.unit_id
                         AND starts_with(unit.path, moved.path)))
        ) OR NOT EXISTS (
            SELECT FROM accounts_appointment AS office
            JOIN accounts_user AS holder ON holder.id = office.user_id AND holder.is_active
            JOIN accounts_user AS reviewer ON reviewer.id = claim.actor_id AND reviewer.is_active
            JOIN accounts_unit AS above ON above.id = office.unit_id
            JOIN accounts_unit AS unit ON unit.id = dossier.unit_id AND starts_with(unit.path, above.path)
            LEFT JOIN accounts_delegation AS delegated ON delegated.id = claim.delegation_id
            CROSS JOIN (SELECT (clock_timestamp() AT TIME ZONE '{settings.TIME_ZONE}')::date) AS here (today)
            WHERE office.id = claim.appointment_id
              AND office.ended_at IS NULL AND coalesce(office.ends_on, today) >= today
              AND delegated.ended_at IS NULL AND coalesce(delegated.ends_on, today) >= today
        ))"""

# At COMMIT, wherever no step of its own accounts for it: what else the row repeats of its chain. A decision passes by.
DOSSIER_TOLD = f"""
CREATE OR REPLACE FUNCTION workflow_dossier_told(target bigint) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    dossier workflow_dossier%ROWTYPE;
    begun ledger_event%ROWTYPE;
    claim ledger_event%ROWTYPE;
BEGIN
    SELECT * INTO dossier FROM workflow_dossier WHERE id = target;
    SELECT * INTO begun FROM ledger_event WHERE chain = dossier.ref AND seq = 1;
    IF (dossier.created_at, dossier.author_id, {BEGINNING}) IS DISTINCT FROM (begun.at, begun.actor_id, begun.facts)
       OR dossier.state_since IS DISTINCT FROM (SELECT at FROM ledger_event
           WHERE chain = dossier.ref AND from_state <> to_state ORDER BY seq DESC LIMIT 1)
       OR dossier.submitter_id IS DISTINCT FROM (SELECT actor_id FROM ledger_event
           WHERE chain = dossier.ref AND verb = 'submit' ORDER BY seq DESC LIMIT 1) THEN
        RAISE EXCEPTION 'dossier %: its events do not say so', dossier.ref USING ERRCODE = 'TR038';
    END IF;
    SELECT * INTO claim FROM ledger_event
        WHERE chain = dossier.ref AND (verb = 'claim' OR from_state <> to_state) ORDER BY seq DESC LIMIT 1;
    IF dossier.handler_id IS DISTINCT FROM (CASE claim.verb WHEN 'claim' THEN claim.actor_id END) AND (
        dossier.handler_id IS NOT NULL OR NOT {CLAIM_LAPSED}
    ) THEN
        RAISE EXCEPTION 'dossier %: is not with whoever took it up last', dossier.ref USING ERRCODE = 'TR038';
    END IF;
END $guard$;
"""

# At COMMIT: a dossier's row, its versions and the end of its chain agree, whichever of them was written. What is asked
# here of every decision is read by one name alone: asked for more, a young table is read by the index of states.
STATE_MATCHES = f"""
CREATE OR REPLACE FUNCTION workflow_state_matches() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    it record;
    last record;
BEGIN
    SELECT to_state, version INTO last FROM ledger_event WHERE chain = NEW.ref ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND OR last.to_state <> NEW.state OR last.version <> NEW.version THEN
        SELECT state, version INTO it FROM workflow_dossier WHERE id = NEW.id;  -- until COMMIT it may move again
        IF last.to_state IS DISTINCT FROM it.state OR last.version IS DISTINCT FROM it.version THEN
            RAISE EXCEPTION 'ledger: dossier % stands at "%" v%, its last event says "%" v%',
                NEW.ref, it.state, it.version, last.to_state, last.version USING ERRCODE = 'TR011';
        END IF;
        PERFORM workflow_dossier_told(NEW.id);  -- it went on, or there and back without an event
    END IF;
    IF TG_OP = 'INSERT' OR NEW.state <> 'submitted' AND OLD.submitter_id IS DISTINCT FROM NEW.submitter_id
       OR OLD.state = NEW.state
          AND (OLD.state_since, OLD.handler_id) IS DISTINCT FROM (NEW.state_since, NEW.handler_id) THEN
        PERFORM workflow_dossier_told(NEW.id);
    END IF;
    RETURN NULL;
END $guard$;

CREATE OR REPLACE FUNCTION workflow_versions_match() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    target bigint;
    it record;
BEGIN
    IF TG_TABLE_NAME = 'workflow_dossier' THEN
        target := NEW.id;
    ELSE
        target := NEW.dossier_id;
    END IF;
    SELECT ref, version, (SELECT count(*) FROM workflow_version WHERE dossier_id = dossier.id) AS sealed
      INTO it FROM workflow_dossier AS dossier WHERE id = target;
    IF it.version <> it.sealed THEN
        RAISE EXCEPTION 'ledger: dossier % stands at v%, another number of versions is sealed',
            it.ref, it.version USING ERRCODE = 'TR017';
    END IF;
    RETURN NULL;
END $guard$;

CREATE OR REPLACE FUNCTION workflow_event_matches() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    it record;
BEGIN
    IF NEW.chain = '{REGISTRY}' THEN
        RETURN NULL;
    END IF;
    SELECT id, state, version, unit_id, state_since, handler_id, submitter_id INTO it
        FROM workflow_dossier WHERE ref = NEW.chain;
    IF NOT FOUND OR it.unit_id IS DISTINCT FROM NEW.unit_id THEN
        RAISE EXCEPTION 'ledger: the chain or the unit is not this dossier''s' USING ERRCODE = 'TR007';
    END IF;
    IF it.state = NEW.to_state AND it.version = NEW.version AND it.state_since = NEW.at AND it.handler_id IS NULL
       AND NEW.from_state <> NEW.to_state AND (NEW.verb <> 'submit' OR it.submitter_id = NEW.actor_id) THEN
        RETURN NULL;  -- as one decision leaves it
    END IF;
    IF it.state <> NEW.to_state OR it.version <> NEW.version THEN
        IF NOT EXISTS (SELECT FROM ledger_event WHERE chain = NEW.chain AND seq > NEW.seq) THEN
            RAISE EXCEPTION 'ledger: dossier % does not stand at "%" v% as its last event says',
                NEW.chain, NEW.to_state, NEW.version USING ERRCODE = 'TR011';
        END IF;
    END IF;
    PERFORM workflow_dossier_told(it.id);
    RETURN NULL;
END $guard$;
"""

# At COMMIT: a point is one of those that its return names, in the words behind the commitment.
POINT_OF_ITS_RETURN = """
CREATE OR REPLACE FUNCTION workflow_point_of_its_return() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    IF NOT EXISTS (
        SELECT FROM ledger_event AS event JOIN ledger_opening AS opening ON opening.event_id = event.id
        JOIN workflow_dossier AS dossier ON dossier.ref = event.chain AND dossier.id = NEW.dossier_id
        WHERE event.id = NEW.event_id AND event.verb = 'return'
          AND opening.texts->('point.' || NEW.number)->>1 = NEW.text
          AND coalesce(opening.texts->('place.' || NEW.number)->>1, '') = NEW.place_label
          AND event.facts->'points' @> jsonb_build_array(jsonb_strip_nulls(jsonb_build_object(
              'number', NEW.number, 'place', NEW.place, 'reason', nullif(NEW.reason, ''))))
    ) THEN
        RAISE EXCEPTION 'point %: its return does not say it', NEW.number USING ERRCODE = 'TR037';
    END IF;
    RETURN NULL;
END $guard$;
"""

OPEN_STATES = ", ".join(f"'{state.value}'" for state in sorted(OPEN))

RECORDED_STATE = """SELECT to_state FROM ledger_event WHERE chain = (SELECT ref FROM workflow_dossier WHERE id = {})
    ORDER BY seq DESC LIMIT 1"""

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
    IF (NEW.id, NEW.ref, NEW.kind, NEW.unit_id, NEW.author_id, NEW.slot, NEW.created_at, NEW.due_on, NEW.replaces_id)
       IS DISTINCT FROM (OLD.id, OLD.ref, OLD.kind, OLD.unit_id, OLD.author_id, OLD.slot, OLD.created_at, OLD.due_on,
                         OLD.replaces_id) THEN
        RAISE EXCEPTION 'what a dossier is cannot change' USING ERRCODE = 'TR014';
    END IF;
    IF NEW.subject IS DISTINCT FROM OLD.subject
       AND (OLD.state NOT IN ({OPEN_STATES}) OR ({RECORDED_STATE.format("OLD.id")}) NOT IN ({OPEN_STATES})) THEN
        RAISE EXCEPTION 'the subject of a dossier that is "%" is frozen', OLD.state USING ERRCODE = 'TR013';
    END IF;
    RETURN NEW;
END $guard$;
"""

DOSSIER_NAMED = """
CREATE OR REPLACE FUNCTION workflow_dossier_named() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    RAISE EXCEPTION 'dossiers are counted from 1, and none has the chain of the office'
        USING ERRCODE = 'check_violation';
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
    NEW.wording_id := (SELECT id FROM workflow_wording
                       WHERE digest = convert_from(NEW.content, 'UTF8')::jsonb->>'read_under');
    IF NEW.wording_id IS NULL THEN
        RAISE EXCEPTION 'version: it names words that nobody has sealed' USING ERRCODE = 'TR035';
    END IF;
    RETURN NEW;
END $guard$;
"""

WORDING_GUARD = """
CREATE OR REPLACE FUNCTION workflow_wording_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    IF NEW.digest <> encode(sha256(NEW.words), 'hex')
       OR jsonb_typeof(convert_from(NEW.words, 'UTF8')::jsonb) <> 'object' THEN
        RAISE EXCEPTION 'wording: the hash is not that of the words' USING ERRCODE = 'TR036';
    END IF;
    RETURN NEW;
END $guard$;
"""

TRIGGERS = f"""
CREATE TRIGGER event_step BEFORE INSERT ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION workflow_step_guard();
CREATE TRIGGER wording_guard BEFORE INSERT ON workflow_wording
    FOR EACH ROW EXECUTE FUNCTION workflow_wording_guard();
CREATE TRIGGER wording_sealed BEFORE UPDATE OR DELETE ON workflow_wording
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER version_guard BEFORE INSERT ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION workflow_version_guard();
CREATE TRIGGER version_sealed BEFORE UPDATE OR DELETE ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER version_frozen BEFORE INSERT ON workflow_version
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE TRIGGER point_frozen BEFORE INSERT OR UPDATE OR DELETE ON workflow_point
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE CONSTRAINT TRIGGER point_of_its_return AFTER INSERT ON workflow_point
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_point_of_its_return();
CREATE TRIGGER point_said BEFORE UPDATE ON workflow_point FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{{answer,answered_by_id,answered_at,recorded}}'::text[]
          IS DISTINCT FROM to_jsonb(NEW) - '{{answer,answered_by_id,answered_at,recorded}}'::text[])
    EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER editor_frozen BEFORE INSERT OR UPDATE OR DELETE ON workflow_editor
    FOR EACH ROW EXECUTE FUNCTION workflow_freeze('dossier_id');
CREATE TRIGGER editor_kept BEFORE UPDATE OR DELETE ON workflow_editor
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER dossier_kept BEFORE DELETE ON workflow_dossier
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER dossier_numbered_and_named BEFORE INSERT ON workflow_dossier
    FOR EACH ROW WHEN (NEW.id <= 0 OR NEW.ref = '{REGISTRY}') EXECUTE FUNCTION workflow_dossier_named();
CREATE TRIGGER dossier_fixed
    BEFORE UPDATE OF id, ref, kind, unit_id, author_id, slot, created_at, due_on, subject, replaces_id
    ON workflow_dossier
    FOR EACH ROW EXECUTE FUNCTION workflow_dossier_fixed();
CREATE CONSTRAINT TRIGGER dossier_state_matches
    AFTER INSERT OR UPDATE OF state, version, state_since, submitter_id, handler_id ON workflow_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_state_matches();
CREATE CONSTRAINT TRIGGER event_state_matches AFTER INSERT ON ledger_event
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_event_matches();
CREATE CONSTRAINT TRIGGER dossier_versions_match AFTER INSERT OR UPDATE OF version ON workflow_dossier
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_versions_match();
CREATE CONSTRAINT TRIGGER version_of_its_dossier AFTER INSERT ON workflow_version
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION workflow_versions_match();
"""


def triggers_sql() -> str:
    from workflow.models import DossierUserObjectPermission, Point

    return TRIGGERS + rows.guard(DossierUserObjectPermission) + rows.guard(Point)


def functions_sql() -> str:
    dossier = DOSSIER_TOLD + STATE_MATCHES + DOSSIER_FIXED + DOSSIER_NAMED
    return step_guard() + dossier + POINT_OF_ITS_RETURN + FREEZE + VERSION_GUARD + WORDING_GUARD


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

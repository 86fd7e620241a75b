"""What a dossier says: frozen once submitted, sealed with its words, its points those of their return."""

from workflow.states import OPEN

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

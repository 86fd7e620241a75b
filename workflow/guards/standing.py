"""Where a dossier stands and what it is: its row and the chain that says so."""

from django.conf import settings

from ledger.envelope import REGISTRY
from workflow.guards.content import OPEN_STATES, RECORDED_STATE

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
    went_on boolean := false;
BEGIN
    SELECT to_state, version INTO last FROM ledger_event WHERE chain = NEW.ref ORDER BY seq DESC LIMIT 1;
    IF NOT FOUND OR last.to_state <> NEW.state OR last.version <> NEW.version THEN
        SELECT state, version INTO it FROM workflow_dossier WHERE id = NEW.id;  -- until COMMIT it may move again
        IF last.to_state IS DISTINCT FROM it.state OR last.version IS DISTINCT FROM it.version THEN
            RAISE EXCEPTION 'ledger: dossier % stands at "%" v%, its last event says "%" v%',
                NEW.ref, it.state, it.version, last.to_state, last.version USING ERRCODE = 'TR011';
        END IF;
        went_on := true;  -- or there and back without an event
    END IF;
    IF went_on OR TG_OP = 'INSERT' OR NEW.state <> 'submitted' AND OLD.submitter_id IS DISTINCT FROM NEW.submitter_id
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

"""What the database itself refuses of any chain: SQL installed by migrations, so that no program can go round it.

Every function fixes its own search path: a temporary table named like one of ours would otherwise be read in its place.
"""

from ledger.envelope import REGISTRY

REGISTRY_VERBS = [
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


def event_guard() -> str:
    """BEFORE INSERT on events: right sequence, previous hash, leaf hash and projections."""
    return f"""
CREATE OR REPLACE FUNCTION ledger_event_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    head record;
    said jsonb := convert_from(NEW.envelope, 'UTF8')::jsonb;
BEGIN
    SELECT seq, leaf_hash, at INTO head FROM ledger_event WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1;
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
    IF NEW.chain = '{REGISTRY}' THEN
        IF NEW.verb NOT IN ({", ".join(f"'{verb}'" for verb in REGISTRY_VERBS)}) THEN
            RAISE EXCEPTION 'ledger: unknown event of the registry %', NEW.verb USING ERRCODE = 'TR005';
        END IF;
        IF NEW.from_state <> '' OR NEW.to_state <> '' THEN
            RAISE EXCEPTION 'ledger: an event of the registry has no states' USING ERRCODE = 'TR008';
        END IF;
    END IF;
    RETURN NEW;
END $guard$;
"""


IMMUTABLE = """
CREATE OR REPLACE FUNCTION ledger_immutable() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    RAISE EXCEPTION '% is sealed: % refused', TG_TABLE_NAME, TG_OP USING ERRCODE = 'TR010';
END $guard$;
"""

TRIGGERS = """
CREATE TRIGGER event_guard BEFORE INSERT ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_event_guard();
CREATE TRIGGER event_sealed BEFORE UPDATE OR DELETE ON ledger_event
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER unit_code_kept BEFORE UPDATE ON accounts_unit FOR EACH ROW
    WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION ledger_immutable();
"""


def only_ended(table: str) -> str:
    """Triggers: a row of `table` is added and later ended, never rewritten, prolonged or deleted."""
    return f"""
CREATE TRIGGER {table}_kept BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
CREATE TRIGGER {table}_only_ended BEFORE UPDATE ON {table} FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{{ends_on,ended_at}}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{{ends_on,ended_at}}'::text[]
          OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
          OR coalesce(NEW.ends_on, 'infinity') > coalesce(OLD.ends_on, 'infinity'))
    EXECUTE FUNCTION ledger_immutable();
"""


def triggers_sql() -> str:
    return TRIGGERS + only_ended("accounts_appointment") + only_ended("accounts_delegation")


def functions_sql() -> str:
    return event_guard() + IMMUTABLE

"""What the database itself refuses of any chain: SQL installed by migrations, so that no program can go round it.

Every function fixes its own search path: a temporary table named like one of ours would otherwise be read in its place.
"""

import itertools
import json
from collections.abc import Iterable

from accounts.models import Appointment, Delegation, SecurityPolicy, Unit, UnitKind, User
from ledger import rows, shape
from ledger.envelope import REGISTRY

REGISTRY_VERBS = [
    "founded",
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
    "dispatch_prepared",
    "dispatch_signed",
    "dispatched",
    "dispatch_cancelled",
    "reference_changed",
]


RECORDED = (Appointment, Delegation, SecurityPolicy, Unit, UnitKind, User)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)


def event_guard() -> str:
    """BEFORE INSERT on events: right sequence, previous hash and leaf hash, and an envelope of version 1 that says just
    what the columns say.

    Every decision passes here, and the server prepares each expression anew in every transaction. So the envelope is
    put together again from the columns, around the facts and texts found in it: the very bytes, or it is looked into.
    """
    kept = sorted(shape.KINDS, key=lambda key: (len(key), key))  # jsonb keeps its keys in this order
    kinds = _listed(json.dumps(each) for each in itertools.product(*(shape.KINDS[key] for key in kept)))
    return rf"""
CREATE OR REPLACE FUNCTION ledger_event_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    head record;
    letters text;
    said jsonb;
    first text;  -- the envelope up to its facts, between facts and texts, and from there on
    middle text;
    last text;
    facts text;
    texts text;
    hashes text;
    number integer;
    digits text;
    same boolean;
    named text[] := '{{}}';  -- the rows it wrote
BEGIN
    IF octet_length(NEW.envelope) > {shape.MAX_ENVELOPE} THEN
        RAISE EXCEPTION 'ledger: the envelope is too large' USING ERRCODE = 'TR033';
    END IF;
    letters := convert_from(NEW.envelope, 'UTF8');
    said := letters::jsonb;
    first := concat('{{"acting_for":', said->'acting_for', ',"actor":', said->'actor', ',"appointment":',
        said->'appointment', ',"at":"', to_char(NEW.at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US'),
        'Z","chain":"', NEW.chain, '","content":"', NEW.content_hash, '","delegation":', said->'delegation',
        ',"facts":');
    middle := concat(',"from":"', NEW.from_state, '","key":"', NEW.key, '","kind":', said->'kind',
        ',"prev":"', encode(NEW.prev_hash, 'hex'), '","role":"', NEW.role, '","seq":', NEW.seq,
        ',"sole_officer":', NEW.sole_officer::text, ',"texts":');
    last := concat(',"to":"', NEW.to_state, '","unit":', said->'unit', ',"v":1,"verb":"', NEW.verb,
        '","version":', NEW.version, '}}');
    facts := substr(split_part(letters, middle, 1), length(first) + 1);
    texts := left(split_part(letters, middle, 2), -length(last));
    -- Each of 64 hexadecimal digits: ["…", "…"].
    hashes := jsonb_path_query_array(said->'texts', '$.*')::text;
    number := octet_length(hashes) / 68;
    digits := substr(replace(hashes, '", "', ''), 3, 64 * number);
    same := letters = concat(first, facts, middle, texts, last)
        AND strpos(concat(NEW.verb, NEW.from_state, NEW.to_state, NEW.role, NEW.content_hash), '"') = 0
        AND jsonb_path_query_array(said, '$.*.type()')::text IN ({kinds})
        AND facts IS JSON OBJECT WITH UNIQUE KEYS AND texts IS JSON OBJECT WITH UNIQUE KEYS
        AND said->'facts' = NEW.facts AND (facts = '{{}}' OR ledger_facts_spelled(facts)
            AND NOT jsonb_path_exists(NEW.facts, '$.**{{{shape.MAX_DEPTH} to last}}'))
        AND hashes LIKE '[' || rtrim(repeat('"' || repeat('_', 64) || '", ', number), ', ') || ']'
        AND encode(decode(digits, 'hex'), 'hex') = digits AND NEW.version >= 0;
    IF same IS NOT TRUE THEN
        PERFORM ledger_envelope_shape(letters, said);
    END IF;
    SELECT seq, leaf_hash, at, to_state INTO head FROM ledger_event WHERE chain = NEW.chain ORDER BY seq DESC LIMIT 1;
    IF NEW.seq <> coalesce(head.seq, 0) + 1
       OR NEW.prev_hash <> coalesce(head.leaf_hash, decode(repeat('00', 32), 'hex')) THEN
        RAISE EXCEPTION 'ledger: event does not follow the head of its chain' USING ERRCODE = 'TR001';
    END IF;
    IF NEW.leaf_hash <> sha256('\x00'::bytea || NEW.envelope) THEN
        RAISE EXCEPTION 'ledger: leaf hash is not that of the envelope' USING ERRCODE = 'TR002';
    END IF;
    IF same IS NOT TRUE THEN
        RAISE EXCEPTION 'ledger: columns differ from the envelope' USING ERRCODE = 'TR003';
    END IF;
    IF strpos(texts, '"row.') > 0 THEN
        named := ARRAY(SELECT substr(field, 5) COLLATE "C" AS name FROM jsonb_object_keys(said->'texts') AS field
                       WHERE field LIKE 'row.%' ORDER BY name);
    END IF;
    IF NEW.rows::text[] <> named THEN
        RAISE EXCEPTION 'ledger: rows differ from those in the envelope' USING ERRCODE = 'TR003';
    END IF;
    -- The database's clock, read in this very transaction; where that was set back, the moment of the event before.
    IF NEW.at NOT BETWEEN greatest(transaction_timestamp(), clock_timestamp() - interval '1 minute', head.at)
                      AND greatest(clock_timestamp(), head.at) THEN
        RAISE EXCEPTION 'ledger: an event cannot be back-dated or set in the future' USING ERRCODE = 'TR004';
    END IF;
    IF NEW.chain = '{REGISTRY}' THEN
        IF NEW.verb NOT IN ({_listed(REGISTRY_VERBS)}) THEN
            RAISE EXCEPTION 'ledger: unknown event of the registry %', NEW.verb USING ERRCODE = 'TR005';
        END IF;
        IF (NEW.verb = 'founded') <> (NEW.seq = 1) THEN
            RAISE EXCEPTION 'ledger: the registry begins with its founding, once' USING ERRCODE = 'TR009';
        END IF;
        IF NEW.from_state <> '' OR NEW.to_state <> '' THEN
            RAISE EXCEPTION 'ledger: an event of the registry has no states' USING ERRCODE = 'TR008';
        END IF;
    ELSIF NEW.from_state <> coalesce(head.to_state, '') THEN
        RAISE EXCEPTION 'ledger: it begins at "%", its chain stands at "%"', NEW.from_state, head.to_state
            USING ERRCODE = 'TR006';
    END IF;
    IF NEW.id <= 0 THEN
        RAISE EXCEPTION 'ledger: events are counted from 1' USING ERRCODE = 'check_violation';
    END IF;
    RETURN NEW;
END $guard$;
"""


def envelope_shape() -> str:
    """What is wrong with an envelope that is not what its columns make: raises TR033 unless it is one of version 1."""
    keys = f"ARRAY[{_listed(sorted(shape.KINDS))}]"
    unlike = ",\n        ".join(
        f"CASE WHEN jsonb_typeof(said->'{key}') NOT IN ({_listed(kinds)}) THEN '{key}' END"
        for key, kinds in sorted(shape.KINDS.items())
    )
    return rf"""
CREATE OR REPLACE FUNCTION ledger_facts_spelled(letters text) RETURNS boolean LANGUAGE plpgsql
IMMUTABLE SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    -- Beside its strings an envelope holds no blank, and no number but a whole one as RFC 8785 writes it, within 2^53.
    RETURN regexp_replace(letters, '"(?:[^"\\]|\\.)*"', '""', 'g') !~ '\s|\d[.eE]|-0|(?<!\d)0\d|\d{{16}}';
END $guard$;
CREATE OR REPLACE FUNCTION ledger_envelope_shape(letters text, said jsonb) RETURNS void LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    wrong text;
BEGIN
    IF jsonb_typeof(said) <> 'object' OR jsonb_path_exists(said, '$.**{{{shape.MAX_DEPTH + 1} to last}}') THEN
        RAISE EXCEPTION 'ledger: the envelope is no object, or too deep' USING ERRCODE = 'TR033';
    END IF;
    IF NOT said ?& {keys} OR said - {keys} <> '{{}}' OR letters IS NOT JSON WITH UNIQUE KEYS THEN
        RAISE EXCEPTION 'ledger: the envelope has other keys than version 1' USING ERRCODE = 'TR033';
    END IF;
    wrong := concat_ws(', ',
        {unlike},
        CASE WHEN strpos(letters, ',"v":1,"verb":"') = 0 THEN 'v' END,
        CASE WHEN NOT jsonb_path_match(said, '$.seq >= 0 && $.version >= 0') THEN 'seq or version' END,
        CASE WHEN jsonb_path_exists(said, 'strict $.texts.* ? (@.type() != "string"
            || !(@ like_regex "^[0-9a-f]{{64}}$"))', '{{}}', true) THEN 'texts' END,
        CASE WHEN NOT ledger_facts_spelled(letters) THEN 'its numbers' END);
    IF wrong <> '' THEN
        RAISE EXCEPTION 'ledger: the envelope has no proper value for %', wrong USING ERRCODE = 'TR033';
    END IF;
END $guard$;
"""


OPENING_GUARD = rf"""
CREATE OR REPLACE FUNCTION ledger_opening_guard() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
DECLARE
    committed jsonb;
    opened text;
BEGIN
    IF jsonb_typeof(NEW.texts) <> 'object' OR pg_column_size(NEW.texts) > {shape.MAX_OPENING} THEN
        RAISE EXCEPTION 'ledger: an opening is an object of texts, and no larger' USING ERRCODE = 'TR034';
    END IF;
    -- As jsonb writes both, in its order. A salt that is not 32 bytes in the one way base64 writes them opens nothing.
    SELECT convert_from(envelope, 'UTF8')::json->'texts', concat('{{', array_to_string(ARRAY(
            SELECT concat('"', key, '": "', CASE
                WHEN value = jsonb_build_array(value->>0, value->>1)
                 AND length(value->>0) = 44 AND value->>0 = encode(decode(value->>0, 'base64'), 'base64')
                THEN encode(sha256(decode(value->>0, 'base64') || convert_to(value->>1, 'UTF8')), 'hex') END, '"')
            FROM jsonb_each(NEW.texts)), ', '), '}}')
    INTO committed, opened FROM ledger_event WHERE id = NEW.event_id;
    IF (TG_OP = 'INSERT' AND committed::text = opened)
       OR (TG_OP = 'UPDATE' AND committed @> opened::jsonb AND NEW.event_id = OLD.event_id) THEN
        RETURN NEW;
    END IF;
    IF jsonb_path_exists(NEW.texts, 'strict $.* ? (@.type() != "array" || @.size() != 2
        || @[0].type() != "string" || @[1].type() != "string")') THEN
        RAISE EXCEPTION 'ledger: an opening holds a salt and a text in each field' USING ERRCODE = 'TR034';
    END IF;
    RAISE EXCEPTION 'ledger: an opening says what its event committed to, and is only erased, field by field'
        USING ERRCODE = 'TR018';
END $guard$;
"""

# Where a unit stands in the tree is an act, its path is not: the two must agree for it, and for whoever is below.
UNIT_PLACE = """
CREATE OR REPLACE FUNCTION ledger_unit_place() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    IF EXISTS (
        SELECT FROM (
            SELECT path, above_code, depth FROM accounts_unit WHERE id = NEW.id
            UNION ALL SELECT path, above_code, depth FROM accounts_unit
                WHERE path > NEW.path AND path < NEW.path || '~' AND length(path) = length(NEW.path) + 4
            UNION ALL SELECT path, above_code, depth FROM accounts_unit
                WHERE path > OLD.path AND path < OLD.path || '~' AND length(path) = length(OLD.path) + 4
        ) AS unit
        WHERE unit.depth * 4 <> length(unit.path) OR unit.above_code
              <> coalesce((SELECT code FROM accounts_unit AS above WHERE above.path = left(unit.path, -4)), '')
    ) THEN
        RAISE EXCEPTION 'unit %: stands elsewhere in the tree than it says', NEW.code USING ERRCODE = 'TR032';
    END IF;
    RETURN NULL;
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
CREATE TRIGGER opening_guard BEFORE INSERT OR UPDATE OF event_id, texts ON ledger_opening
    FOR EACH ROW EXECUTE FUNCTION ledger_opening_guard();
CREATE CONSTRAINT TRIGGER unit_placed AFTER INSERT OR UPDATE OF path, above_code, depth ON accounts_unit
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION ledger_unit_place();
CREATE TRIGGER unit_code_kept BEFORE UPDATE ON accounts_unit FOR EACH ROW
    WHEN (OLD.code IS DISTINCT FROM NEW.code) EXECUTE FUNCTION ledger_immutable();
"""


def only_ended(table: str) -> str:
    """Triggers: a row of `table` is added and later ended, never rewritten or prolonged."""
    return f"""
CREATE TRIGGER {table}_only_ended BEFORE UPDATE ON {table} FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{{ends_on,ended_at,recorded}}'::text[]
              IS DISTINCT FROM to_jsonb(NEW) - '{{ends_on,ended_at,recorded}}'::text[]
          OR (OLD.ended_at IS NOT NULL AND NEW.ended_at IS DISTINCT FROM OLD.ended_at)
          OR coalesce(NEW.ends_on, 'infinity') > coalesce(OLD.ends_on, 'infinity'))
    EXECUTE FUNCTION ledger_immutable();
"""


def triggers_sql() -> str:
    recorded = "".join(rows.guard(model) for model in RECORDED)
    return TRIGGERS + only_ended("accounts_appointment") + only_ended("accounts_delegation") + recorded


def functions_sql() -> str:
    return envelope_shape() + event_guard() + OPENING_GUARD + UNIT_PLACE + IMMUTABLE + rows.FUNCTIONS

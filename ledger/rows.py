"""Rows and their events: an event carries each row it wrote as it then stood, and the row names that event."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db import connection

from accounts.models.recorded import Recorded
from ledger.envelope import REGISTRY

MARK = """
UPDATE {table} AS standing SET recorded = given.key
FROM unnest(%s::bigint[], %s::uuid[]) AS given (id, key) WHERE standing.id = given.id
RETURNING standing.id, ledger_row_text(standing, %s)"""

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION ledger_row_text(standing anyelement, no_act text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
AS $$ SELECT (to_jsonb(standing) - 'recorded'::text - no_act)::text $$;

CREATE OR REPLACE FUNCTION ledger_row_recorded() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC' AS $guard$
DECLARE
    no_act text[] := TG_ARGV[0];
    acts text[] := TG_ARGV[1];
    standing jsonb;
    event ledger_event%ROWTYPE;
    said text;
BEGIN
    -- As the row stands now: until COMMIT it may have been written more than once.
    EXECUTE format('SELECT to_jsonb(standing) FROM %I AS standing WHERE id = $1', TG_TABLE_NAME)
        INTO standing USING NEW.id;
    SELECT * INTO event FROM ledger_event WHERE key = (standing->>'recorded')::uuid;
    SELECT texts->(format('row.%s.%s', TG_TABLE_NAME, NEW.id))->>1 INTO said
        FROM ledger_opening WHERE event_id = event.id;
    IF event.verb <> ALL (acts) OR said IS DISTINCT FROM (standing - 'recorded'::text - no_act)::text THEN
        RAISE EXCEPTION '% %: no event recorded what it says', TG_TABLE_NAME, NEW.id USING ERRCODE = 'TR030';
    END IF;
    -- What the registry chain began may go on on the chain of a dossier, never the other way or on a third.
    IF TG_OP = 'UPDATE' AND OLD.recorded IS DISTINCT FROM NEW.recorded AND EXISTS (
        SELECT FROM ledger_event AS earlier LEFT JOIN ledger_event AS later ON later.key = NEW.recorded
        WHERE earlier.key = OLD.recorded AND NOT coalesce(CASE later.chain
            WHEN earlier.chain THEN later.seq > earlier.seq
            ELSE later.chain IS NOT NULL AND earlier.chain = '{REGISTRY}' END, false)
    ) THEN
        RAISE EXCEPTION '% %: goes back behind its last event', TG_TABLE_NAME, NEW.id USING ERRCODE = 'TR031';
    END IF;
    RETURN NULL;
END $guard$;
"""  # noqa: S608 - our own words


def marked(written: Iterable[tuple[UUID, Recorded]]) -> dict[str, str]:
    """Have rows, saved already, name the events with these keys; row name -> the row as it stands, word for word."""
    tables: dict[type[Recorded], dict[int, UUID]] = defaultdict(dict)
    for key, row in written:
        tables[type(row)][row.pk] = row.recorded = key
    texts: dict[str, str] = {}
    with connection.cursor() as cursor:
        for model, keys in sorted(tables.items(), key=lambda item: item[0]._meta.db_table):
            table = model._meta.db_table
            cursor.execute(MARK.format(table=table), [list(keys), list(keys.values()), list(model.no_act)])
            texts |= {f"{table}.{pk}": text for pk, text in cursor.fetchall()}
    return texts


def guard(model: type[Recorded]) -> str:
    """Triggers: a row of this table is never deleted, and at COMMIT stands as the event it names recorded it."""
    table = model._meta.db_table
    no_act = "{" + ",".join(model.no_act) + "}"
    check = f"ledger_row_recorded('{no_act}', '{{{','.join(model.acts)}}}')"
    return f"""
CREATE CONSTRAINT TRIGGER {table}_recorded AFTER INSERT ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NOT (NEW.recorded IS NULL AND {model.unwritten.format(row="NEW")})) EXECUTE FUNCTION {check};
CREATE CONSTRAINT TRIGGER {table}_rerecorded AFTER UPDATE ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (to_jsonb(OLD) - '{no_act}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{no_act}'::text[])
    EXECUTE FUNCTION {check};
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
"""

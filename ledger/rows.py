"""Rows and their events: an event carries each row it wrote as it then stood, and the row names that event."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.db import connection

from accounts.models.recorded import Recorded
from ledger.envelope import REGISTRY

MARK = """
UPDATE {table} AS standing SET recorded = given.key
FROM unnest(%s::bigint[], %s::uuid[]) AS given (id, key) WHERE standing.id = given.id
RETURNING standing.id, {text}"""

FUNCTIONS = f"""
CREATE OR REPLACE FUNCTION ledger_row_text(standing anyelement, lists jsonb, no_act text[]) RETURNS text
LANGUAGE sql STABLE SET search_path = pg_catalog, public, pg_temp SET timezone = 'UTC'
AS $$ SELECT ((to_jsonb(standing) || lists) - 'recorded'::text - no_act)::text $$;

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
    EXECUTE format('SELECT to_jsonb(standing) || %s FROM %I AS standing WHERE id = $1', TG_ARGV[2], TG_TABLE_NAME)
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

-- A list was changed: the row that has it is looked at again at COMMIT, once for each statement.
CREATE OR REPLACE FUNCTION ledger_list_changed() RETURNS trigger LANGUAGE plpgsql
SET search_path = pg_catalog, public, pg_temp AS $guard$
BEGIN
    EXECUTE format('UPDATE %I SET recorded = recorded WHERE id IN (SELECT %I FROM changed)', TG_ARGV[0], TG_ARGV[1]);
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
            cursor.execute(MARK.format(table=table, text=text_of(model)), [list(keys), list(keys.values())])
            texts |= {f"{table}.{pk}": text for pk, text in cursor.fetchall()}
    return texts


def text_of(model: type[Recorded]) -> str:
    """SQL of a row `standing` of this table, word for word, with the lists that it has of others."""
    return f"ledger_row_text(standing, {_lists(model)}, '{_array(model.no_act)}')"


def _list_fields(model: type[Recorded]) -> list[Any]:
    """Its lists of other rows; one whose entries have a model of their own is recorded entry by entry."""
    fields: Iterable[Any] = model._meta.local_many_to_many
    return [field for field in fields if field.remote_field.through._meta.auto_created]


def _array(words: Iterable[str]) -> str:
    return "{" + ",".join(words) + "}"


def _lists(model: type[Recorded]) -> str:
    lists = [
        f"'{field.name}', ARRAY(SELECT {field.m2m_reverse_name()} FROM {field.m2m_db_table()}"  # noqa: S608 - our names
        f" WHERE {field.m2m_column_name()} = standing.id ORDER BY 1)"
        for field in _list_fields(model)
    ]
    return f"jsonb_build_object({', '.join(lists)})"


def guard(model: type[Recorded]) -> str:
    """Triggers: a row of this table is never deleted, and at COMMIT stands as the event it names recorded it."""
    table, lists = model._meta.db_table, _list_fields(model)
    no_act, listed = _array(model.no_act), _lists(model).replace("'", "''")
    check = f"ledger_row_recorded('{no_act}', '{_array(model.acts)}', '{listed}')"
    changed = f"(to_jsonb(OLD) - '{no_act}'::text[] IS DISTINCT FROM to_jsonb(NEW) - '{no_act}'::text[])"
    of_lists = "".join(_list_guard(field.m2m_db_table(), table, field.m2m_column_name()) for field in lists)
    return f"""
CREATE CONSTRAINT TRIGGER {table}_recorded AFTER INSERT ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN (NOT (NEW.recorded IS NULL AND {model.unwritten.format(row="NEW")})) EXECUTE FUNCTION {check};
CREATE CONSTRAINT TRIGGER {table}_rerecorded AFTER UPDATE ON {table}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW
    WHEN {"(true)" if lists else changed} EXECUTE FUNCTION {check};
CREATE TRIGGER {table}_stays BEFORE DELETE ON {table}
    FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
{of_lists}"""


def _list_guard(table: str, owner: str, column: str) -> str:
    changed = f"FOR EACH STATEMENT EXECUTE FUNCTION ledger_list_changed('{owner}', '{column}');"
    return f"""
CREATE TRIGGER {table}_added AFTER INSERT ON {table} REFERENCING NEW TABLE AS changed {changed}
CREATE TRIGGER {table}_removed AFTER DELETE ON {table} REFERENCING OLD TABLE AS changed {changed}
CREATE TRIGGER {table}_stays BEFORE UPDATE ON {table} FOR EACH ROW EXECUTE FUNCTION ledger_immutable();
"""

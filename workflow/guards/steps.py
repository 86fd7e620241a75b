"""The steps of a dossier's chain: only legal ones."""

from ledger.envelope import REGISTRY


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

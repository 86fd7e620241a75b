"""Does every recorded row stand as the last event that names it recorded it, and is there one for each?"""

from collections.abc import Iterator
from functools import cache, lru_cache

from django.apps import apps

from accounts.models import Recorded, Unit
from audit.verification.stream import REGISTRY, Row, rows
from ledger.envelope import ROW
from ledger.rows import text_of

LAST = f"""
WITH last AS MATERIALIZED (
    SELECT DISTINCT ON (called) called, event.id, event.chain, event.seq, event.key
    FROM ledger_event AS event, unnest(event.rows) AS called
    ORDER BY called, event.chain = '{REGISTRY}', event.seq DESC
)"""
OTHERWISE = """
SELECT {place}, substr(coalesce(called, '{table}.' || standing.id), {after}), last.chain, last.seq, standing.id IS NULL,
       opening.texts->('row.' || called)->>1, {text}
FROM (SELECT * FROM last WHERE starts_with(called, '{table}.')) AS last
FULL JOIN {table} AS standing ON called = '{table}.' || standing.id
LEFT JOIN ledger_opening AS opening ON opening.event_id = last.id
WHERE (last.key, opening.texts->('row.' || called)->>1)
      IS DISTINCT FROM (standing.recorded, {text})
  AND NOT (last.id IS NULL AND standing.recorded IS NULL AND {unwritten})"""

MISPLACED = """
SELECT unit.code, coalesce(above.code, ''), unit.above_code, unit.depth, length(unit.path) / %s
FROM accounts_unit AS unit LEFT JOIN accounts_unit AS above ON above.path = left(unit.path, -%s)
WHERE unit.above_code <> coalesce(above.code, '') OR unit.depth * %s <> length(unit.path) ORDER BY unit.path"""


@cache
def recorded_models() -> dict[str, type[Recorded]]:
    """Table -> model of every row that names its event."""
    models = [model for model in apps.get_models() if issubclass(model, Recorded)]
    return {model._meta.db_table: model for model in sorted(models, key=lambda model: model._meta.db_table)}


def misrecorded() -> Iterator[str]:
    """Every row that is otherwise than its last event says; one query, so that the events are read through once."""
    tables, parts = list(recorded_models()), []
    for place, (table, model) in enumerate(recorded_models().items()):
        unwritten = model.unwritten.format(row="standing")
        names = {
            "place": place,
            "table": table,
            "after": len(table) + 2,
            "unwritten": unwritten,
            "text": text_of(model),
        }
        parts.append(OTHERWISE.format(**names))
    question = f"{LAST} {' UNION ALL '.join(parts)} ORDER BY 1, 2"
    for place, row, chain, seq, gone, recorded_text, standing in rows(question):
        last = f"event {seq} of chain {chain}"
        yield f"{tables[place]} {row}: {_otherwise(last, seq, gone, recorded_text, standing)}"
    for code, stands, recorded, depth, level in rows(MISPLACED, [Unit.steplen] * 3):
        if stands != recorded:
            yield f"unit {code}: stands under “{stands}”, the record put it under “{recorded}”"
        if depth != level:
            yield f"unit {code}: says it is at level {depth}, it stands at level {level}"


def _otherwise(last: str, seq: int | None, gone: bool, recorded_text: str | None, standing: str) -> str:
    if seq is None:
        return "no event recorded it"
    if gone:
        return f"{last} recorded it, and it is gone"
    if recorded_text is None:
        return f"what {last} recorded of it was erased, and no later event says what it is now"
    if recorded_text != standing:
        return f"is not as {last} recorded it"
    return f"names another event than {last}, the last that wrote it"


def misnamed(event: Row) -> Iterator[str]:
    """An event names rows that its verb writes, and at least one where its verb writes any."""
    if not all(isinstance(name, str) for name in event.rows):
        return  # not what the envelope says, and told
    writes, due = _written_by(event.verb)
    named = {name.partition(".")[0] for name in event.rows}
    if named - writes:
        yield f"names a row that “{event.verb}” does not write"
    if due and not named:
        yield f"“{event.verb}” names no row that it wrote"


@lru_cache(100)
def _written_by(verb: str) -> tuple[frozenset[str], bool]:
    """The tables of which a verb writes rows, and whether it always writes one."""
    writing = {table: model for table, model in recorded_models().items() if verb in model.acts}
    return frozenset(writing), any(verb not in model.beside for model in writing.values())


def named_rows(texts: dict) -> list[str]:
    """The names of the rows that an envelope commits to."""
    return sorted(field.removeprefix(ROW) for field in texts if field.startswith(ROW))

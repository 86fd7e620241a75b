"""The counts behind the statistics of returns: kept up by errands, made anew at will.

What an event adds hangs on it and on what came before it in its chain alone: each counted once, in whatever order,
they add up to what the ledger says. Events whose errand still waits are counted on the spot, beside what is kept.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from accounts.compiled import written
from accounts.models import Unit
from ledger.envelope import REGISTRY
from ledger.shape import shown
from workflow.models import ReturnCount
from workflow.states import FOUR_EYES, Verb

VERBS = [Verb.SUBMIT, Verb.RETURN, *sorted(FOUR_EYES)]
MEASURES = ("submitted", "returned", "returns", "points", "accepted", "rounds", "decided")
ALL, PLACE, REASON, OFFICER = ReturnCount.By

GIVEN = "event.id = ANY(%s)"
WAITING = "event.id = ANY(ARRAY(SELECT event_id FROM workflow_errand))"  # few: each is found by its key
NOT_WAITING = "NOT EXISTS (SELECT FROM workflow_errand WHERE event_id = event.id)"

ADDED = f"""
WITH event AS (
    SELECT event.id, unit_id, verb, version, actor_id::text AS actor, role, version_before, returned_before,
           (SELECT count(*) FROM workflow_point WHERE event_id = event.id) AS points
    FROM ledger_event event, LATERAL (
        SELECT max(version) FILTER (WHERE verb = event.verb) AS version_before,
               bool_or(verb = 'return' AND (actor_id, role) = (event.actor_id, event.role)) AS returned_before
        FROM ledger_event WHERE chain = event.chain AND seq < event.seq
    ) AS before
    WHERE verb IN ({", ".join(f"'{verb}'" for verb in VERBS)}) AND chain <> '{REGISTRY}' AND {{which}}
), point AS (
    SELECT event.unit_id, dossier_id, event_id, number, reason, place_label, split_part(place, ':', 1) AS kind
    FROM workflow_point JOIN event ON event.id = event_id AND verb = 'return'
)
SELECT '{ALL}' AS by, unit_id, '' AS key, '' AS kind,
       (verb = 'submit' AND version_before IS NULL)::int AS submitted,
       (verb = 'return' AND version_before IS NULL)::int AS returned,
       (verb = 'return')::int AS returns,
       points,
       (verb = 'review' AND version_before IS NULL)::int AS accepted,
       CASE verb WHEN 'review' THEN version - coalesce(version_before, 0) ELSE 0 END AS rounds,
       0 AS decided
FROM event
UNION ALL
SELECT '{OFFICER}', unit_id, actor, role, 0,
       (verb = 'return' AND returned_before IS NOT TRUE)::int, (verb = 'return')::int, points, 0, 0, 1
FROM event WHERE verb <> 'submit'
UNION ALL
SELECT '{PLACE}', unit_id, place_label, kind, 0, (NOT EXISTS (
    SELECT FROM workflow_point
    WHERE dossier_id = point.dossier_id AND (event_id, number) < (point.event_id, point.number)
    AND (place_label, split_part(place, ':', 1)) = (point.place_label, point.kind))
)::int, 0, 1, 0, 0, 0
FROM point
UNION ALL
SELECT '{REASON}', unit_id, reason, '', 0, (NOT EXISTS (
    SELECT FROM workflow_point
    WHERE dossier_id = point.dossier_id AND (event_id, number) < (point.event_id, point.number)
    AND reason = point.reason)
)::int, 0, 1, 0, 0, 0
FROM point
"""  # noqa: S608 - our own constants

SUMS = ", ".join(f"sum({measure})::bigint AS {measure}" for measure in MEASURES)
KEEP = f"""
INSERT INTO workflow_returncount (by, unit_id, key, kind, {", ".join(MEASURES)})
SELECT by, unit_id, key, kind, {SUMS} FROM ({ADDED}) AS added GROUP BY by, unit_id, key, kind
ON CONFLICT (by, unit_id, key, kind) DO UPDATE
SET {", ".join(f"{measure} = workflow_returncount.{measure} + EXCLUDED.{measure}" for measure in MEASURES)}
"""  # noqa: S608 - the same
MISCOUNTED = f"""
SELECT unit_id, by, key, kind
FROM (SELECT by, unit_id, key, kind, {SUMS} FROM ({ADDED.format(which=NOT_WAITING)}) AS added
      GROUP BY by, unit_id, key, kind) AS due
FULL JOIN workflow_returncount AS kept USING (by, unit_id, key, kind)
WHERE ({", ".join(f"due.{measure}" for measure in MEASURES)})
      IS DISTINCT FROM ({", ".join(f"kept.{measure}" for measure in MEASURES)})
ORDER BY unit_id, by, key, kind"""  # noqa: S608 - the same
STANDING = f"""
SELECT {{group}}, {SUMS}, sum(sum(points)) OVER ()::bigint AS all_points
FROM (SELECT by, unit_id, key, kind, {", ".join(MEASURES)} FROM workflow_returncount WHERE by = '{{by}}'
      UNION ALL ({ADDED.format(which=WAITING)})) AS counted
JOIN (SELECT id, left(path, %s) AS branch FROM accounts_unit) AS unit ON unit.id = unit_id
WHERE by = '{{by}}' AND unit_id IN ({{units}})
GROUP BY {{group}} ORDER BY points DESC, {{group}} LIMIT %s
"""  # noqa: S608 - the same


def standing(
    by: ReturnCount.By, units: QuerySet[Unit], group: str, *, branch: int = 0, most: int | None = None
) -> list[dict[str, Any]]:
    """The measures of these units as the ledger stands, kept or not, the most points first; one statement.

    `group`: columns of ReturnCount, or `branch`, so many characters of the unit's place in the tree.
    """
    among, values = written(units.values("pk"))
    with connection.cursor() as cursor:
        cursor.execute(STANDING.format(by=by, group=group, units=among), [branch, *values, most])
        names = [column.name for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor]


def miscounted() -> Iterator[str]:
    """Every count that is kept otherwise than the events whose errands are done; for the verifier, one statement."""
    with connection.cursor() as cursor:
        cursor.execute(MISCOUNTED)
        for unit, by, key, kind in cursor:
            yield f"the returns of unit {unit}, {by} {shown(key)} {kind}: are not kept as its events add up"


def keep(events: list[int]) -> None:
    """Add what these events add: once each, in the transaction that takes their errands away."""
    with connection.cursor() as cursor:
        cursor.execute(KEEP.format(which=GIVEN), [events])


def keep_anew() -> int:
    """Forget what is kept and count every event whose errand is done; how many of the counts were otherwise."""
    before = _kept()
    ReturnCount.objects.all().delete()
    with connection.cursor() as cursor:
        cursor.execute(KEEP.format(which=NOT_WAITING))
    return len({counted[:4] for counted in before ^ _kept()})


def _kept() -> set[tuple[Any, ...]]:
    return set(ReturnCount.objects.values_list("by", "unit", "key", "kind", *MEASURES))

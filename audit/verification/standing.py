"""Who stood above whom at an earlier moment, by the moves on the registry chain?"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import Unit
from audit.verification.stream import bounded, dated, rows
from ledger.envelope import REGISTRY
from ledger.shape import MAX_FACTS, Malformed, parsed

MOVES = f"""
SELECT {dated("event.at")}, unit.code, {bounded("event.facts::text", MAX_FACTS)}
FROM ledger_event AS event LEFT JOIN accounts_unit AS unit ON unit.id = event.unit_id
WHERE event.chain = %s AND event.verb = 'unit_moved' ORDER BY event.seq"""


@dataclass
class Tree:
    """The tree as it stands now, with the recorded moves; taken back, they show it as it stood at a moment."""

    above: dict[str, str]  # code -> code of the unit right above now
    moves: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)  # code -> (when, from under which)

    @classmethod
    def as_recorded(cls) -> "Tree":
        """Two queries, however many units and events."""
        units = dict(Unit.objects.values_list("path", "code"))
        tree = cls({code: units.get(path[: -Unit.steplen], "") for path, code in units.items()}, defaultdict(list))
        for at, code, facts in rows(MOVES, [REGISTRY]):
            if at and code:  # of an event that cannot be read the walk tells
                tree.moves[code].append((at, _from(facts)))
        return tree

    def covered(self, office: str, unit: str, moment: datetime) -> bool:
        """Was `unit` this office or anywhere below it then? Yes where a move did not say from where."""
        seen = set()
        while unit and unit not in seen:
            if unit == office:
                return True
            seen.add(unit)
            unit = self._above_then(unit, moment)
        return unit is None

    def _above_then(self, code: str, moment: datetime) -> str | None:
        later = [came_from for at, came_from in self.moves.get(code, ()) if at > moment]
        return later[0] if later else self.above.get(code, "")


def _from(facts: str | None) -> str | None:
    """The code of the unit that one moved from under; None where the facts do not say."""
    try:
        moved = parsed(facts, MAX_FACTS)
    except Malformed:
        return None
    code = moved.get("from") if isinstance(moved, dict) else None
    return code if isinstance(code, str) else None

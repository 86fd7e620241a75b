"""Who stood above whom at an earlier moment, by the moves on the registry chain?"""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import Unit
from ledger.envelope import REGISTRY
from ledger.models import Event


@dataclass
class Tree:
    """The tree as it stands now, with the recorded moves; taken back, they show it as it stood at a moment."""

    above: dict[str, str]  # code -> code of the unit right above now
    moves: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)  # code -> (when, from under which)

    @classmethod
    def as_recorded(cls) -> "Tree":
        """Two queries, however many units and events."""
        rows = dict(Unit.objects.values_list("path", "code"))
        tree = cls({code: rows.get(path[: -Unit.steplen], "") for path, code in rows.items()}, defaultdict(list))
        events = Event.objects.filter(chain=REGISTRY, verb="unit_moved").order_by("seq")
        for at, code, facts in events.values_list("at", "unit__code", "facts"):
            tree.moves[code].append((at, facts.get("from")))
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

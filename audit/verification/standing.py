"""Do units and people stand as the office's own chain left them, and who stood above whom at an earlier moment?"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from accounts.models import Unit, User
from ledger.envelope import REGISTRY
from ledger.models import Event


@dataclass
class Tree:
    """The tree as it stands now, with the recorded moves; taken back, they show it as it stood at a moment."""

    above: dict[str, str]  # code -> code of the unit right above now
    moves: dict[str, list[tuple[datetime, str]]] = field(default_factory=dict)  # code -> (when, from under which)
    placed: dict[str, str] = field(default_factory=dict)  # code -> where its last event put it

    @classmethod
    def as_recorded(cls) -> "Tree":
        """Two queries, however many units and events."""
        rows = dict(Unit.objects.values_list("path", "code"))
        tree = cls({code: rows.get(path[: -Unit.steplen], "") for path, code in rows.items()}, defaultdict(list))
        events = Event.objects.filter(chain=REGISTRY, verb__in=["unit_opened", "unit_moved"]).order_by("seq")
        for at, verb, code, facts in events.values_list("at", "verb", "unit__code", "facts"):
            if verb == "unit_moved":
                tree.moves[code].append((at, facts.get("from")))
            if "to" in facts:
                tree.placed[code] = facts["to"]
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

    def faults(self) -> Iterator[str]:
        """Units that stand elsewhere than where the record put them last."""
        for code, recorded in self.placed.items():
            if self.above.get(code) != recorded:
                yield f"unit {code}: stands under “{self.above.get(code, '')}”, the record put it under “{recorded}”"


def misplaced(tree: Tree) -> Iterator[str]:
    """Every unit and account that is otherwise than its last event says."""
    yield from tree.faults()
    closed = Event.objects.filter(chain=REGISTRY, verb="unit_closed").values_list(
        "unit__code", "unit__closed_on", "facts"
    )
    for code, closed_on, facts in closed:
        if closed_on is None or closed_on.isoformat() != facts.get("on"):
            yield f"unit {code}: the record closed it, and it is not closed on that day"
    yield from _accounts()


def _accounts() -> Iterator[str]:
    verbs = {"person_deactivated": False, "person_reactivated": True}
    events = Event.objects.filter(chain=REGISTRY, verb__in=verbs).order_by("seq")
    left = {facts.get("person"): verbs[verb] for verb, facts in events.values_list("verb", "facts")}
    stored = User.objects.filter(ref__in=[ref for ref in left if ref]).values_list("ref", "is_active")
    for ref, active in stored:
        if active != left[str(ref)]:
            yield f"account {ref}: is {'open' if active else 'closed'}, the record left it otherwise"

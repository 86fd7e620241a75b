"""What to look at first before signing: figures and texts that changed, points answered, figures that disagree."""

import json
from dataclasses import dataclass
from functools import partial

from workflow.comparison.difference import DifferenceLine, changes
from workflow.kinds import kind_of
from workflow.models import Dossier, Point
from workflow.paper.parts import Amount


@dataclass(frozen=True)
class Summary:
    """Of a sealed paper against the version before it."""

    before: int  # that version's number; 0 when this is the first
    figures: list[tuple[str, DifferenceLine]]  # (place, the value on both sides)
    others: list[tuple[str, str]]  # (place, label) of what else changed
    answered: int
    points: int
    findings: list[str]

    def __bool__(self):
        return bool(self.before or self.points or self.findings)


def summary(paper: Dossier, points: list[Point]) -> Summary | None:
    """None while the paper is still being written."""
    if not paper.is_sealed:
        return None
    figures, others = _changed(paper)
    answered = sum(bool(point.answer) for point in points)
    findings = [finding.message for finding in paper.findings()]
    return Summary(paper.version - 1, figures, others, answered, len(points), findings)


def _changed(paper: Dossier) -> tuple[list[tuple[str, DifferenceLine]], list[tuple[str, str]]]:
    """Amounts with both values; of the rest only where, since the comparison shows them word by word."""
    if not paper.content_before:
        return [], []
    older, labels = json.loads(bytes(paper.content_before))["content"], dict(paper.places())
    old, new = (content.get("parts", {}) for content in (older, paper.content()))
    differ = [place for place in labels if old.get(place) != new.get(place)]
    reads = partial(kind_of(paper).reads, paper)
    amounts = [place for place in differ if isinstance(reads(place, new.get(place) or old[place]), Amount)]
    sides = ({"parts": {place: side[place] for place in amounts if place in side}} for side in (old, new))
    changed = changes(*sides, labels, reads)  # type: ignore[call-arg]  # two sides
    return (
        [(change.place, line) for change in changed for line in change.lines],
        [(place, labels[place]) for place in differ if place not in amounts],
    )

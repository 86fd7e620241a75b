"""What changed between two contents of a paper: text word by word, values with their difference, files by hash."""

import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from django.utils.translation import gettext as _

from vietnamese.text import number
from workflow.comparison.alignment import Aligner
from workflow.paper.parts import Amount, CellTable, Facts, Part, RunningText

TOKEN = re.compile(r"\d[\d.,/:-]*\d|\w+|\s+|[^\w\s]")
MAX_CHARACTERS_SHOWN = 20_000  # characters of one changed stretch that a page shows
FOLDED = 4_000  # characters of an unchanged stretch that can be unfolded
CONTEXT = 1  # unchanged paragraphs shown beside a change
MIN_WORDS_IN_COMMON = 5  # words by which a paragraph is known again elsewhere

Pieces = list[tuple[str, str]]  # (mark, words), the mark being "", "del" or "ins"


@dataclass(frozen=True)
class Stretch:
    """Paragraphs side by side: "changed", "moved" away or here, or "same" and folded when there are many."""

    kind: str
    before: Pieces = field(default_factory=list)
    after: Pieces = field(default_factory=list)
    folded: int = 0  # how many unchanged paragraphs stand here
    text: str = ""  # theirs, where it is not too long


@dataclass(frozen=True)
class DifferenceLine:
    """A row of a table or a value by name on both sides; `delta` says by how much a number differs."""

    label: str
    before: list[tuple[bool, str]] = field(default_factory=list)  # (differs, words) for each cell
    after: list[tuple[bool, str]] = field(default_factory=list)
    delta: str = ""


@dataclass(frozen=True)
class Difference:
    """One place that differs, in the shape of what stands there: words, amount, table or facts."""

    place: str
    label: str
    shape: str
    stretches: list[Stretch] = field(default_factory=list)
    lines: list[DifferenceLine] = field(default_factory=list)
    columns: list[str] = field(default_factory=list)

    @property
    def anchor(self) -> str:
        return "diff-" + re.sub(r"[^\w-]+", "-", self.place)


def changes(before: dict, after: dict, labels: dict[str, str], reads: Callable[[str, dict], Part]) -> list[Difference]:
    """Places that differ, in the paper's own order, those it no longer has at the end."""
    old, new = (content.get("parts", {}) for content in (before, after))
    order = [place for place in labels if place in old or place in new]
    rest = sorted((old.keys() | new.keys()) - set(order))
    aligner, changed = Aligner(), []
    for place in [*order, *rest]:
        if old.get(place) != new.get(place):
            sides = [reads(place, part[place]) if part.get(place) else None for part in (old, new)]
            changed.append(_change(place, labels.get(place, place), *sides, aligner))  # type: ignore[call-arg]  # two sides
    return changed


def _change(place: str, label: str, old: Part | None, new: Part | None, aligner: Aligner) -> Difference:
    shape = type(new if new is not None else old)
    old, new = (side if isinstance(side, shape) else shape() for side in (old, new))
    if shape is RunningText:
        return Difference(place, label, "words", stretches=list(_stretches(old.paragraphs, new.paragraphs, aligner)))
    if shape is Amount:
        return Difference(place, label, "amount", lines=[_amount(label, old, new)])
    if shape is CellTable:
        columns = new.columns or old.columns
        return Difference(place, label, "table", lines=list(_rows(old.rows, new.rows, aligner)), columns=columns)
    return Difference(place, label, "facts", lines=list(_facts(old, new)))


# --- text -------------------------------------------------------------------------------------------------------------
def _stretches(old: list[str], new: list[str], aligner: Aligner) -> Iterator[Stretch]:
    """Unchanged paragraphs folded, moved ones told, the others word by word."""
    steps = list(aligner.steps(old, new))
    moved = _moved(old, new, steps)
    for step, (equal, here, there) in enumerate(steps):
        if equal:
            yield from _same(old[here], first=step == 0, last=step == len(steps) - 1)
            continue
        gone, come = ([words for words in side if words not in moved] for side in (old[here], new[there]))
        if gone or come:
            yield Stretch("changed", *marked("\n".join(gone), "\n".join(come), aligner))
        yield from (Stretch("moved", before=[("", words)]) for words in old[here] if words in moved)
        yield from (Stretch("moved", after=[("", words)]) for words in new[there] if words in moved)


def _moved(old, new, steps) -> set[str]:
    """Paragraphs, long enough to be known again, that were taken out in one place and stand in another."""
    gone = Counter(words for equal, here, _there in steps if not equal for words in old[here])
    come = Counter(words for equal, _here, there in steps if not equal for words in new[there])
    return {words for words in gone if gone[words] == come[words] == 1 and words.count(" ") >= MIN_WORDS_IN_COMMON - 1}


def _same(paragraphs: list[str], *, first: bool, last: bool) -> Iterator[Stretch]:
    """The paragraphs beside a change, the others folded."""
    head = [] if first else paragraphs[:CONTEXT]
    tail = [] if last else paragraphs[len(head) :][-CONTEXT:]
    middle = paragraphs[len(head) : len(paragraphs) - len(tail)]
    if head:
        yield Stretch("same", text="\n".join(head))
    if middle:
        text = "\n".join(middle)
        yield Stretch("same", folded=len(middle), text=text if len(text) <= FOLDED else "")
    if tail:
        yield Stretch("same", text="\n".join(tail))


def marked(before: str, after: str, aligner: Aligner | None = None) -> tuple[Pieces, Pieces]:
    """Both texts in pieces, what only one of them has marked."""
    old, new = TOKEN.findall(before), TOKEN.findall(after)
    left, right = [], []
    for equal, here, there in _without_idle_islands((aligner or Aligner()).steps(old, new), old):
        _add(left, "" if equal else "del", "".join(old[here]))
        _add(right, "" if equal else "ins", "".join(new[there]))
    return _cut(left), _cut(right)


def _without_idle_islands(steps, old) -> Iterator[tuple[bool, slice, slice]]:
    """A lone space between two changed words belongs to the change."""
    steps = list(steps)
    for step, (equal, here, there) in enumerate(steps):
        island = equal and 0 < step < len(steps) - 1 and not "".join(old[here]).strip()
        yield equal and not island, here, there


def _add(pieces: Pieces, mark: str, words: str) -> None:
    if not words:
        return
    if pieces and pieces[-1][0] == mark:
        pieces[-1] = (mark, pieces[-1][1] + words)
    else:
        pieces.append((mark, words))


def _cut(pieces: Pieces) -> Pieces:
    """As much as a page shows; the rest is said to be there."""
    shown, room = [], MAX_CHARACTERS_SHOWN
    for mark, words in pieces:
        if len(words) > room:
            left = sum(len(rest) for _mark, rest in pieces) - MAX_CHARACTERS_SHOWN
            more = _("… (%(count)s more characters)") % {"count": number(left)}
            return [*shown, (mark, words[:room]), ("", more)]
        shown.append((mark, words))
        room -= len(words)
    return shown


# --- values -----------------------------------------------------------------------------------------------------------
def _amount(label: str, old: Amount, new: Amount) -> DifferenceLine:
    return DifferenceLine(label, [(True, _text(old))], [(True, _text(new))], delta(old, new))


def _text(amount: Amount) -> str:
    if amount.why:
        return _("no data: %(why)s") % {"why": amount.why}
    return amount.shown


def delta(old: Amount, new: Amount) -> str:
    """+60, +4,8%; in points between percentages; nothing unless both are numbers."""
    if old.number is None or new.number is None:
        return ""
    by = new.number - old.number
    if old.is_share or new.is_share:
        return _("%(by)s points") % {"by": _signed(by)}
    if not old.number:
        return _signed(by)
    return f"{_signed(by)}, {_signed((100 * by / abs(old.number)).quantize(Decimal('0.1')))}%"


def _signed(value: Decimal) -> str:
    return f"{'+' if value > 0 else '−' if value < 0 else ''}{number(abs(value))}"


def _facts(old: Facts, new: Facts) -> Iterator[DifferenceLine]:
    for name in dict.fromkeys([*new.values, *old.values]):
        before, after = old.values.get(name, ""), new.values.get(name, "")
        if before != after:
            yield DifferenceLine(name, [(True, before)], [(True, after)])


def _rows(old: list[list[str]], new: list[list[str]], aligner: Aligner) -> Iterator[DifferenceLine]:
    """Rows that differ, each beside the one it took the place of; a gone or new row beside nothing."""
    for equal, here, there in aligner.steps([tuple(row) for row in old], [tuple(row) for row in new]):
        if not equal:
            yield from _paired(old[here], new[there], here.start, there.start)


def _paired(gone: list, come: list, first_gone: int, first_come: int) -> Iterator[DifferenceLine]:
    for place in range(max(len(gone), len(come))):
        before, after = (rows[place] if place < len(rows) else [] for rows in (gone, come))
        label = str((first_come if after else first_gone) + place + 1)
        yield DifferenceLine(label, _cells(before, after), _cells(after, before))


def _cells(row: list[str], other: list[str]) -> list[tuple[bool, str]]:
    return [(place >= len(other) or words != other[place], words) for place, words in enumerate(row)]


# --- files ------------------------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class FileChange:
    """A file that is "gone", "added", "renamed" with the same content, or has other "content" under the same name."""

    kind: str
    before: dict | None = None
    after: dict | None = None


def files(before: dict, after: dict) -> list[FileChange]:
    """Files told apart by their hash, those of one name with other content put together."""
    old, new = ({file["sha256"]: file for file in content.get("attachments", [])} for content in (before, after))
    changed = [
        FileChange("renamed", old[sha], new[sha]) for sha in old if sha in new and old[sha]["name"] != new[sha]["name"]
    ]
    added = {sha: file for sha, file in new.items() if sha not in old}
    for sha, file in old.items():
        if sha in new:
            continue
        twin = next((sha for sha, other in added.items() if other["name"] == file["name"]), None)
        changed.append(FileChange("content", file, added.pop(twin)) if twin else FileChange("gone", before=file))
    return [*changed, *(FileChange("added", after=file) for file in added.values())]

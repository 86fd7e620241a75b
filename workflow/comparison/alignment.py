"""What two sequences have in common, in order: exact where they are short, by rare words where they are long.

Time grows with the length, never with its square: the exact way is taken only in gaps that are small, and only as
long as the work allowed for one comparison lasts; what is left then counts as replaced.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

MAX_ITEMS_COMPARED_EXACTLY = 800  # items on both sides of a gap that are compared exactly
MAX_PAIRS_COMPARED = 8_000_000  # pairs of items looked at in one comparison
MAX_DEPTH = 12  # anchors within gaps between anchors

Block = tuple[int, int, int]  # where in the old, where in the new, how many items


class Aligner:
    """The work allowed for all sequences of one comparison."""

    def __init__(self, work: int = MAX_PAIRS_COMPARED):
        self.left = work

    def steps(self, old: Sequence, new: Sequence) -> Iterator[tuple[bool, slice, slice]]:
        """(is equal, slice of the old, slice of the new), covering both from beginning to end."""
        i = j = 0
        for a, b, n in [*self._joined(old, new), (len(old), len(new), 0)]:
            if i < a or j < b:
                yield False, slice(i, a), slice(j, b)
            if n:
                yield True, slice(a, a + n), slice(b, b + n)
            i, j = a + n, b + n

    def _joined(self, old, new) -> list[Block]:
        """Neighbouring blocks as one."""
        joined: list[Block] = []
        for a, b, n in self._blocks(old, (0, len(old)), new, (0, len(new)), 0):
            if joined and joined[-1][0] + joined[-1][2] == a and joined[-1][1] + joined[-1][2] == b:
                joined[-1] = (*joined[-1][:2], joined[-1][2] + n)
            elif n:
                joined.append((a, b, n))
        return joined

    def _blocks(self, old, here, new, there, depth) -> Iterator[Block]:
        (a, a_end), (b, b_end) = here, there
        head = _common(old, new, range(a, a_end), range(b, b_end))
        yield a, b, head
        a, b = a + head, b + head
        tail = _common(old, new, range(a_end - 1, a - 1, -1), range(b_end - 1, b - 1, -1))
        a_end, b_end = a_end - tail, b_end - tail
        if a < a_end and b < b_end:
            yield from self._within(old, (a, a_end), new, (b, b_end), depth)
        yield a_end, b_end, tail

    def _within(self, old, here, new, there, depth) -> Iterator[Block]:
        (a, a_end), (b, b_end) = here, there
        work = (a_end - a) * (b_end - b)
        if a_end - a + b_end - b <= MAX_ITEMS_COMPARED_EXACTLY:
            if work <= self.left:
                self.left -= work
                exact = SequenceMatcher(None, old[a:a_end], new[b:b_end], autojunk=False)
                yield from ((a + i, b + j, n) for i, j, n in exact.get_matching_blocks())
            return
        if depth == MAX_DEPTH:
            return
        for i, j in _anchors(old, here, new, there):
            yield from self._blocks(old, (a, i), new, (b, j), depth + 1)
            yield i, j, 1
            a, b = i + 1, j + 1
        if (a, b) != (here[0], there[0]):
            yield from self._blocks(old, (a, a_end), new, (b, b_end), depth + 1)


def _common(old, new, here: range, there: range) -> int:
    """How many items are the same from the start of both ranges."""
    same = 0
    for i, j in zip(here, there, strict=False):
        if old[i] != new[j]:
            break
        same += 1
    return same


def _anchors(old, here, new, there) -> list[tuple[int, int]]:
    """Items that stand once on either side, as many as keep their order: the longest rising run of their places."""
    mine, theirs = Counter(old[slice(*here)]), Counter(new[slice(*there)])
    at = {new[j]: j for j in range(*there) if theirs[new[j]] == 1}
    pairs = [(i, at[old[i]]) for i in range(*here) if mine[old[i]] == 1 and old[i] in at]
    ends: list[int] = []  # the smallest last place of a run of each length, and the pair it ends with
    last: list[int] = []
    before: list[int] = []
    for number, (_i, j) in enumerate(pairs):
        length = bisect_left(ends, j)
        before.append(last[length - 1] if length else -1)
        ends[length : length + 1] = [j]
        last[length : length + 1] = [number]
    run, number = [], last[-1] if last else -1
    while number >= 0:
        run.append(pairs[number])
        number = before[number]
    return run[::-1]

"""What stands and what was typed, side by side and marked word by word, so that one of them is chosen knowingly."""

from dataclasses import dataclass

from workflow.comparison.difference import Pieces, marked


@dataclass(frozen=True)
class Differing:
    """One field in which they differ: both texts in pieces, what only one of them has marked."""

    label: str
    before: Pieces
    after: Pieces


def side_by_side(stored, typed) -> list[Differing]:
    """The fields in which two forms of one place differ: what is stored, and what somebody has typed."""
    then, now = stored.in_words(), typed.in_words()
    return [
        Differing(label, *marked(words, now[name][1])) for name, (label, words) in then.items() if words != now[name][1]
    ]

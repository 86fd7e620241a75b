"""What a kind of paper is found by."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Terms:
    """What a kind of paper is found by besides its subject, unit, drafter and the numbers of its record."""

    numbers: tuple[str, ...] = ()  # "18/KH-LĐLĐ"
    people: tuple[tuple[str, int | None], ...] = ()  # proposed in it: full name, and the account where there is one
    words: tuple[str, ...] = ()
    topic: str = ""  # what called for it, as `Dossier.topics` names it

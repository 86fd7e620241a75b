"""What the rules need to know about a dossier, read at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from vietnamese.text import nfc
from workflow.states import FOUR_EYES, Verb


@dataclass(frozen=True)
class SealedBeside:
    """What a version seals beside the content."""

    points: tuple[dict, ...]  # of every return: {event, number, place, answer, answered_by}
    editors: dict[int, UUID]  # primary key -> public ref

    @classmethod
    def of(cls, row) -> "SealedBeside":
        """From a row of `DossierQuerySet.with_sealed_beside()`."""
        return cls(tuple(row.point_rows), {editor["pk"]: UUID(editor["ref"]) for editor in row.editor_rows})


@dataclass(frozen=True)
class Situation(SealedBeside):
    """What rules and the ledger need to know about a dossier beyond its own row."""

    head_seq: int
    head_leaf: bytes
    sealed_hash: str
    prior_events: dict[UUID, int]  # of the keys asked about: key -> primary key of the event it made
    moment: datetime  # of the event that would follow
    deciders: tuple[tuple[str, int, int | None], ...]  # verb, actor, acting for
    submitters: frozenset[int]

    @classmethod
    def of(cls, row) -> "Situation":
        """From a row of `DossierQuerySet.with_situation()`."""
        hands = [(hand["verb"], hand["actor"], hand["acting_for"]) for hand in row.hand_rows]
        submitted = [people for verb, *people in hands if verb == Verb.SUBMIT]
        return cls(
            **vars(SealedBeside.of(row)),
            head_seq=row.head_seq or 0,
            head_leaf=bytes(row.head_leaf or b"\x00" * 32),
            sealed_hash=row.sealed_hash_now or "",
            prior_events={UUID(prior["key"]): prior["pk"] for prior in row.prior_rows},
            moment=row.moment,
            deciders=tuple(hand for hand in hands if hand[0] in FOUR_EYES),
            submitters=frozenset(pk for people in submitted for pk in people if pk),
        )

    @property
    def open_points(self) -> int:
        """How many points of a return wait for an answer."""
        return sum(not nfc(point["answer"]).strip() for point in self.points)

    def hands(self, verb: Verb) -> frozenset[int]:
        """Everyone barred from `verb` by their hand in this: writers, submitters, takers of another decision."""
        deciders = {pk for taken, *people in self.deciders if taken != verb for pk in people if pk}
        return frozenset(self.editors) | self.submitters | deciders

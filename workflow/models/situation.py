"""What the rules need to know about a dossier, read at once."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from ledger.envelope import GENESIS
from vietnamese.text import nfc
from workflow.states import FOUR_EYES, Verb

GENESIS_ROW = [0, GENESIS.hex(), "0001-01-01T00:00:00+00:00"]  # before the first event of a chain


@dataclass(frozen=True)
class SealedBeside:
    """What a version seals beside the content."""

    points: tuple[dict, ...]  # of every return, in order: {event, number, place, answer, answered_by}
    editors: dict[int, UUID]  # primary key -> public ref

    @classmethod
    def of(cls, row) -> "SealedBeside":
        """From a row of `DossierQuerySet.with_sealed_beside()`."""
        points = sorted(row.point_rows, key=lambda point: (point["event"], point["number"]))
        return cls(tuple(points), {editor["pk"]: UUID(editor["ref"]) for editor in row.editor_rows})

    @property
    def open_points(self) -> int:
        """How many points of a return wait for an answer."""
        return sum(not nfc(point["answer"]).strip() for point in self.points)


@dataclass(frozen=True)
class Situation:
    """What rules and the ledger need to know about a dossier beyond its own row."""

    head_seq: int
    head_leaf: bytes
    sealed_hash: str
    prior_events: dict[UUID, int]  # of the keys asked about: key -> primary key of the event it made
    moment: datetime  # of the event that would follow: by the database's clock, never before the last one
    deciders: tuple[tuple[str, frozenset[int]], ...]  # verb -> actor and whom they acted for
    submitters: frozenset[int]
    writers: frozenset[int]  # everyone who ever edited it

    @classmethod
    def of(cls, row) -> "Situation":
        """From a row of `DossierQuerySet.with_situation()`."""
        seq, leaf, at = row.head_row or GENESIS_ROW
        hands = [(verb, frozenset(map(int, people))) for verb, *people in map(str.split, row.hand_rows)]
        return cls(
            head_seq=seq,
            head_leaf=bytes.fromhex(leaf),
            sealed_hash=row.sealed_hash_now or "",
            prior_events={UUID(prior["key"]): prior["pk"] for prior in getattr(row, "prior_rows", ())},
            moment=max(row.clock, datetime.fromisoformat(at)),
            deciders=tuple(hand for hand in hands if hand[0] in FOUR_EYES),
            submitters=frozenset().union(*(people for verb, people in hands if verb == Verb.SUBMIT)),
            writers=frozenset(row.writer_pks),
        )

    def hands(self, verb: Verb) -> frozenset[int]:
        """Everyone barred from `verb` by their hand in this: writers, submitters, takers of another decision."""
        return self.writers.union(self.submitters, *(people for decided, people in self.deciders if decided != verb))

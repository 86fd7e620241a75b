"""The papers of a crowd: one that others copy, and each copy on its way."""

from dataclasses import dataclass, field
from datetime import date
from typing import Generic, TypeVar
from uuid import UUID, uuid4

from accounts.models import Unit
from benchmarks.made.roads import STEPS
from ledger.envelope import GENESIS
from workflow.decisions.sealing import sealed_content, wording
from workflow.models import Dossier
from workflow.states import State, Verb

Copied = TypeVar("Copied", bound=Dossier)
CONTENT = {"section_texts", "figures", "attestations"}
POINTS = [  # of a return: place, its label, what to mend, kind of fault
    ("general", "Toàn văn", "Trình bày lại theo mẫu.", "form"),
    ("section:1", "1. Công tác lãnh đạo, chỉ đạo", "Nêu rõ văn bản chỉ đạo.", "unclear"),
    ("figure:so_lop", "Số lớp học tập", "Số lớp chưa khớp với phụ lục.", "wrong_figure"),
    ("section:2.1", "2.1. Kết quả học tập", "Bổ sung số liệu năm 2020.", "missing_figure"),
    ("field:minutes_no", "Số biên bản", "Đính kèm biên bản.", "missing_file"),
]


@dataclass
class Like(Generic[Copied]):
    """The paper that others copy: its sealed manifest, its words, and the rows that hold its content."""

    paper: Copied
    sealed: dict
    words: bytes

    @classmethod
    def of(cls, paper: Copied) -> "Like[Copied]":
        return cls(paper, sealed_content(paper, 1), wording(paper))

    def tables(self) -> list[tuple[str, str, list[str]]]:
        """(table, the column of the dossier, the other columns) of everything that holds content."""
        model = type(self.paper)
        beside = [relation.related_model for relation in model._meta.related_objects if relation.name in CONTENT]
        return [_columns(model, "dossier_ptr"), *(_columns(table, "report") for table in beside)]


def _columns(model, link: str) -> tuple[str, str, list[str]]:
    to = model._meta.get_field(link)
    own = [column for column in model._meta.local_concrete_fields if column != to]
    return model._meta.db_table, to.column, [column.column for column in own if column.name != "id"]


@dataclass
class Paper:
    """One copy on its way."""

    number: int
    like: Like
    place: int  # of its union among all
    unit: Unit
    name: str
    subject: str
    road: list[Verb]
    due_on: date
    ref: UUID = field(default_factory=uuid4)
    pk: int = 0
    sealed: list[str] = field(default_factory=lambda: [""])  # the hash of each version, the draft's empty one first
    leaf: bytes = GENESIS
    seq: int = 0

    @property
    def kind(self) -> str:
        return self.like.paper.kind

    @property
    def state(self) -> State:
        return STEPS[self.road[-1]][0]

    @property
    def points(self) -> list[tuple]:
        """Those of its return, two of the five."""
        return [POINTS[(self.number + step) % len(POINTS)] for step in (0, 2)] if Verb.RETURN in self.road else []

    @property
    def answered(self) -> bool:
        return self.road.count(Verb.SUBMIT) > 1

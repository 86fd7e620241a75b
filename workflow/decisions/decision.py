"""One decision under way: what it checks, moves and says."""

from functools import cached_property
from typing import Any
from uuid import UUID

from django.utils.translation import gettext as _

from accounts.models import Authority, Recorded
from ledger.envelope import Entry, Facts
from ledger.models import Event
from ledger.rows import marked
from vietnamese.text import nfc
from workflow.decisions.definition import Definition
from workflow.decisions.rules import why_not
from workflow.decisions.sealing import seal
from workflow.errors import Refused, Stale
from workflow.models import Dossier, Point

MOVED = [
    Dossier._meta.get_field(name).attname  # type: ignore[union-attr]  # columns all
    for name in ("state", "state_since", "version", "submitter", "handler")
]


class Decision:
    """One decision under way: the locked row to move, its paper to ask, and the event once sealed."""

    def __init__(
        self,
        definition: Definition,
        paper: Dossier,
        by: Authority,
        key: UUID,
        facts: Facts,
        texts: dict[str, str],
        sole: bool,
        rows: tuple[Recorded, ...],
    ):
        self.definition, self.paper, self.by, self.key = definition, paper, by, key
        self.facts, self.texts, self.sole, self.rows = facts, texts, sole, rows
        self.dossier = paper.dossier_ptr  # the same row without its child: what a decision moves and saves
        self.before = self.dossier.state
        self.event: Event | None = None
        self.content_hash = paper.situation.sealed_hash if paper.version else ""

    def check(self, seen: str) -> None:
        """Raise Refused with every reason, Stale when `seen` is not what is stored."""
        given = self.facts | {"note": self.texts["note"], "texts": self.texts}
        if reasons := why_not(self.definition, self.paper, self.by, given, sole=self.sole):
            raise Refused(*reasons)
        if seen != self.paper.seen():
            raise Stale(_("This paper has changed since you opened it. Read the new version before you decide."))

    def move(self) -> None:
        """Let the machine move the row; say since when, and free it of whoever claimed it in the state before."""
        self.definition.move(self)
        if self.dossier.state != self.before:
            self.dossier.state_since, self.dossier.handler = self.paper.situation.moment, None

    def entry(self) -> Entry:
        """What the dossier's chain is to say of it."""
        situation = self.paper.situation
        return Entry(
            chain=self.dossier.ref,
            seq=situation.head_seq + 1,
            prev=situation.head_leaf,
            at=situation.moment,
            verb=self.definition.verb,
            by=self.by,
            key=self.key,
            kind=self.dossier.kind,
            unit=self.paper.unit.code,
            before=self.before,
            after=self.dossier.state,
            version=self.dossier.version,
            content_hash=self.content_hash,
            sole_officer=self.sole,
            facts=self.facts,
            texts=self.texts | {f"place.{number}": label for number, label in self.labels.items()},
            rows=marked((self.key, row) for row in self.rows),
        )

    def changed(self) -> tuple[tuple[str, Any], ...]:
        """(column, value) of what moved in the dossier's row."""
        now = [(column, getattr(self.dossier, column)) for column in MOVED]
        return tuple((column, value) for column, value in now if value != getattr(self.paper, column))

    def stood(self) -> list[Any]:
        """The values of what decisions move, as they were read."""
        return [getattr(self.paper, column) for column in MOVED]

    @cached_property
    def labels(self) -> dict[int, str]:
        """Number of each point of a return -> what its place is called in the version that is returned."""
        points = self.facts.get("points", [])
        places = dict(self.paper.places()) if points else {}
        return {point["number"]: nfc(places[point["place"]]) for point in points}

    def points(self) -> list[Point]:
        """The points of a return, for the drafter to answer one by one."""
        return [
            Point(
                dossier=self.dossier,
                event=self.event,
                number=point["number"],
                place=point["place"],
                place_label=self.labels[point["number"]],
                text=self.texts[f"point.{point['number']}"],
                reason=point.get("reason", ""),
            )
            for point in self.facts.get("points", [])
        ]

    def seal_version(self) -> None:
        """Freeze what is submitted: the content, its words, everyone who ever edited it, the points answered."""
        self.dossier.version += 1
        self.content_hash = seal(self.paper, self.dossier.version, self.paper.situation.moment)

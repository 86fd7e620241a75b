"""What one row comes to."""

from dataclasses import dataclass, field
from datetime import date

from administration.people_import.workbook.reading import WorkbookRow


@dataclass
class RowOutcome:
    """A row, the object it is about (saved or not yet), and what would change: column -> (from, to)."""

    row: WorkbookRow
    name: str
    target: object = None
    is_new: bool = False
    changes: dict[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        if self.row.problems:
            return "refused"
        return "new" if self.is_new else "changed" if self.changes else "same"

    def compare(self, column: str, before, after) -> None:
        """Note what a column changes from and to; a column that the file does not have changes nothing."""
        if column in self.row.values and _plain(before) != _plain(after):
            self.changes[column] = (_plain(before), _plain(after))

    def stored(self) -> dict:
        """The row as the dry run shows it and as its digest is made of."""
        return {
            "sheet": self.row.sheet,
            "number": self.row.number,
            "outcome": self.kind,
            "name": self.name,
            "changes": [[column, *pair] for column, pair in self.changes.items()],
            "problems": [problem.stored() for problem in self.row.problems],
        }


def _plain(value) -> str:
    return value.isoformat() if isinstance(value, date) else str(value or "")


def refuse_twins(outcomes: list[RowOutcome], key, column: str, sentence: str) -> None:
    """A second row about the same thing is refused, naming the first."""
    first: dict = {}
    for outcome in outcomes:
        identity = key(outcome)
        if identity is not None and first.setdefault(identity, outcome.row.number) != outcome.row.number:
            outcome.row.wrong(column, sentence, row=str(first[identity]))

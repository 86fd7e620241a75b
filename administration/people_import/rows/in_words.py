"""A row of the dry run in words: where it stands, what it comes to, and what is wrong with it."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from administration.models import PeopleImportRow
from administration.people_import.workbook import cells
from administration.people_import.workbook.columns import SHEETS

TONES = {"new": "green", "changed": "amber", "same": "", "refused": "red"}


@dataclass(frozen=True)
class ImportLine:
    """One row as the page shows it."""

    row: PeopleImportRow

    @property
    def sheet(self) -> str:
        return SHEETS[self.row.sheet].title

    @property
    def tone(self) -> str:
        return TONES[self.row.outcome]

    @property
    def changes(self) -> list[tuple[str, str, str]]:
        """Column, from, to; a new row says only what it will be."""
        sheet = SHEETS[self.row.sheet]
        outcome = [(sheet.column(name), before, after) for name, before, after in self.row.changes]
        return [(column.title, column.shown(before), column.shown(after)) for column, before, after in outcome]

    @property
    def problems(self) -> list[str]:
        return [self._sentence(problem) for problem in self.row.problems]

    def _sentence(self, problem: list) -> str:
        return _("Sheet “%(sheet)s”, row %(row)s, column “%(column)s”: %(problem)s") % {
            "sheet": self.sheet,
            "row": self.row.number,
            "column": SHEETS[self.row.sheet].column(problem[0]).title,
            "problem": cells.sentence(problem),
        }

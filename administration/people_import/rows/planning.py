"""What a whole workbook comes to: the same plan for the dry run and, made again, for the import."""

from collections import Counter
from dataclasses import dataclass

from accounts.models import Authority
from administration.people_import.rows.appointments import Appointments
from administration.people_import.rows.outcomes import RowOutcome
from administration.people_import.rows.people import People
from administration.people_import.rows.units import Units
from administration.people_import.workbook.reading import Book
from ledger.canonical import canonical, sha256


@dataclass(frozen=True)
class Plan:
    """Every row's outcome in the order of the sheets."""

    book: Book
    units: Units
    people: People
    appointments: Appointments

    @property
    def outcomes(self) -> list[RowOutcome]:
        return [*self.units.outcomes, *self.people.outcomes, *self.appointments.outcomes]

    def counts(self) -> dict[str, dict[str, int]]:
        counted = Counter((outcome.row.sheet, outcome.kind) for outcome in self.outcomes)
        return {name: {kind: n for (sheet, kind), n in counted.items() if sheet == name} for name in self.book.rows}

    def digest(self) -> str:
        """Of the file and of every outcome: another file, or another office under it, has another digest."""
        content = {"file": self.book.sha256, "rows": [outcome.stored() for outcome in self.outcomes]}
        return sha256(canonical(content)).hex()


def plan(book: Book, by: Authority) -> Plan:
    """Reads the office; writes nothing."""
    appointed = book.rows["appointments"]
    units = Units(book.rows["units"], {row.text("unit") for row in appointed}, by)
    people = People(book.rows["people"], {row.text("username") for row in appointed}, by)
    return Plan(book, units, people, Appointments(appointed, units, people, by))

"""Formulas and connections of Excel: those refused that start a program or fetch from outside."""

import re

from intake.uploads import reasons
from intake.uploads.kinds import Unacceptable
from intake.uploads.ooxml.markup import Attributes, attribute
from intake.uploads.targets import OPEN, leads_outside, runs_a_command

_QUOTED = re.compile(r""""(?:[^"]|"")*"|'(?:[^']|'')*'""")
_COLUMNS = re.compile(r"(?<=\w)\[(?:[^\[\]]|\[[^\[\]]*\])*\]")  # of a table, by the names their heads give them
_CALLS = re.compile(
    r"(?<![\w.])(?:_xl\w+\.)*(?:WEBSERVICE|IMAGE|RTD|DDE|CALL|REGISTER|REGISTER\.ID|EXEC|FOPEN|SQL\.REQUEST)\s*\(",
    re.IGNORECASE,
)
# Quoted words are passed over; of a link, what stands before a comma or the end is where it leads.
_LINK = re.compile(
    rf"""{_QUOTED.pattern}|(?<![\w.])(?:_xl\w+\.)*HYPERLINK\s*\(((?:"(?:[^"]|"")*"|[^",)])*)""", re.IGNORECASE
)
_LETTERS = re.compile(r'"((?:[^"]|"")*)"')
_OF_THE_WORKBOOK = ("provider=microsoft.mashup", "data model connection")  # queries kept in the file itself


def judge(formula: str) -> None:
    """A bar outside quotes is how a formula names another program: service|topic!item."""
    if "|" not in formula and "(" not in formula:
        return
    bare = _COLUMNS.sub(" ", _QUOTED.sub(" ", formula))
    if "|" in bare or _CALLS.search(bare):
        raise Unacceptable(reasons.starting_formula(formula.strip()))
    for link in _LINK.finditer(formula):
        address = "".join(_LETTERS.findall(link[1] or ""))
        if runs_a_command(address if address == (link[1] or "").strip().strip('"') else address + OPEN):
            raise Unacceptable(reasons.harmful_link(address))


def _database(attributes: Attributes) -> None:
    place = attribute(attributes, "connection").strip().casefold()  # blank once the connection is deleted
    if place and not place.startswith(_OF_THE_WORKBOOK):
        raise Unacceptable(reasons.outside_data())


def _feed(_attributes: Attributes) -> None:
    raise Unacceptable(reasons.outside_data())


def _file(*names: str):
    def judge_place(attributes: Attributes) -> None:
        if any(leads_outside(attribute(attributes, name)) for name in names):
            raise Unacceptable(reasons.outside_data())

    return judge_place


# Data that is not in the workbook, and is asked of a program or of another machine.
CONNECTIONS = {
    "connection": _file("odcFile", "sourceFile"),
    "dbPr": _database,
    "oledbPr": _database,
    "dataFeedPr": _feed,
    "webPr": _file("url"),  # or figures of a tax office, on this disk
    "textPr": _file("sourceFile"),
    "webPublishItem": _file("destinationFile"),
}

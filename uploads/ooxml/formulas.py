"""Formulas and connections of Excel: those refused that start a program or fetch from outside."""

import re

from uploads import reasons
from uploads.kinds import Unacceptable
from uploads.ooxml.markup import Attributes, attribute
from uploads.targets import leads_outside

_QUOTED = re.compile(r""""(?:[^"]|"")*"|'(?:[^']|'')*'""")
_CALLS = re.compile(
    r"(?<![\w.])(?:_xl\w+\.)*(?:WEBSERVICE|IMAGE|RTD|CALL|REGISTER|REGISTER\.ID|EXEC|FOPEN|SQL\.REQUEST)\s*\(",
    re.IGNORECASE,
)
_OF_THE_WORKBOOK = ("provider=microsoft.mashup", "data model connection")  # queries kept in the file itself


def judge(formula: str) -> None:
    """A bar outside quotes is how a formula names another program: service|topic!item."""
    bare = _QUOTED.sub(" ", formula)
    if "|" in bare or _CALLS.search(bare):
        raise Unacceptable(reasons.starting_formula(formula.strip()))


def judge_connection(element: str, attributes: Attributes) -> None:
    """Raises Unacceptable for data that is not in the workbook and is asked of a program or of another machine."""
    outside = {
        "dbPr": not attribute(attributes, "connection").strip().casefold().startswith(_OF_THE_WORKBOOK),
        "webPr": bool(attribute(attributes, "url")),
        "textPr": leads_outside(attribute(attributes, "sourceFile")),
        "webPublishItem": leads_outside(attribute(attributes, "destinationFile")),
    }
    if outside[element]:
        raise Unacceptable(reasons.outside_data())

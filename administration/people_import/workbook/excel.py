"""Excel's own file through openpyxl: the one place that touches its private reader, and mends what that leaves undone.

Strict workbooks are read like Transitional ones, `_x000D_` is the character it stands for, and a line knows whether
Excel shows it.
"""

import contextlib
import io
import re
import warnings
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass, field

from openpyxl.chartsheet import Chartsheet
from openpyxl.reader.excel import ExcelReader
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser
from openpyxl.xml.constants import SHARED_STRINGS, SHEET_MAIN_NS
from openpyxl.xml.functions import iterparse

from administration.people_import.workbook.cells import Fault, Formula, Struck

ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")
STRICT = re.compile(r"http://purl\.oclc\.org/ooxml/(\w+)/(\w+)")
TRANSITIONAL = r"http://schemas.openxmlformats.org/\1/2006/\2"
UTF_16 = (b"\xff\xfe", b"\xfe\xff")
TRUE = {"1", "true", "on"}
UNSEEN = 1  # points of height, characters of width: less than this nobody can read


@dataclass(frozen=True)
class SheetLine:
    """One row of a sheet that holds something."""

    number: int
    values: list
    hidden: bool


@dataclass
class Page:
    """One sheet; `read` fills in what stands on it."""

    title: str
    visible: bool
    sheet: ReadOnlyWorksheet
    hidden_columns: set[int] = field(default_factory=set)  # counted from 0, as in the values of a line
    merged: list[str] = field(default_factory=list)

    def headings(self, columns: int) -> list:
        """The first line with something in it, and no more of the sheet; none of one that cannot be read."""
        with warnings.catch_warnings(), contextlib.suppress(Exception), self.sheet._get_source() as source:
            warnings.simplefilter("ignore")
            return next((line.values for line in _lines(Parser(source, self.sheet), columns)), [])
        return []

    def read(self, columns: int) -> list[SheetLine]:
        """Every line with something in its first columns."""
        with warnings.catch_warnings(), self.sheet._get_source() as source:
            warnings.simplefilter("ignore")  # formats and extensions that openpyxl does not know are nothing to us
            parser = Parser(source, self.sheet)
            lines = list(_lines(parser, columns))
        self.hidden_columns = {place for place in range(columns) if parser.hides_column(place + 1)}
        self.merged = [cell.ref for cell in parser.merged_cells.mergeCell] if parser.merged_cells else []
        return lines


def pages(data: bytes) -> list[Page]:
    """The sheets of a workbook, not read yet. Lets every error of openpyxl through."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        reader = Reader(data)
        reader.read()
    return [Page(sheet.title, sheet.sheet_state == "visible", sheet) for sheet in reader.wb.worksheets]


def _lines(parser: "Parser", columns: int) -> Iterator[SheetLine]:
    for number, cells in parser.parse():
        values = [None] * columns
        for cell in cells:
            if cell["column"] <= columns:
                values[cell["column"] - 1] = cell["value"]
        if any(not blank(value) for value in values):
            yield SheetLine(number, values, parser.hides_row(number))


def blank(value) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


class Reader(ExcelReader):
    """Reads from our own package, and shared strings letter by letter."""

    def __init__(self, data: bytes):
        super().__init__(io.BytesIO(data), read_only=True, keep_links=False)
        self.archive = TransitionalZip(io.BytesIO(data))

    def read_strings(self):
        if part := self.package.find(SHARED_STRINGS):
            with self.archive.open(part.PartName.lstrip("/")) as source:
                self.shared_strings = list(_shared(source))

    def read_chartsheet(self, sheet, _rel):
        """A sheet that is a chart only keeps its place among the others: openpyxl does not know every chart."""
        self.wb._add_sheet(Chartsheet(parent=self.wb, title=sheet.name))


def _shared(source) -> Iterator[str]:
    for _event, element in iterparse(source):
        if element.tag == _tag("si"):
            yield written(element)
            element.clear()


class TransitionalZip(zipfile.ZipFile):
    """Parts as Transitional writes them; their names in any case, as the format allows."""

    def getinfo(self, name: str) -> zipfile.ZipInfo:
        folded = {entry.lower(): entry for entry in self.namelist()}
        return super().getinfo(folded.get(name.lower(), name))

    def open(self, name, *args, **kwargs):
        with super().open(name, *args, **kwargs) as part:
            return io.BytesIO(_transitional(part.read()))


def _transitional(part: bytes) -> bytes:
    encoding = "utf-16" if part.startswith(UTF_16) else "latin-1"  # either gives back every byte it was given
    text = part.decode(encoding)
    return STRICT.sub(TRANSITIONAL, text).encode(encoding) if STRICT.search(text) else part


class Parser(WorkSheetParser):
    """Cells as values of ours: nothing is ever evaluated, a formula stays a formula."""

    def __init__(self, source, sheet: ReadOnlyWorksheet):
        book = sheet.parent
        super().__init__(
            source,
            sheet._shared_strings,
            epoch=book.epoch,
            date_formats=book._date_formats,
            timedelta_formats=book._timedelta_formats,
        )
        self.sheet_format = None
        fonts = {number for number, font in enumerate(book._fonts) if font.strike}
        self.struck = {number for number, style in enumerate(book._cell_styles) if style.fontId in fonts}

    def parse_cell(self, element):
        inline = element.find(_tag("is"))
        if inline is not None:
            element.remove(inline)  # read below, letter by letter
        try:
            cell = super().parse_cell(element)
        except ValueError:
            if element.get("t") != "d":
                raise
            cell = {"column": self.col_counter, "data_type": "e", "value": element.findtext(_tag("v"))}
        if cell["data_type"] in ("f", "e"):
            cell["value"] = (Formula if cell["data_type"] == "f" else Fault)(str(cell["value"]))
        elif inline is not None:
            cell["value"] = written(inline)
        elif element.get("t") == "str" and cell["value"]:
            cell["value"] = unescaped(cell["value"])
        if int(element.get("s", 0)) in self.struck and not blank(cell["value"]):
            cell["value"] = Struck(str(cell["value"]))
        return cell

    def hides_row(self, number: int) -> bool:
        look = self.row_dimensions.get(str(number), {})
        usual = self.sheet_format.defaultRowHeight if self.sheet_format else None
        return _is_hidden(look, look.get("ht", usual))

    def hides_column(self, number: int) -> bool:
        """Whether the last span over this column, or the sheet's usual width, leaves nothing of it to see."""
        usual = self.sheet_format.defaultColWidth if self.sheet_format else None
        spans = [look for look in self.column_dimensions.values() if _covers(look, number)]
        look = spans[-1] if spans else {}
        return _is_hidden(look, look.get("width", usual))


def _covers(look: dict, number: int) -> bool:
    return int(look["min"]) <= number <= int(look.get("max", look["min"]))


def _is_hidden(look: dict, size) -> bool:
    return look.get("hidden", "").strip().lower() in TRUE or (size is not None and float(size) < UNSEEN)


def written(element) -> str:
    """The text of a shared or inline string with all its runs, without the reading aid printed above it."""
    runs = [element, *element.findall(_tag("r"))]
    return "".join(unescaped(part.text or "") for run in runs for part in run.findall(_tag("t")))


def unescaped(text: str) -> str:
    """`_x000D_` is the one character it stands for; `_x005F_x000D_` are the seven letters themselves."""
    if "_x" not in text:
        return text
    plain = ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)
    return plain.encode("utf-16", "surrogatepass").decode("utf-16", "replace")  # halves of one character join


def escaped(text: str) -> str:
    """Text that Excel would take for an escape, so that it comes back letter for letter."""
    return re.sub("_(?=x[0-9A-Fa-f]{4}_)", "_x005F_", text)


def _tag(name: str) -> str:
    return f"{{{SHEET_MAIN_NS}}}{name}"

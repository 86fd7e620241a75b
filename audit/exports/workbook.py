"""Excel workbooks, made in one place: text always comes out as text, dates as dates, numbers as numbers."""

import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from numbers import Number
from typing import BinaryIO

from django.utils import timezone
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter

MAX_CELL_CHARACTERS = 32_767  # characters that one cell holds
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "#")  # openpyxl or a careless reader computes these
NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_IN_A_TITLE = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
DAY, MOMENT = "dd/mm/yyyy", "dd/mm/yyyy hh:mm"
HEADING, BOLD = PatternFill("solid", fgColor="DCE6F5"), Font(bold=True)
WRAPPED = Alignment(wrap_text=True, vertical="top")


@dataclass(frozen=True)
class ColumnHeading:
    """A heading and how wide it is, in characters."""

    heading: str
    width: int = 16


@dataclass(frozen=True)
class ExportedSheet:
    """One sheet: lines above the table, its columns, its rows of plain values, and lines below, asked for last."""

    title: str
    columns: list[ColumnHeading]
    rows: Iterable[Iterable]
    above: list[str] = field(default_factory=list)
    below: Iterable[str] = ()


def workbook(title: str, sheets: list[ExportedSheet]) -> BinaryIO:
    """A temporary file, open at its start, that goes away when it is closed; written row by row."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = _plain(title), "Trình"
    for sheet in sheets:
        _write(book, sheet)
    file = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    book.save(file)
    file.seek(0)
    return file


def _write(book: Workbook, sheet: ExportedSheet) -> None:
    page = book.create_sheet(_plain(sheet.title).translate(NOT_IN_A_TITLE).strip()[:31] or None)
    for number, column in enumerate(sheet.columns, 1):
        page.column_dimensions[get_column_letter(number)].width = column.width
    page.freeze_panes = f"A{len(sheet.above) + 2}"
    for line in sheet.above:
        page.append([_cell(page, line, font=BOLD)])
    page.append([_cell(page, column.heading, font=BOLD, fill=HEADING, alignment=WRAPPED) for column in sheet.columns])
    for row in sheet.rows:
        page.append(list(_row(page, row)))
    for line in sheet.below:
        page.append([_cell(page, line, font=BOLD)])


def _row(page, values: Iterable) -> Iterator:
    for value in values:
        if value is None or isinstance(value, Number):
            yield value
        elif isinstance(value, datetime):
            yield _cell(page, timezone.make_naive(value) if timezone.is_aware(value) else value, number_format=MOMENT)
        elif isinstance(value, date):
            yield _cell(page, value, number_format=DAY)
        else:
            text = _plain(value)
            yield _cell(page, text) if text.startswith(DANGEROUS) else text


def _cell(page, value, **look) -> WriteOnlyCell:
    cell = WriteOnlyCell(page)
    if isinstance(value, str):
        cell.value = text = _plain(value)
        cell.data_type = "s"  # openpyxl took “=…” for a formula and “#N/A” for an error
        cell.quotePrefix = text.startswith(DANGEROUS)
    else:
        cell.value = value
    for name, given in look.items():
        setattr(cell, name, given)
    return cell


def _plain(value) -> str:
    """Text without what XML cannot carry, cut to what a cell holds."""
    return NOT_IN_XML.sub("", str(value))[:MAX_CELL_CHARACTERS]

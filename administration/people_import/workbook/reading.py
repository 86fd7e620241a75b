"""The rows of a workbook, cleaned cell by cell; what a cell cannot say becomes a problem of its row."""

import hashlib
import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from datetime import date

from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from administration.people_import.workbook import excel, package
from administration.people_import.workbook.cells import Problem, Wrong
from administration.people_import.workbook.columns import NOTES, SHEETS, Column, Sheet, in_every_language
from vietnamese.text import fold
from workflow.errors import Refused

MAX_ROWS = 20_000  # of all three sheets together
MAX_COLUMNS = 40
REQUIRED = re.compile(r"\(\s*\*+\s*\)|\*")
NUMBERED = re.compile(r"\s*\(\d+\)$")
ORDINALS = {"stt", "tt", "so tt", "so thu tu"}  # folded: the numbers of the rows, which nobody keeps
NAMED = 10  # hidden rows and columns that one message names


@dataclass
class WorkbookRow:
    """One filled row: what its cells say, and what is wrong with them."""

    sheet: str
    number: int
    values: dict[str, str | date | None] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def wrong(self, column: str, sentence: str, **params) -> None:
        self.problems.append(Problem(column, sentence, params))

    def text(self, column: str) -> str:
        return self.values.get(column) or ""


@dataclass(frozen=True)
class Book:
    """What one file says: its hash, and the rows of each sheet."""

    sha256: str
    rows: dict[str, list[WorkbookRow]]

    def __len__(self):
        return sum(map(len, self.rows.values()))


def read(data: bytes) -> Book:
    """Raises Refused for a file or a sheet that cannot be read at all; a bad row is kept with its problems."""
    package.inspect(data)
    try:
        sheets = _sheets(excel.pages(data))
        rows = {name: _rows(SHEETS[name], page) for name, page in sheets.items()}
    except Refused:
        raise
    except Exception as error:  # openpyxl lets whatever its parsers meet come through
        raise Refused(_("The file is damaged: it cannot be read as an Excel workbook.")) from error
    book = Book(hashlib.sha256(data).hexdigest(), rows)
    if len(book) > MAX_ROWS:
        raise Refused(_too_many())
    if not book:
        raise Refused(_("The workbook holds no row under its headings."))
    return book


def _sheets(pages: list[excel.Page]) -> dict[str, excel.Page]:
    """Our three sheets by name, in our order; other sheets are the office's own."""
    sheets, reasons = {}, []
    for sheet in SHEETS.values():
        named = [page for page in pages if _names(page, sheet)]
        if len(named) != 1:
            missing = _("The sheet “%(sheet)s” is missing.") if not named else _("There are two sheets “%(sheet)s”.")
            reasons.append(missing % {"sheet": sheet.title})
        elif not named[0].visible:
            reasons.append(
                _("The sheet “%(sheet)s” is hidden. Unhide it, so that what is imported is seen.")
                % {"sheet": sheet.title}
            )
        else:
            sheets[sheet.name] = named[0]
    others = [page for page in pages if page.visible and page not in sheets.values()]
    reasons += [reason for page in others for reason in _left_out(page, sheets)]
    if reasons:
        raise Refused(*reasons)
    return sheets


def _left_out(page: excel.Page, sheets: Collection[str]) -> Iterator[str]:
    """Rows of one of these sheets under another name would be left out, and nobody told."""
    titles = {fold(_heading(value)) for value in page.headings(MAX_COLUMNS)}
    sentence = _(
        "The sheet “%(other)s” has the headings of “%(sheet)s” and is not read. Move its rows there, or hide it."
    )
    for name in sheets:
        if all(titles & column.headings() for column in SHEETS[name].columns if column.required):
            yield sentence % {"other": page.title[:40], "sheet": SHEETS[name].title}


def _names(page: excel.Page, sheet: Sheet) -> bool:
    """By its title; a copy that Excel made and numbered may hold what is meant, unless nobody sees it."""
    title = fold(page.title).strip()
    return title in sheet.titles() or (page.visible and NUMBERED.sub("", title) in sheet.titles())


def _rows(sheet: Sheet, page: excel.Page) -> list[WorkbookRow]:
    lines = page.read(MAX_COLUMNS + 1)
    if not lines:
        raise Refused(_("Sheet “%(sheet)s” has no headings.") % {"sheet": sheet.title})
    if len(lines) > MAX_ROWS + 1:
        raise Refused(_too_many())
    unseen = [*_merged(sheet, page), *_hidden_rows(sheet, lines)]
    try:
        columns = _columns(sheet, lines[0].values)
    except Refused as refusal:
        raise Refused(*unseen, *refusal.reasons) from None
    if unseen := [*unseen, *_hidden_columns(sheet, page, columns)]:
        raise Refused(*unseen)
    return [_row(sheet, line.number, columns, line.values) for line in lines[1:] if _is_filled(columns, line.values)]


def _is_filled(columns: list[Column | None], values: list) -> bool:
    """Numbered beforehand or noted beside, a row may say nothing that is read."""
    return any(column and not excel.blank(value) for column, value in zip(columns, values, strict=False))


def _merged(sheet: Sheet, page: excel.Page) -> list[str]:
    """Cells that were merged: all but the first of them are empty, and nobody sees it."""
    return [
        _("Sheet “%(sheet)s”: the cells %(cells)s are merged. Unmerge them and fill in each.")
        % {"sheet": sheet.title, "cells": cells[:40]}
        for cells in page.merged[:3]
    ]


def _hidden_rows(sheet: Sheet, lines: list[excel.SheetLine]) -> list[str]:
    """Rows that hold something and are not shown; hidden rows without any content are harmless."""
    hidden = [str(line.number) for line in lines if line.hidden]
    if not hidden:
        return []
    message = _(
        "Sheet “%(sheet)s”: hidden rows hold something: %(rows)s. Clear the filter, open the groups and unhide them,"
        " so that what is imported is seen."
    )
    return [message % {"sheet": sheet.title, "rows": _some(hidden)}]


def _hidden_columns(sheet: Sheet, page: excel.Page, columns: list[Column | None]) -> list[str]:
    """Columns that are read and not shown: even an empty one empties what was kept."""
    hidden = [column.title for place, column in enumerate(columns) if column and place in page.hidden_columns]
    if not hidden:
        return []
    message = _(
        "Sheet “%(sheet)s”: hidden columns: %(columns)s. Unhide them or delete them, so that what is imported is seen."
    )
    return [message % {"sheet": sheet.title, "columns": _some(hidden)}]


def _some(names: list[str]) -> str:
    return ", ".join([*names[:NAMED], "…"] if len(names) > NAMED else names)


def _too_many() -> str:
    return _("The workbook holds more than %(limit)d rows. Import it in parts.") % {"limit": MAX_ROWS}


def _columns(sheet: Sheet, headings: list) -> list[Column | None]:
    """The column under each heading, in the file's own order; None under the office's own notes and under nothing."""
    if headings[MAX_COLUMNS:] and headings[MAX_COLUMNS] is not None:
        raise Refused(
            _("Sheet “%(sheet)s” has more than %(limit)d columns.") % {"sheet": sheet.title, "limit": MAX_COLUMNS}
        )
    known = {heading: column for column in sheet.columns for heading in column.headings()}
    ignored = {"", *ORDINALS, *in_every_language(NOTES)}
    titles = [_heading(value) for value in headings]
    columns = [known.get(fold(title)) for title in titles]
    named = {"sheet": sheet.title}
    reasons = []
    for title, column in zip(titles, columns, strict=True):
        if column is None and fold(title).replace(".", "") not in ignored:
            reasons.append(
                _("Sheet “%(sheet)s”: the heading “%(heading)s” is not known.") % {**named, "heading": title[:60]}
            )
    for column in sheet.columns:
        if columns.count(column) > 1:
            reasons.append(
                _("Sheet “%(sheet)s”: the heading “%(heading)s” appears twice.") % {**named, "heading": column.title}
            )
        if column.required and column not in columns:
            reasons.append(
                _("Sheet “%(sheet)s”: the column “%(heading)s” is missing.") % {**named, "heading": column.title}
            )
    if reasons:
        raise Refused(*reasons)
    return columns


def _heading(value) -> str:
    """A heading as it is compared: one line, without the mark of a required column and the colon at its end."""
    plain = REQUIRED.sub(" ", value).strip().removesuffix(":") if isinstance(value, str) else str(value or "")
    return capfirst(" ".join(plain.split()))


def _row(sheet: Sheet, number: int, columns: list[Column | None], raw: list) -> WorkbookRow:
    row = WorkbookRow(sheet.name, number)
    for column, value in zip(columns, raw, strict=False):
        if column:
            row.values[column.name] = _value(row, column, value)
    return row


def _value(row: WorkbookRow, column: Column, raw):
    try:
        value = column.read(raw)
    except Wrong as wrong:
        row.wrong(column.name, wrong.sentence, **wrong.params)
        return None
    if column.required and not value:
        row.wrong(column.name, gettext_noop("This must be filled in."))
    elif column.longest and isinstance(value, str) and len(value) > column.longest:
        row.wrong(column.name, gettext_noop("Longer than %(limit)s characters."), limit=str(column.longest))
        return value[: column.longest]
    return value

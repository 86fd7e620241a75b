"""Taking a list out as an Excel workbook: who took it, when and with which filter stands in it and on the record."""

import hashlib
from collections.abc import Iterable, Iterator
from typing import BinaryIO
from uuid import uuid4

from django.db import transaction
from django.http import FileResponse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from accounts.models import Authority
from audit.exports.workbook import ColumnHeading, ExportedSheet, workbook
from ledger.append import append_to_registry
from vietnamese.text import number
from workflow.decisions.form import described
from workflow.decisions.rules import lock_authority
from workflow.history.sentences import LISTS
from workflow.models import AccessLog

MAX_ROWS_PER_SHEET = 50_000  # rows of one sheet
CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class Export:
    """A table to take out: its columns and its rows, at most so many, counted as they are written."""

    def __init__(self, title: str, columns: list[ColumnHeading], rows: Iterable[Iterable]):
        self.title, self.columns, self.rows = title, columns, rows
        self.count, self.cut = 0, False

    def __iter__(self) -> Iterator[Iterable]:
        for row in self.rows:
            self.cut = self.count == MAX_ROWS_PER_SHEET
            if not self.cut:  # to the end, one row further: a cursor left half-read outlives its transaction
                self.count += 1
                yield row

    def below(self) -> Iterator[str]:
        if self.cut:
            yield _("Only the first %(most)s rows are here. Narrow the filter for the rest.") % {
                "most": number(MAX_ROWS_PER_SHEET)
            }


@transaction.atomic
def export(what: str, tables: list[Export], *, requested: str, by: Authority) -> BinaryIO:
    """The workbook; the registry chain then says who took which list out, how many rows, and the file's SHA-256."""
    lock_authority(by)
    above = _above(what, requested, by)
    sheets = [ExportedSheet(table.title, table.columns, table, above, table.below()) for table in tables]
    file = workbook(str(LISTS[what]), sheets)
    digest = hashlib.file_digest(file, "sha256").hexdigest()
    file.seek(0)
    rows = sum(table.count for table in tables)
    AccessLog.objects.create(user=by.person, act=AccessLog.Kind.EXPORTED, detail=f"{what}: {rows}. {requested}"[:300])
    facts = {"list": what, "rows": rows, "sha256": digest}
    append_to_registry("exported", by=by, key=uuid4(), unit=by.unit, facts=facts, texts={"note": requested})
    return file


def _above(what: str, requested: str, by: Authority) -> list[str]:
    now = date_format(timezone.localtime(), "SHORT_DATETIME_FORMAT")
    params = {"person": by.person.full_name, "capacity": described(by), "moment": now}
    return [
        str(LISTS[what]),
        _("Exported by %(person)s (%(capacity)s) at %(moment)s") % params,
        _("Filter: %(query)s") % {"query": requested or pgettext("filter", "none")},
    ]


def download(what: str, tables: list[Export], *, requested: str, by: Authority) -> FileResponse:
    """The workbook as an answer; a browser saves it under the list's name and the day."""
    file = export(what, tables, requested=requested, by=by)
    name = f"trinh-{what}-{timezone.localdate().isoformat()}.xlsx"
    answer = FileResponse(file, as_attachment=True, filename=name, content_type=CONTENT_TYPE)
    answer["Cache-Control"] = "private, no-store"
    return answer

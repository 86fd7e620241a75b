"""The workbook an office fills in, and the same one with what is kept now, to change and send back."""

import io
from collections.abc import Iterable, Iterator

from django.db.models import OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Left, Length
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from accounts.models import Appointment, Role, Unit, UnitKind, User
from administration.people_import.workbook import cells
from administration.people_import.workbook.columns import APPOINTMENTS, NOTES, PEOPLE, SHEETS, UNITS, Column, Sheet
from administration.people_import.workbook.excel import escaped
from audit.exports.workbook import DANGEROUS, DAY, NOT_IN_XML

FORMATTED = 5000  # rows below the headings that carry a format and a list
BOLD, HEADING = Font(bold=True), PatternFill("solid", fgColor="DCE6F5")
WRAPPED = Alignment(wrap_text=True, vertical="top")


def empty() -> bytes:
    """The template: headings, lists to choose from, and a sheet that explains."""
    return _workbook(dict.fromkeys(SHEETS, ()))


def current(unit: Unit) -> bytes:
    """What is kept at this unit and below, in the template's own shape."""
    return _workbook({"units": _units(unit), "people": _people(unit), "appointments": _appointments(unit)})


def _workbook(rows: dict[str, Iterable]) -> bytes:
    book = Workbook()
    book.remove(book.active)
    book.properties.creator = "Trình"
    lists = _lists()
    for sheet in SHEETS.values():
        page = book.create_sheet(sheet.title)
        _head(page, sheet)
        for number, row in enumerate(rows[sheet.name], 2):
            for place, (column, value) in enumerate(zip(sheet.columns, row, strict=True), 1):
                _write(page.cell(number, place), column, value)
        _offer(page, sheet, lists)
    _explain(book.create_sheet(_("Guide")))
    _show_lists(book.create_sheet(_("Lists")), lists)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _head(page, sheet: Sheet) -> None:
    titles = [column.title + (" *" if column.required else "") for column in sheet.columns]
    for place, title in enumerate([*titles, capfirst(str(NOTES))], 1):
        cell = page.cell(1, place, title)
        cell.font, cell.fill, cell.alignment = BOLD, HEADING, WRAPPED
    for place, column in enumerate(sheet.columns, 1):
        look = page.column_dimensions[get_column_letter(place)]
        look.width = max(12, min(40, (column.longest or 12) // 3))
        look.number_format = DAY if column.read is cells.day else "@"  # what is typed below stays as it is typed
    page.freeze_panes = "A2"


def _write(cell, column: Column, value) -> None:
    """Text stays text whatever it begins with; codes keep their zeros."""
    if value in (None, ""):
        return
    if column.read is cells.day:
        cell.value, cell.number_format = value, DAY
        return
    cell.value = text = escaped(NOT_IN_XML.sub("", str(value)))
    cell.data_type, cell.number_format = "s", "@"
    cell.quotePrefix = text.startswith(DANGEROUS)


def _lists() -> dict[str, list[str]]:
    """What is chosen from a list, by the name of its column."""
    return {
        "kind": [str(kind) for kind in UnitKind.objects.order_by("name")],
        "honorific": [str(choice.label) for choice in User.Honorific],
        "role": [str(choice.label) for choice in Role],
    }


def _offer(page, sheet: Sheet, lists: dict[str, list[str]]) -> None:
    """A list to choose from in the columns that have one."""
    for place, column in enumerate(sheet.columns, 1):
        if values := lists.get(column.name):
            where = get_column_letter(list(lists).index(column.name) + 1)
            offered = f"'{_('Lists')}'!${where}$2:${where}${len(values) + 1}"
            choice = DataValidation("list", formula1=offered, allow_blank=True, showErrorMessage=True)
            choice.add(f"{get_column_letter(place)}2:{get_column_letter(place)}{FORMATTED}")
            page.add_data_validation(choice)


def _show_lists(page, lists: dict[str, list[str]]) -> None:
    columns = {column.name: column for sheet in SHEETS.values() for column in sheet.columns}
    for place, (name, values) in enumerate(lists.items(), 1):
        page.column_dimensions[get_column_letter(place)].width = 34
        page.cell(1, place, columns[name].title).font = BOLD
        for number, value in enumerate(values, 2):
            _write(page.cell(number, place), columns[name], value)


def _explain(page) -> None:
    """The guide: what the rules are, and an example of each row, where nothing is read from."""
    page.column_dimensions["A"].width = 34
    page.column_dimensions["B"].width = 90
    for line in _rules():
        page.append([None, line])
        page.cell(page.max_row, 2).alignment = WRAPPED
    for sheet in SHEETS.values():
        page.append([])
        page.append([sheet.title, _("Example (this sheet is not read)")])
        page.cell(page.max_row, 1).font = BOLD
        for column in sheet.columns:
            page.append([column.title + (" *" if column.required else ""), None])
            _write(page.cell(page.max_row, 2), Column("", "", longest=200), column.example)


def _rules() -> list[str]:
    return [
        _(
            "Please fill in the three sheets and send the workbook back."
            " The effect of every row is shown before anything is saved."
        ),
        _(
            "Columns marked * are required. Columns may be in any order; please do not change the headings."
            " The column “Notes” is for your own use and is not imported."
        ),
        _(
            "A row is identified by its code (units), its username (people), or its person, unit, role and first day"
            " (appointments). Anything not in the file stays unchanged; nothing is ever deleted."
        ),
        _("An empty cell clears the stored value. To keep it, please remove the whole column from the file."),
        _("The unit above may be in the same file, in any row."),
        _(
            "An appointment is ended by entering its last day, today or later."
            " Another post or decision number requires a new appointment."
        ),
        _("New people cannot sign in until an administrator issues an initial password."),
        _("Dates: dd/mm/yyyy. Codes are text: 007 keeps its zeros. Formulas are not read."),
        _("Either every row is imported or none."),
    ]


def _units(unit: Unit) -> Iterator[tuple]:
    above = Unit.objects.filter(path=Left(OuterRef("path"), Length(OuterRef("path")) - Unit.steplen))
    rows = Unit.objects.filter(path__startswith=unit.path).order_by("path")
    rows = rows.annotate(
        above=Subquery(above.values("code")),
        kind_name=Subquery(UnitKind.objects.filter(code=OuterRef("kind_id")).values("name")),
    )
    names = ["kind_name" if column.name == "kind" else column.name for column in UNITS.columns]
    return rows.values_list(*names)


def _people(unit: Unit) -> QuerySet:
    """Whoever holds or will hold an appointment there."""
    holders = _lasting(unit).values("user")
    rows = User.objects.filter(pk__in=holders).order_by("sort_key", "pk")
    return _labelled(rows.values_list(*(column.name for column in PEOPLE.columns)), PEOPLE)


def _appointments(unit: Unit) -> Iterator[tuple]:
    names = {"username": "user__username", "unit": "unit__code"}
    rows = _lasting(unit).order_by("unit__path", "user__sort_key", "pk")
    return _labelled(
        rows.values_list(*(names.get(column.name, column.name) for column in APPOINTMENTS.columns)), APPOINTMENTS
    )


def _lasting(unit: Unit) -> QuerySet:
    until = Q(ends_on=None) | Q(ends_on__gte=timezone.localdate())
    return Appointment.objects.filter(until, ended_at=None, unit__path__startswith=unit.path)


def _labelled(rows, sheet: Sheet) -> Iterator[tuple]:
    """Choices by their label, as the lists offer them."""
    for row in rows:
        yield tuple(
            column.choices(value).label if column.choices and value else value
            for column, value in zip(sheet.columns, row, strict=True)
        )

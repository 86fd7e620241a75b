"""What comes as a workbook and is none, or would cost too much to read: refused in words, at little cost."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from administration.people_import.workbook import package
from administration.people_import.workbook.columns import UNITS
from administration.people_import.workbook.reading import MAX_ROWS, read
from tests.administration.people_import.people_imports import APPOINTMENT, PERSON, UNIT, whole, workbook
from workflow.errors import Refused

pytestmark = pytest.mark.usefixtures("english")
ANEW = " Open it in Word or Excel, save it anew and send that."
DAMAGED = "The file is damaged: it cannot be read as a Word or Excel file." + ANEW
CUT = "The file is damaged: it cannot be read as an Excel workbook."
TOO_MUCH = (
    "The workbook unpacks to far more than its rows need: often thousands of empty rows that only carry a format."
    " Copy the filled rows into a fresh template and send that."
)
DECLARED = "The file declares a document type or entities, which no office document needs." + ANEW
LOCKED = "The file is locked by a password. Remove the password and send it again."
MACROS = "The file holds macros. Save it as .docx or .xlsx without macros and send it again."
LINKED = (
    "The workbook is linked to a program or to data outside. In Excel, open the tab Data, remove the connections and"
    " break the links, save and send the file again."
)
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
SHEET = "xl/worksheets/sheet1.xml"
ENTITY = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


def repacked(data: bytes, **parts) -> bytes:
    """The same package with parts replaced or added; a callable changes what is there."""
    changed = {name.replace("__", "/").replace("_xml", ".xml"): part for name, part in parts.items()}
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in dict.fromkeys([*old.namelist(), *changed]):
            part = changed.get(name, lambda content: content)
            new.writestr(name, part(old.read(name)) if callable(part) else part)
    return file.getvalue()


def with_sheet(change) -> bytes:
    return repacked(whole(), **{SHEET.replace("/", "__").replace(".xml", "_xml"): change})


def reasons(data: bytes) -> list[str]:
    with pytest.raises(Refused) as refused:
        read(data)
    return refused.value.reasons


def flagged(data: bytes) -> bytes:
    """Marked as encrypted in the directory of the package."""
    at = data.rfind(b"PK\x01\x02")
    return data[: at + 8] + b"\x01\x00" + data[at + 10 :]


FILES = {
    "nothing": (b"", "The file is empty."),
    "a locked workbook": (OLE + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"), LOCKED),
    "too large": (b"PK\x03\x04" + b"\0" * package.MAX_BYTES, "The file is larger than 5 MB."),
    "cut off": (whole()[:2000], DAMAGED),
    "encrypted parts": (flagged(whole()), LOCKED),
    "macros": (repacked(whole(), xl__vbaProject=b"x"), MACROS),
    "a link to a program": (repacked(whole(), xl__externalLink_xml=b"<externalLink><ddeLink/></externalLink>"), LINKED),
    "an entity in the sheet": (with_sheet(lambda xml: ENTITY + xml), DECLARED),
    "an entity in UTF-16": (with_sheet(lambda xml: (ENTITY + b"<x/>").decode().encode("utf-16")), DECLARED),
    "an encoding to hide in": (with_sheet(lambda xml: b'<?xml version="1.0" encoding="UTF-7"?>' + xml), DAMAGED),
    "a bomb": (with_sheet(lambda xml: b"<x>" + b" " * (package.MAX_UNPACKED + 1) + b"</x>"), TOO_MUCH),
    "broken markup": (with_sheet(lambda xml: xml[:200]), CUT),
}


@pytest.mark.parametrize("name", FILES)
def test_a_file_that_is_no_plain_workbook_is_refused_in_words(name):
    data, sentence = FILES[name]
    assert reasons(data) == [sentence]


def test_a_million_empty_rows_with_a_format_are_refused_with_advice():
    empty = b"".join(b'<row r="%d" s="1" customFormat="1"/>' % number for number in range(4, 1_048_576))
    data = with_sheet(lambda xml: xml.replace(b"</sheetData>", empty + b"</sheetData>"))
    assert reasons(data) == [TOO_MUCH]


def test_what_a_sheet_says_of_its_size_is_not_believed():
    for said in (b"A1:XFD1048576", b"A1:A1"):
        data = with_sheet(lambda xml, said=said: xml.replace(b'ref="A1:K2"', b'ref="' + said + b'"'))
        assert [row.text("code") for row in read(data).rows["units"]] == ["U9"]


@pytest.mark.trial
def test_a_cell_far_below_or_far_to_the_right_costs_nothing():
    def far(book):
        book["units"].cell(1_048_576, 1, "xa")
        book["people"].cell(3, 16_384, "phải")

    book = read(workbook([UNIT], [PERSON], [APPOINTMENT], change=far))
    assert [(row.number, row.text("code")) for row in book.rows["units"]] == [(2, "U9"), (1_048_576, "xa")]
    assert len(book.rows["people"]) == 1


def spoiled(change) -> list[str]:
    return reasons(workbook([UNIT], [PERSON], [APPOINTMENT], change=change))


def _with_a_hidden_copy(book):
    book.create_sheet("people (2)").sheet_state = "hidden"


def test_sheets_and_headings_are_told_by_name():
    def wide(book):
        for place in range(12, 201):
            book["units"].cell(1, place, f"thừa {place}")

    assert spoiled(lambda book: book.remove(book["people"])) == ["The sheet “People” is missing."]
    assert spoiled(lambda book: book.create_sheet("Cán bộ")) == ["There are two sheets “People”."]
    assert spoiled(lambda book: book.create_sheet("Cán bộ (2)")) == ["There are two sheets “People”."]
    assert read(workbook([UNIT], change=lambda book: setattr(book["people"], "title", "Cán bộ (2)")))
    assert read(workbook([UNIT], change=_with_a_hidden_copy))
    assert spoiled(lambda book: setattr(book["units"], "sheet_state", "hidden")) == [
        "The sheet “Units” is hidden. Unhide it, so that what is imported is seen."
    ]
    assert spoiled(wide) == ["Sheet “Units” has more than 40 columns."]
    assert spoiled(lambda book: book["units"].cell(1, 12, "Mã số thuế")) == [
        "Sheet “Units”: the heading “Mã số thuế” is not known."
    ]
    assert spoiled(lambda book: book["units"].cell(1, 12, "=A1")) == ["Sheet “Units”: the heading “=A1” is not known."]
    assert spoiled(lambda book: book["units"].cell(1, 12, "code")) == [
        "Sheet “Units”: the heading “Code” appears twice."
    ]
    assert spoiled(lambda book: book["units"].cell(1, 1, "Ghi chú")) == [
        "Sheet “Units”: the heading “Ghi chú” is not known.",
        "Sheet “Units”: the column “Code” is missing.",
    ] or spoiled(lambda book: book["units"].cell(1, 1, "notes")) == ["Sheet “Units”: the column “Code” is missing."]
    assert spoiled(lambda book: book["units"].delete_rows(1, 9)) == ["Sheet “Units” has no headings."]
    assert spoiled(lambda book: book["units"].merge_cells("B2:B3")) == [
        "Sheet “Units”: the cells B2:B3 are merged. Unmerge them and fill in each."
    ]


def test_rows_of_ours_under_another_name_are_not_left_out_silently():
    def beside(book):
        book.copy_worksheet(book["people"]).title = "Cán bộ khối Mầm non"

    def put_away(book):
        beside(book)
        book["Cán bộ khối Mầm non"].sheet_state = "hidden"

    assert spoiled(beside) == [
        "The sheet “Cán bộ khối Mầm non” has the headings of “People” and is not read. Move its rows there, or hide it."
    ]
    assert len(read(workbook([UNIT], [PERSON], [APPOINTMENT], change=put_away)).rows["people"]) == 1


def test_columns_in_another_order_and_in_either_language_are_read():
    def turned(book):
        page = book["units"]
        rows = [[cell.value for cell in row][::-1] for row in page.iter_rows()]
        rows[0] = [column.title + (" *" if column.required else "") for column in UNITS.columns][::-1]
        page.delete_rows(1, 2)
        for place, row in enumerate(rows, 1):
            for column, value in enumerate(row, 1):
                page.cell(place, column, value)

    (row,) = read(workbook([UNIT], [PERSON], [APPOINTMENT], change=turned)).rows["units"]
    assert (row.problems, row.text("code"), row.text("above")) == ([], "U9", "Q1")


@pytest.mark.trial
@pytest.mark.parametrize("heading", ["Họ và tên (*)", "HỌ VÀ TÊN:", "Họ và\ntên *", "full name"])
def test_a_heading_is_told_whatever_stands_around_it_and_numbers_of_rows_are_nobodys(heading):
    def numbered(book):
        page = book["people"]
        page["B1"] = heading
        page.insert_cols(1)
        for place, value in enumerate(["S.T.T", 1, 2, 3], 1):
            page.cell(place, 1, value)

    (row,) = read(workbook([UNIT], [PERSON], [APPOINTMENT], change=numbered)).rows["people"]
    assert (row.problems, row.text("full_name")) == ([], PERSON["full_name"])


def test_more_rows_than_are_taken_are_refused():
    people = ({"username": f"sen{number}", "full_name": "Sen"} for number in range(MAX_ROWS + 1))
    assert reasons(workbook(people=people)) == ["The workbook holds more than 20000 rows. Import it in parts."]


def test_a_formula_is_never_taken_for_its_last_value():
    data = workbook([UNIT | {"name": '="Công đoàn"'}], [PERSON], [APPOINTMENT])
    assert load_workbook(io.BytesIO(data)).active["B2"].data_type == "f"
    (row,) = read(data).rows["units"]
    assert [problem.column for problem in row.problems] == ["name"]

"""Workbooks as other programs save them: Strict, escaped, half hidden; and what we ask of openpyxl's own reader."""

import inspect
import io
import re
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.styles import Font
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from openpyxl.worksheet._read_only import ReadOnlyWorksheet
from openpyxl.worksheet._reader import WorkSheetParser

from administration.people_import.workbook import cells, excel
from administration.people_import.workbook.reading import read
from tests.administration.people_import.people_imports import APPOINTMENT, PERSON, UNIT, whole, workbook
from workflow.errors import Refused

pytestmark = pytest.mark.usefixtures("english")
FOLDER = Path(__file__).parent / "workbooks"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
PEOPLE, UNITS = "xl/worksheets/sheet2.xml", "xl/worksheets/sheet1.xml"
HIDDEN = (
    "Sheet “People”: hidden rows hold something: %s. Clear the filter, open the groups and unhide them,"
    " so that what is imported is seen."
)
HIDDEN_COLUMNS = (
    "Sheet “%s”: hidden columns: %s. Unhide them or delete them, so that what is imported is seen."
)  # fmt: skip


def given(name: str) -> bytes:
    return (FOLDER / f"{name}.xlsx").read_bytes()


def names(data: bytes) -> list[str]:
    return [row.text("full_name") for row in read(data).rows["people"]]


def refused(data: bytes) -> list[str]:
    with pytest.raises(Refused) as refusal:
        read(data)
    return refusal.value.reasons


def repacked(data: bytes, change, *, without=()) -> bytes:
    """The same package with every part through `change(name, content)`."""
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            if name not in without:
                new.writestr(name, change(name, old.read(name)))
    return file.getvalue()


def with_part(part: str, before: str, after: str, data: bytes | None = None) -> bytes:
    def change(name, content):
        if name != part:
            return content
        assert before.encode() in content
        return content.replace(before.encode(), after.encode())

    return repacked(data or people(), change)


def people(change=None) -> bytes:
    """Three people; the sheet has no other rows."""
    rows = [PERSON | {"username": f"sen{number}", "full_name": f"Trần Thị Sen {number}"} for number in (1, 2, 3)]
    return workbook([UNIT], rows, [], change=change)


def with_people(**changes) -> bytes:
    """Three people, with attributes of rows or columns set on their sheet."""

    def change(book):
        for place, looks in changes.items():
            kind, which = place.split("_")
            page = book["people"]
            dimension = page.row_dimensions[int(which)] if kind == "row" else page.column_dimensions[which]
            for name, value in looks.items():
                setattr(dimension, name, value)

    return people(change)


def test_an_eth_is_the_letter_it_was_meant_for():
    assert names(given("roster-eth")) == ["Đinh Thị Đào"]
    africa = workbook(people=[PERSON | {"full_name": "\u0189inh Thị \u00d0ào \u0256an \u00f0ức"}])
    assert names(africa) == ["Đinh Thị Đào đan đức"]
    (row,) = read(workbook([UNIT | {"code": "\u00d0V9"}])).rows["units"]
    assert row.text("code") == "ĐV9"


# What is hidden


def test_a_row_nobody_sees_is_refused_like_a_hidden_sheet():
    assert refused(given("roster-hidden-row")) == [HIDDEN % "3"]


ROWS = {
    "by hand or by a filter": {"row_3": {"hidden": True}},
    "in a closed group": {"row_3": {"hidden": True, "outlineLevel": 1}, "row_4": {"collapsed": True}},
    "less height than a point": {"row_3": {"height": 0.75}},
}


@pytest.mark.parametrize("kind", ROWS)
def test_a_row_is_hidden_in_many_ways(kind):
    assert refused(with_people(**ROWS[kind])) == [HIDDEN % "3"]


def test_every_hidden_row_is_named_up_to_ten_and_the_headings_too():
    assert refused(with_people(row_1={"hidden": True}, row_4={"hidden": True})) == [HIDDEN % "1, 4"]

    def all_of_them(book):
        for number in range(2, 14):
            book["people"].cell(number, 1, f"sen{number}")
            book["people"].row_dimensions[number].hidden = True

    assert refused(people(all_of_them)) == [HIDDEN % "2, 3, 4, 5, 6, 7, 8, 9, 10, 11, …"]


@pytest.mark.parametrize("said", ['hidden="true"', 'hidden="1"', 'ht="0" customHeight="1"', 'ht="0"'])
def test_hidden_is_written_in_several_words(said):
    data = with_part(PEOPLE, '<row r="3">', f'<row r="3" {said}>')
    assert refused(data) == [HIDDEN % "3"]


@pytest.mark.parametrize("said", ["false", "0", ""])
def test_what_is_said_not_to_be_hidden_is_read(said):
    """LibreOffice says of every row and column that it is not hidden."""
    data = with_part(PEOPLE, '<row r="3">', f'<row r="3" customHeight="false" ht="12.8" hidden="{said}">')
    data = with_part(PEOPLE, "<sheetData>", f'<cols><col min="1" max="9" hidden="{said}"/></cols><sheetData>', data)
    assert len(names(data)) == 3


def test_a_row_without_a_number_counts_from_the_one_before():
    data = with_part(PEOPLE, '<row r="3">', '<row hidden="1">')
    assert refused(data) == [HIDDEN % "3"]


def test_a_hidden_row_without_content_is_harmless():
    looks = {f"row_{number}": {"hidden": True} for number in (5, 6, 900)}
    assert len(names(with_people(**looks))) == 3

    def spaces(book):
        book["people"].cell(6, 1, "  ")
        book["people"].row_dimensions[6].hidden = True

    assert len(names(people(spaces))) == 3


def test_rows_hidden_by_default_are_those_not_written():
    """Excel hides the empty rest of a sheet with one word; the rows that are written are seen."""
    usual = '<sheetFormatPr baseColWidth="8" defaultRowHeight="15"'
    assert len(names(with_part(PEOPLE, usual, usual + ' zeroHeight="1"'))) == 3
    flat = '<sheetFormatPr baseColWidth="8" defaultRowHeight="0" customHeight="1"'
    assert refused(with_part(PEOPLE, usual, flat)) == [HIDDEN % "1, 2, 3, 4"]


COLUMNS = {
    "by hand": '<col min="2" max="2" hidden="1"/>',
    "within a span": '<col min="1" max="3" hidden="true" width="9"/>',
    "in a closed group": '<col min="2" max="2" hidden="1" outlineLevel="1" collapsed="1"/>',
    "no width": '<col min="2" max="2" width="0" customWidth="1"/>',
    "next to no width": '<col min="2" max="2" width="0.08" customWidth="1"/>',
}


@pytest.mark.parametrize("kind", COLUMNS)
def test_a_column_is_hidden_in_many_ways(kind):
    data = with_part(PEOPLE, "<sheetData>", f"<cols>{COLUMNS[kind]}</cols><sheetData>")
    named = "Username, Full name, Honorific" if "span" in kind else "Full name"
    assert refused(data) == [HIDDEN_COLUMNS % ("People", named)]


def test_columns_without_a_width_of_their_own_are_as_wide_as_the_sheet_says():
    data = with_part(PEOPLE, 'baseColWidth="8"', 'defaultColWidth="0"')
    data = with_part(PEOPLE, "<sheetData>", '<cols><col min="1" max="3" width="12"/></cols><sheetData>', data)
    assert refused(data) == [HIDDEN_COLUMNS % ("People", "E-mail")]


def test_a_hidden_column_that_is_not_read_is_harmless():
    def notes(book):
        page = book["people"]
        page.cell(1, 5, "Ghi chú")
        page.cell(2, 5, "của văn phòng")

    data = people(notes)
    rest = '<cols><col min="5" max="16384" hidden="1"/></cols><sheetData>'
    assert len(names(with_part(PEOPLE, "<sheetData>", rest, data))) == 3


def test_an_empty_column_that_is_hidden_would_empty_what_is_kept():
    data = workbook(people=[PERSON | {"email": None}])
    data = with_part(PEOPLE, "<sheetData>", '<cols><col min="4" max="4" hidden="1"/></cols><sheetData>', data)
    assert refused(data) == [HIDDEN_COLUMNS % ("People", "E-mail")]


@pytest.mark.parametrize("state", ["hidden", "veryHidden"])
def test_a_hidden_sheet_is_refused_however_deep(state):
    data = people(lambda book: setattr(book["people"], "sheet_state", state))
    assert refused(data) == ["The sheet “People” is hidden. Unhide it, so that what is imported is seen."]


def test_what_is_hidden_on_a_sheet_of_the_offices_own_is_its_own_affair():
    def own(book):
        page = book.create_sheet("Nháp")
        page.append(["x"])
        page.row_dimensions[1].hidden = True
        page.merge_cells("A1:B2")

    assert len(names(people(own))) == 3


STRUCK = "“%(value)s” is struck out. Please delete it, or remove the line through it."


@pytest.mark.parametrize("save", [bytes, lambda data: inline(data), lambda data: strict(data)])
def test_what_has_a_line_through_it_is_not_taken_for_what_stands(save):
    """An office crosses out who has left."""

    def crossed(book):
        for cell in (*book["people"][3], book["people"]["A1"], book["people"]["A9"]):
            cell.font = Font(strike=True)

    _one, two, _three = read(save(people(crossed))).rows["people"]
    said = [(problem.column, problem.sentence, problem.params["value"]) for problem in two.problems]
    values = [("username", "sen2"), ("full_name", "Trần Thị Sen 2"), ("honorific", "ba"), ("email", "sen@example.org")]
    assert said == [(column, STRUCK, value) for column, value in values]


# Escapes


def test_a_line_end_written_as_its_number_is_no_part_of_a_name():
    (name,) = names(given("roster-x000D"))
    assert name == "Trần Văn An"


ESCAPES = {
    "Trần_x000D_\nVăn_x000d_An": "Trần Văn An",
    "Trần_x000A_Văn_x0009_An": "Trần Văn An",
    "Trần Văn An_x000D_": "Trần Văn An",
    "Trần_x0020_Văn_x00A0_An_x200B_": "Trần Văn An",
    "Tr_x1EA7_n V_x0103_n An": "Trần Văn An",
    "An_x0007__x0000_": "An",
    "An_xD83D__xDE00_": "An😀",
    "An_xD83D_": "An\ufffd",
    "An_x005F_x000D_": "An_x000D_",
    "An_x005f_x005F_": "An_x005F_",
    "An_x000D": "An_x000D",
    "An_x00G0_": "An_x00G0_",
    "an_xin_nghỉ": "an_xin_nghỉ",
    "x005F_x000D_": "x005F",
}


def shared(data: bytes, name: str) -> bytes:
    """People's first name from the table of strings that all sheets share."""
    table = f'<sst xmlns="{MAIN}"><si>{name}</si></sst>'
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"

    def change(part, content):
        if part == "[Content_Types].xml":
            more = f'<Override PartName="/xl/sharedStrings.xml" ContentType="{kind}"/></Types>'
            return content if b"sharedStrings" in content else content.replace(b"</Types>", more.encode())
        if part == PEOPLE:
            return re.sub(rb'<c r="B2".*?</c>', b'<c r="B2" t="s"><v>0</v></c>', content)
        return content

    changed = inline(data)
    file = io.BytesIO(repacked(changed, change, without=["xl/sharedStrings.xml"]))
    with zipfile.ZipFile(file, "a") as package:
        package.writestr("xl/sharedStrings.xml", table)
    return file.getvalue()


def inline(data: bytes) -> bytes:
    """The same workbook with every text in its own cell, as several programs save it."""
    strings = [str(value) for value in _strings(data)]

    def change(part, content):
        if not part.startswith("xl/worksheets/"):
            return content

        def put(found):
            text = strings[int(found[2])].replace("&", "&amp;").replace("<", "&lt;")
            return f'<c r="{found[1].decode()}" t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'.encode()

        return re.sub(rb'<c r="(\w+)"[^>]*? t="s"[^>]*?><v>(\d+)</v></c>', put, content)

    return repacked(data, change)


def _strings(data: bytes) -> list[str]:
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        if "xl/sharedStrings.xml" not in package.namelist():
            return []
        return [
            excel.written(element)
            for _event, element in excel.iterparse(package.open("xl/sharedStrings.xml"))
            if element.tag.endswith("}si")
        ]


@pytest.mark.parametrize("said", ESCAPES)
def test_an_escape_is_the_character_it_stands_for_wherever_it_is_kept(said):
    data = workbook(people=[PERSON])
    assert names(shared(data, f"<t>{said}</t>")) == [ESCAPES[said]]
    own = re.compile(rb'<c r="B2".*?</c>')
    for cell in (f'<c r="B2" t="inlineStr"><is><t>{said}</t></is></c>', f'<c r="B2" t="str"><v>{said}</v></c>'):
        put = cell.encode()
        changed = repacked(data, lambda part, content, put=put: own.sub(put, content) if part == PEOPLE else content)
        assert names(changed) == [ESCAPES[said]]


def test_runs_of_rich_text_are_one_text_and_the_reading_aid_is_none():
    runs = (
        '<r><rPr><b/></rPr><t>Trần </t></r><r><t>Văn_x000D_</t></r><r><t>An</t></r><rPh sb="0" eb="1"><t>chan</t></rPh>'
    )
    assert names(shared(workbook(people=[PERSON]), runs)) == ["Trần Văn An"]


def test_headings_hold_escapes_too():
    assert len(names(people(lambda book: book["people"].cell(1, 2, "full_name_x000D_")))) == 3


# Programs


def strict(data: bytes) -> bytes:
    """As Excel writes “Strict Open XML”: the same parts under other names of their vocabularies."""
    pairs = {
        b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        b"http://schemas.openxmlformats.org/officeDocument/2006/": b"http://purl.oclc.org/ooxml/officeDocument/",
        b"http://schemas.openxmlformats.org/drawingml/2006/": b"http://purl.oclc.org/ooxml/drawingml/",
    }

    def change(_part, content):
        for before, after in pairs.items():
            content = content.replace(before, after)
        return content

    return repacked(data, change)


def test_a_strict_workbook_is_read():
    assert names(given("roster-strict")) == ["Trần Văn An"]


@pytest.mark.parametrize("save", [bytes, inline, strict])
def test_a_workbook_says_the_same_however_it_is_saved(save):
    book, plain = read(save(whole())), read(whole())
    assert book.rows == plain.rows
    assert [row.values["starts_on"] for row in book.rows["appointments"]] == [date(2026, 1, 1)]


def test_a_strict_workbook_hides_and_escapes_like_any_other():
    assert refused(strict(with_people(row_3={"hidden": True}))) == [HIDDEN % "3"]
    assert names(strict(shared(workbook(people=[PERSON]), "<t>Trần_x000D_An</t>"))) == ["Trần An"]


def test_a_strict_workbook_in_utf_16_is_read():
    def change(part, content):
        if not part.startswith("xl/worksheets/"):
            return content
        return content.decode().encode("utf-16")

    assert len(names(repacked(strict(people()), change))) == 3


WRITTEN_DAYS = {
    "2026-01-01": date(2026, 1, 1),
    "2026-01-01T00:00:00": date(2026, 1, 1),
    "2026-01-01T00:00:00.000Z": date(2026, 1, 1),
}


@pytest.mark.parametrize("said", WRITTEN_DAYS)
@pytest.mark.parametrize("save", [bytes, strict])
def test_a_day_written_out_is_that_day(said, save):
    data = save(workbook(appointments=[APPOINTMENT]))
    put = f'<c r="E2" t="d"><v>{said}</v></c>'.encode()
    cell = re.compile(rb'<c r="E2".*?</c>')
    part = "xl/worksheets/sheet3.xml"
    data = repacked(data, lambda name, content: cell.sub(put, content) if name == part else content)
    (row,) = read(data).rows["appointments"]
    assert (row.values["starts_on"], row.problems) == (WRITTEN_DAYS[said], [])


@pytest.mark.parametrize(
    "said",
    ["01/01/2026", "1-1-2026", "2026-1-1", "2026/01/01", "01–01–2026", "01 / 01 / 2026", "01/01/2026 00:00:00",
     "ngày 01 tháng 01 năm 2026", "Ngày 01/01/2026"],
)  # fmt: skip
def test_a_day_is_read_as_offices_write_it(said):
    assert cells.day(said) == date(2026, 1, 1)


@pytest.mark.parametrize(
    "said", ["tháng 01 năm 2026", "01/2026", "01/01/26", "01/01/2026 07:30", "20260101", "1,1,2026"]
)
def test_a_day_that_may_mean_another_is_none(said):
    with pytest.raises(cells.Wrong):
        cells.day(said)


def test_a_day_written_out_wrongly_is_said_in_its_row():
    data = workbook(appointments=[APPOINTMENT])
    put, cell = b'<c r="E2" t="d"><v>h\xc3\xb4m qua</v></c>', re.compile(rb'<c r="E2".*?</c>')
    part = "xl/worksheets/sheet3.xml"
    data = repacked(data, lambda name, content: cell.sub(put, content) if name == part else content)
    (row,) = read(data).rows["appointments"]
    assert [problem.column for problem in row.problems] == ["starts_on"]


@pytest.mark.parametrize("save", [bytes, strict])
def test_days_are_counted_from_1904_where_the_workbook_says_so(save):
    def mac(book):
        book.epoch = CALENDAR_MAC_1904

    data = save(workbook([UNIT | {"opened_on": datetime(2020, 9, 1)}], change=mac))
    (row,) = read(data).rows["units"]
    assert row.values["opened_on"] == date(2020, 9, 1)


BARE = re.compile(
    rb"<sheetPr>.*?</sheetPr>|<sheetViews>.*?</sheetViews>|<(?:dimension|sheetFormatPr|pageMargins) .*?/>"
)


def test_a_workbook_with_the_least_that_a_program_may_write_is_read():
    """No styles, no theme, no shared strings, no dimension, no names of cells."""

    def change(part, content):
        if part.startswith("xl/worksheets/"):
            content = BARE.sub(b"", content)
            content = re.sub(rb' r="\w+"', b"", content)
            return re.sub(rb' s="\d+"', b"", content)
        if part in ("[Content_Types].xml", "xl/_rels/workbook.xml.rels"):
            return re.sub(rb"<(?:Override|Relationship) [^>]*(?:styles|theme|sharedStrings)[^>]*/>", b"", content)
        return content

    gone = ["xl/styles.xml", "xl/theme/theme1.xml", "xl/sharedStrings.xml"]
    data = repacked(inline(workbook([UNIT], [PERSON])), change, without=gone)
    assert names(data) == ["Trần Thị Sen"]
    (row,) = read(data).rows["units"]
    assert row.text("code") == "U9"


def test_parts_are_found_in_any_case():
    data = shared(workbook(people=[PERSON]), "<t>Sen</t>")
    old, file = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
    with zipfile.ZipFile(file, "w") as new:
        for name in old.namelist():
            new.writestr(name.replace("sharedStrings", "SharedStrings"), old.read(name))
    assert names(file.getvalue()) == ["Sen"]


def test_a_sheet_that_is_a_chart_is_the_offices_own():
    def drawn(book):
        book.create_chartsheet("Biểu đồ", 0)
        book["people"].print_title_rows = "1:1"

    assert len(names(people(drawn))) == 3


def test_what_looks_like_an_escape_comes_back_letter_for_letter():
    for text in ("An_x000D_", "_x005F_", "a_b", "_x00_"):
        assert excel.unescaped(excel.escaped(text)) == text


def test_openpyxl_has_not_changed_what_we_ask_of_it():
    """Only `workbook.excel` knows these; read the library's changes before this test is changed."""
    assert list(inspect.signature(WorkSheetParser).parameters) == [
        "src", "shared_strings", "data_only", "epoch", "date_formats", "timedelta_formats", "rich_text",
    ]  # fmt: skip
    sheet = load_workbook(io.BytesIO(whole()), read_only=True)["people"]
    assert type(sheet) is ReadOnlyWorksheet
    with sheet._get_source() as source:
        parser = WorkSheetParser(source, sheet._shared_strings, date_formats=sheet.parent._date_formats)
        (_one, heading), (number, cells) = parser.parse()
    assert sorted(heading[0]) == ["column", "data_type", "row", "style_id", "value"]
    assert (number, cells[0]["column"], cells[0]["value"], cells[0]["data_type"]) == (2, 1, "sen", "s")
    assert (parser.row_dimensions, parser.column_dimensions, parser.merged_cells) == ({}, {}, None)
    assert parser.sheet_format.defaultRowHeight == 15
    assert [sheet.parent._fonts[style.fontId].strike for style in sheet.parent._cell_styles][:1] in ([None], [False])
    assert sheet.parent._timedelta_formats == set()

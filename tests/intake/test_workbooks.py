"""Workbooks: formulas, links and connections that start a program or fetch from outside are refused."""

import base64
import struct
from xml.sax.saxutils import escape, quoteattr

import openpyxl
import pytest

from intake.uploads import FileKind
from tests.intake.making import DAMAGED, accepted, refusal, saved, workbook_with, zip_file

LINKED = (
    "The workbook is linked to a program or to data outside. In Excel, open the tab Data, remove the connections and"
    " break the links, save and send the file again."
)
SHEET = "xl/worksheets/sheet1.xml"


def sheet(*formulas):
    cells = "".join(f"<c><f>{escape(formula)}</f><v>1</v></c>" for formula in formulas)
    return workbook_with({SHEET: f"<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>"})


def refused_formula(formula):
    return (
        f"The workbook holds a formula that starts a program or fetches from outside ({formula[:40]}). Replace it by"
        " its value, save and send the file again."
    )


ACTING = [
    "cmd|'/c calc'!A0", "cmd|' /C calc.exe'!'A1'", "'cmd'|'/c calc'!A0", "MSEXCEL|'\\..\\..\\cmd.exe'!A1", "1+cmd|x!A1",
    'IF(A1="a|b",cmd|x!A1,1)', 'WEBSERVICE("https://example.org")', '_xlfn.WEBSERVICE("https://a.vn")',
    'webservice ( "x")',
    'RTD("prog.id","","a")',
    'DDE("soffice","C:\\a.ods","A1")', '1+dde ("cmd","/c calc","x")',
    'CALL("kernel32","WinExec","JCJ","calc",0)', 'REGISTER("a","b")', 'EXEC("calc")',
    '_xlfn.IMAGE("https://example.org/a.png")', 'SUM(1,EXEC("calc"))',
    "SUM(Bang1[a|b],cmd|x!A1)", "[1]cmd|x!A1",
]  # fmt: skip
QUIET = [
    "SUM(A1:A9)", 'A1&"|"&B1', "'a|b'!A1+1", 'IF(A1="cmd|x","đ","s")', "'Đội ''|'''!B2", 'HYPERLINK("https://a.vn")',
    '"WEBSERVICE("', "RECALL(A1)", "EXECUTED", "CALLS(1)", "ADDE(1)", 'TEXT(A1,"dd|mm")', "[1]Sheet1!A1", '"RTD("&A1',
    'HYPERLINK("https://a.vn/x.exe","x.exe")', 'HYPERLINK("#"&A1,"setup.exe")', 'HYPERLINK("phu-luc.docx")',
    '"HYPERLINK(""x.exe"")"', "'HYPERLINK(\"x.exe\")'!A1", "HYPERLINK(A1,B1)", 'HYPERLINK("javascript:;","x")',
    'HYPERLINK("\\\\may-chu\\a.docx","a")', "SUM(Bang1[Nam | nữ])", "Bang1[[#This Row],[a|b]]*2",
]  # fmt: skip
LINKS = {
    'HYPERLINK("\\\\may-chu\\x.exe","x")': "\\\\may-chu\\x.exe", 'hyperlink ("javascript:x","x")': "javascript:x",
    'IF(A1,"a",_xlfn.HYPERLINK( "C:\\"&"x.bat","x"))': "C:\\x.bat",
    'HYPERLINK("https://a.vn")&HYPERLINK("x.msc")': "x.msc", 'HYPERLINK("javascript:;"&A1)': "javascript:;",
}  # fmt: skip


@pytest.mark.parametrize("formula", ACTING)
def test_formulas_that_act_are_refused_wherever_they_stand(formula):
    names = f"<workbook><definedNames><definedName name='x'>{escape(formula)}</definedName></definedNames></workbook>"
    rule = f"<worksheet><cfRule><formula>{escape(formula)}</formula></cfRule></worksheet>"
    listed = f"<worksheet><x14:f xmlns:x14='x'>{escape(formula)}</x14:f></worksheet>"
    for data in (sheet("1+1", formula), workbook_with({"xl/workbook.xml": names}), workbook_with({SHEET: rule}),
                 workbook_with({"xl/worksheets/sheet9.xml": listed})):  # fmt: skip
        assert refusal(data, "a.xlsx") == refused_formula(formula)


def test_a_formula_spelled_otherwise_is_the_same_formula():
    for spelled in ("cmd&#124;'/c calc'!A0", "<![CDATA[cmd|x!A0]]>", "c<![CDATA[md|]]>x!A0"):
        data = workbook_with({SHEET: f"<worksheet><c><f>{spelled}</f></c></worksheet>"})
        assert "starts a program" in refusal(data, "a.xlsx")
    wide = '<?xml version="1.0" encoding="UTF-16"?><worksheet><c><f>cmd|x!A0</f></c></worksheet>'.encode("utf-16")
    assert refusal(workbook_with({SHEET: wide}), "a.xlsx") == refused_formula("cmd|x!A0")


@pytest.mark.parametrize("formula", LINKS)
def test_a_formula_that_links_to_a_program_is_refused(formula):
    assert refusal(sheet("1+1", formula), "a.xlsx") == (
        f"The file holds a link that would run a command ({LINKS[formula]}). Remove that link and send the file again."
    )


@pytest.mark.parametrize("formula", QUIET)
def test_everyday_formulas_are_let_be(formula):
    assert accepted(sheet('A1&"|"', formula), "a.xlsx") is FileKind.XLSX


def test_words_in_cells_are_no_formulas():
    book = openpyxl.Workbook()
    book.active.append(["cmd|'/c calc'!A0", "=1+1", "WEBSERVICE(x)", "DDEAUTO"])
    book.active["A1"].data_type = "s"
    assert accepted(saved(book), "a.xlsx") is FileKind.XLSX


@pytest.mark.parametrize("element", ["ddeLink ddeService='cmd' ddeTopic='/c calc'", "oleLink progId='Package'"])
def test_links_to_programs_are_refused(element):
    for name in ("xl/externalLinks/externalLink1.xml", "xl/anything.xml"):
        link = f"<m:externalLink xmlns:m='m'><m:{element}/></m:externalLink>"
        assert refusal(workbook_with({name: link}), "a.xlsx") == LINKED


def connection(child, **attributes):
    words = " ".join(f"{name}={quoteattr(value)}" for name, value in attributes.items())
    return workbook_with(
        {"xl/connections.xml": f"<connections><connection><{child} {words}/></connection></connections>"}
    )


def test_connections_to_programs_and_pages_are_refused_and_data_of_the_workbook_is_not():
    assert refusal(connection("dbPr", connection="DSN=x;SERVER=example.org", command="SELECT 1"), "a.xlsx") == LINKED
    assert refusal(connection("dbPr", connection="Provider=SQLOLEDB", command="xp_cmdshell"), "a.xlsx") == LINKED
    assert refusal(connection("webPr", url="https://example.org"), "a.xlsx") == LINKED
    assert refusal(connection("textPr", sourceFile="\\\\server\\a.csv"), "a.xlsx") == LINKED
    assert refusal(connection("x15:oledbPr", connection="Provider=SQLOLEDB"), "a.xlsx") == LINKED
    assert refusal(connection("x15:dataFeedPr", connection="Data Source=https://example.org"), "a.xlsx") == LINKED
    for place in ("https://example.org/a.odc", "\\\\server\\a.odc", "file://server/a.odc"):
        kept = f"<connections><connection odcFile={quoteattr(place)}><olapPr/></connection></connections>"
        assert refusal(workbook_with({"xl/connections.xml": kept}), "a.xlsx") == LINKED
    assert accepted(connection("textPr", sourceFile="C:\\So lieu\\a.csv"), "a.xlsx") is FileKind.XLSX
    mashup = "Provider=Microsoft.Mashup.OleDb.1;Data Source=$Workbook$;Location=Bang1"
    assert accepted(connection("dbPr", connection=mashup, command="SELECT * FROM [Bang1]"), "a.xlsx") is FileKind.XLSX
    assert accepted(connection("dbPr", connection="", command=""), "a.xlsx") is FileKind.XLSX
    assert refusal(connection("webPr", xml="1", url="\\\\may-chu\\a.xml"), "a.xlsx") == LINKED
    assert accepted(connection("webPr", xml="1", url="C:\\HTKK\\to-khai.xml"), "a.xlsx") is FileKind.XLSX
    assert accepted(connection("dbPr", connection="Data Model Connection", command="Model"), "a.xlsx") is FileKind.XLSX


def queried(code):
    """A workbook of which a query says this, packed as Excel packs it."""
    package = zip_file(
        {"[Content_Types].xml": "<Types/>", "Formulas/Section1.m": f"section Section1; shared A = {code};"}
    )
    packed = base64.b64encode(struct.pack("<II", 0, len(package)) + package + bytes(4)).decode()
    told = f'<?xml version="1.0" encoding="utf-16"?><DataMashup xmlns="urn:m">{packed}</DataMashup>'
    return workbook_with({"customXml/item1.xml": told.encode("utf-16")})


@pytest.mark.parametrize(
    "code",
    [
        'Web.Contents("https://example.org")', 'OData.Feed ("https://example.org")', 'Sql.Database("a", "b")',
        'let a = "\\\\may-chu\\so-lieu.xlsx", b = File.Contents(a) in b', 'Folder.Files("\\\\may-chu\\chung")',
        'Expression.Evaluate("We" & "b.Contents", #shared)', 'SharePoint.Files("https://a.sharepoint.com")',
    ],
)  # fmt: skip
def test_a_query_that_reads_from_another_machine_is_refused(code):
    assert refusal(queried(code), "a.xlsx") == LINKED


@pytest.mark.parametrize(
    "code",
    [
        'Excel.CurrentWorkbook(){[Name="Bang1"]}[Content]', 'Excel.Workbook(File.Contents("D:\\So lieu\\a.xlsx"))',
        'Table.ReplaceValue(a, "https://", "//", Replacer.ReplaceText, {"Web.Contents"})', 'Folder.Files("D:\\BC")',
    ],
)  # fmt: skip
def test_a_query_of_the_workbook_or_of_this_disk_is_let_be(code):
    assert accepted(queried(code), "a.xlsx") is FileKind.XLSX


def test_a_query_that_cannot_be_read_is_refused():
    told = "<DataMashup>AAAA!</DataMashup>"
    assert refusal(workbook_with({"customXml/item1.xml": told}), "a.xlsx") == DAMAGED


def test_a_workbook_may_point_at_another_workbook():
    book = "<externalLink><externalBook r:id='r1' xmlns:r='r'/></externalLink>"
    rels = (
        "<Relationships><Relationship Id='r1' TargetMode='External' Target='file:///C:\\quy1.xlsx'"
        " Type='http://schemas.openxmlformats.org/officeDocument/2006/relationships/externalLinkPath'/></Relationships>"
    )
    place = "xl/externalLinks/externalLink1.xml"
    data = workbook_with({place: book, "xl/externalLinks/_rels/externalLink1.xml.rels": rels})
    assert accepted(data, "a.xlsx") is FileKind.XLSX

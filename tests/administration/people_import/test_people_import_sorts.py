"""A file of another sort in the field for a workbook, whole or damaged: its sort is named, and what is meant."""

import gzip

import pytest

from administration.people_import.workbook.package import MAX_BYTES
from tests.administration.people_import.people_imports import whole
from tests.administration.people_import.test_people_import_files import reasons
from tests.intake.making import (
    EXE,
    OLE,
    PASSWORD,
    jpeg_file,
    open_document,
    parts_of,
    pdf_file,
    png_file,
    word_file,
    word_with,
    zip_file,
)

pytestmark = pytest.mark.usefixtures("english")
OTHER_SORT = (
    "An Excel workbook (.xlsx) is meant here, but this file is %s. Enter the rows in the template and send that."
)
WORD, SLIDES, PICTURE, PDF = "a Word document", "a PowerPoint presentation", "a picture", "a PDF file"
ARCHIVE, TEXT, MARKUP = (
    "an archive (.zip, .rar or the like)",
    "plain text (such as .csv)",
    "a web page or other markup (HTML, XML)",
)
OPEN_DOCUMENT, UNKNOWN = "an OpenDocument file (LibreOffice)", "a file of an unknown kind"


def old_file(stream: str) -> bytes:
    """What Office wrote before 2007, as far as its directory tells."""
    return OLE + stream.encode("utf-16-le") + b"\0" * 60


def word_of_another_shape() -> bytes:
    """A Word file whose parts stand in a folder of another name."""
    parts = {name.replace("word/", "vanban/"): content for name, content in parts_of(word_file()).items()}
    for name in ("[Content_Types].xml", "_rels/.rels"):
        parts[name] = parts[name].replace(b"word/", b"vanban/")
    return zip_file(parts)


SORTS = {
    "a PDF": (pdf_file(), PDF),
    "a PDF cut off": (pdf_file()[:80], PDF),
    "a PDF after a mark": (b"\xef\xbb\xbf" + pdf_file(), PDF),
    "a PDF larger than a workbook may be": (pdf_file() + b"\0" * MAX_BYTES, PDF),
    "a picture": (png_file(), PICTURE),
    "a picture cut off": (png_file()[:20], PICTURE),
    "a photograph": (jpeg_file(), PICTURE),
    "a photograph cut off": (jpeg_file()[:9], PICTURE),
    "a photograph of a telephone": (b"\0\0\0\x18ftypheic" + b"\0" * 99, PICTURE),
    "a picture of a page": (b"RIFF\x10\0\0\0WEBPVP8 ", PICTURE),
    "a Word file": (word_file(), WORD),
    "a Word file cut off": (word_file()[:3000], WORD),
    "a Word file with macros": (word_with({"word/vbaProject.bin": b"x"}), WORD),
    "a Word file of another shape": (word_of_another_shape(), WORD),
    "an old Word file": (old_file("WordDocument"), WORD),
    "a rich text": (b"{\\rtf1\\ansi Danh sach}", WORD),
    "slides": (zip_file({"[Content_Types].xml": "<Types/>", "ppt/presentation.xml": "<x/>"}), SLIDES),
    "old slides": (old_file("PowerPoint Document"), SLIDES),
    "a sheet of LibreOffice": (open_document("spreadsheet"), OPEN_DOCUMENT),
    "an archive": (zip_file({"danh-sach.xlsx": whole()}), ARCHIVE),
    "an archive of another kind": (b"Rar!\x1a\x07\x01\0" + b"\0" * 50, ARCHIVE),
    "a packed file": (gzip.compress(b"x"), ARCHIVE),
    "a list with semicolons": ("Họ và tên;Chức vụ\n".encode(), TEXT),
    "a list with tabs of Excel": ("Họ và tên\tChức vụ\n".encode("utf-16"), TEXT),
    "a page named .xls": (b"<html><table><tr><td>Danh sach", MARKUP),
    "a sheet of Excel 2003": (b'<?xml version="1.0"?><?mso-application progid="Excel.Sheet"?><Workbook/>', MARKUP),
    "a program": (EXE, "a program"),
    "an old file of no known program": (OLE + b"\0" * 600, "an old Office file"),
    "a letter of Outlook": (
        OLE + "__properties_version1.0\0\0".encode("utf-16-le") + b"\0" * 600,
        "a file of an unknown kind",
    ),
    "a sound": (b"ID3\x03\0\0\0\0\0\0", UNKNOWN),
}


@pytest.mark.parametrize("name", SORTS)
def test_another_sort_is_named_and_a_workbook_asked_for(name):
    data, sort = SORTS[name]
    assert reasons(data) == [OTHER_SORT % sort]


def test_a_workbook_of_another_age_or_behind_a_password_is_told_what_to_do_with_it():
    old = "This is an old Excel file. Save it as .xlsx and send it again."
    assert reasons(old_file("Workbook")) == reasons(old_file("Book")) == [old]
    assert reasons(old_file("EncryptedPackage")) == [PASSWORD]

"""Files of offices that were once got wrong: each with what becomes of it."""

import io
from pathlib import Path

import pytest

from intake.uploads import FileKind, inspect
from tests.intake.making import refusal

FILES = Path(__file__).parent / "files"
ACCEPTED = {
    "byte-order-mark-before.pdf": FileKind.PDF,
    "link-to-a-page-named-JavaScript.pdf": FileKind.PDF,
    "opens-without-a-password.pdf": FileKind.PDF,
    "photo-saved-by-windows.jfif": FileKind.JPG,
    "photoshop-on-mac.jpg": FileKind.JPG,
    "template-on-own-disk.docx": FileKind.DOCX,
    "word-for-mac-printer-settings.docx": FileKind.DOCX,
    "word-online-document2.docx": FileKind.DOCX,
}
REFUSED = {
    "dde-field.docx": (
        "The file holds a field that starts a program or fetches from outside (DDEAUTO). In Word, click it, press"
        " Ctrl+Shift+F9 to keep only its text, save and send the file again."
    ),
    "dde-link.xlsx": (
        "The workbook is linked to a program or to data outside. In Excel, open the tab Data, remove the connections"
        " and break the links, save and send the file again."
    ),
    "file-attached-without-type.pdf": (
        "The PDF carries another file inside (bang-luong.xlsm). Print it to a new PDF and attach that; attach a"
        " document that belongs to it as a file of its own."
    ),
    "submits-a-form-on-opening.pdf": "The PDF holds scripts or actions. Print it to a new PDF and attach that.",
}


def test_every_given_file_is_told():
    assert {file.name for file in FILES.iterdir()} == {*ACCEPTED, *REFUSED}


@pytest.mark.parametrize("name", ACCEPTED)
def test_everyday_files_are_accepted(name):
    assert inspect(io.BytesIO((FILES / name).read_bytes()), name) is ACCEPTED[name]


@pytest.mark.parametrize("name", REFUSED)
def test_dangerous_files_are_refused_with_advice(name):
    assert refusal((FILES / name).read_bytes(), name) == REFUSED[name]

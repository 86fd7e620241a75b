"""Whatever its name says: what a file is, and the words in which it is refused."""

import re

import pytest

from intake.uploads import MAX_BYTES, FileKind
from tests.intake.making import (
    ARCHIVE,
    EXE,
    OLE,
    PASSWORD,
    PROGRAM,
    accepted,
    jpeg_file,
    pdf_file,
    png_file,
    refusal,
    word_file,
    workbook_file,
    zip_file,
)


@pytest.mark.parametrize(
    ("make", "name", "kind", "media_type"),
    [
        (
            word_file,
            "Báo cáo.docx",
            FileKind.DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (
            workbook_file,
            "Biểu.XLSX",
            FileKind.XLSX,
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        ),
        (pdf_file, "Biên bản.pdf", FileKind.PDF, "application/pdf"),
        (png_file, "ảnh.png", FileKind.PNG, "image/png"),
        (jpeg_file, "ảnh.jpg", FileKind.JPG, "image/jpeg"),
        (jpeg_file, "ảnh.JPEG", FileKind.JPG, "image/jpeg"),
        (jpeg_file, "ảnh.jfif", FileKind.JPG, "image/jpeg"),
        (jpeg_file, "ảnh.jpe", FileKind.JPG, "image/jpeg"),
        (jpeg_file, "ảnh.pjpeg", FileKind.JPG, "image/jpeg"),
    ],
)
def test_the_five_kinds_are_accepted(make, name, kind, media_type):
    assert accepted(make(), name) is kind
    assert kind.media_type == media_type


def test_an_empty_file_and_one_too_large():
    assert refusal(b"", "a.pdf") == "The file is empty."
    assert refusal(b"%PDF-" + b"0" * MAX_BYTES, "a.pdf") == "The file is larger than 25 MB."


@pytest.mark.parametrize(
    "data", [EXE, b"\x7fELF\x02", b"#!/bin/sh\nrm -rf /", b"\xcf\xfa\xed\xfe\x07", b"\xca\xfe\xba\xbe\x00"]
)
@pytest.mark.parametrize("name", ["a.docx", "a.pdf", "a.exe", "a"])
def test_a_program_is_refused_under_any_name(data, name):
    assert refusal(data, name) == PROGRAM


def test_old_office_files_are_refused_with_advice():
    assert refusal(OLE, "a.doc") == "This is an old Word file. Save it as .docx and send it again."
    assert refusal(OLE, "a.xls") == "This is an old Excel file. Save it as .xlsx and send it again."
    assert refusal(OLE, "a.docx") == "This is an old Office file. Save it as .docx or .xlsx and send it again."
    assert refusal(word_file(), "a.doc") == "This is an old Word file. Save it as .docx and send it again."


@pytest.mark.parametrize(
    ("stream", "reason"),
    [
        ("WordDocument", "This is an old Word file. Save it as .docx and send it again."),
        ("Workbook", "This is an old Excel file. Save it as .xlsx and send it again."),
        ("PowerPoint Document",
         "Files of this kind are not accepted. Save the document as .docx, .xlsx or .pdf and send it again."),
        ("__properties_version1.0",  # a letter of Outlook
         "Files of this kind are not accepted. Save the document as .docx, .xlsx or .pdf and send it again."),
    ],
)  # fmt: skip
def test_an_old_office_file_under_a_new_name_is_told_by_its_streams(stream, reason):
    assert refusal(OLE + stream.encode("utf-16-le") + b"\0" * 60, "a.docx") == reason


def test_a_password_is_named_as_the_reason():
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx") == PASSWORD
    locked = bytearray(word_file())
    for match in re.finditer(rb"PK\x01\x02", bytes(locked)):
        locked[match.start() + 8] |= 1
    assert refusal(bytes(locked), "a.docx") == PASSWORD


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (zip_file({"a.txt": "a"}), "a.zip"), (zip_file({"a.txt": "a"}), "a.docx"), (b"Rar!\x1a\x07\x00", "a.rar"),
        (b"7z\xbc\xaf\x27\x1c\x00", "a.pdf"), (b"\x1f\x8b\x08\x00", "a.docx"), (b"\0" * 257 + b"ustar\0", "a.xlsx"),
        (word_file(), "a.zip"),
    ],
)  # fmt: skip
def test_archives_are_refused(data, name):
    assert refusal(data, name) == ARCHIVE


@pytest.mark.parametrize(
    "data",
    [
        b"<html><script>alert(1)</script></html>", b"\xef\xbb\xbf <!DOCTYPE html>", b'<svg onload="alert(1)">',
        b"<?xml version='1.0'?><svg/>", "\ufeff<html>".encode("utf-16-le"), b"\n\n<?php",
    ],
)  # fmt: skip
@pytest.mark.parametrize("name", ["a.pdf", "a.png", "a.jpg", "a.html"])
def test_pages_and_drawings_in_disguise_are_refused(data, name):
    assert (
        refusal(data, name)
        == "This is a web page or other markup (HTML, SVG, XML), whatever its name says. Print it to a PDF and send"
        " that."
    )


def test_the_name_must_agree_with_the_content():
    wrong = "The file is a .{} inside, but its name ends in .{}. Give it the right name."
    assert refusal(pdf_file(), "a.docx") == wrong.format("pdf", "docx")
    assert refusal(word_file(), "a.xlsx") == wrong.format("docx", "xlsx")
    assert refusal(png_file(), "a.jpeg") == wrong.format("png", "jpeg")
    assert (
        refusal(word_file(), "a")
        == refusal(b"text", "a.txt")
        == ("Only .docx, .xlsx, .pdf, .jpg and .png files are accepted.")
    )
    assert (
        refusal(b"plain words", "a.pdf")
        == "The content is not that of a .docx, .xlsx, .pdf, .jpg or .png file. Open it in its own program, save it"
        " as one of these and send that."
    )


def test_the_true_ending_counts_when_hidden_marks_turn_it_round():
    assert refusal(word_file(), "bao-cao\u202excod.exe") == "Only .docx, .xlsx, .pdf, .jpg and .png files are accepted."
    assert accepted(word_file(), "bao cao.docx\u200b\x00") is FileKind.DOCX


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n\r\n", b" \n\t", b"\x00" * 16, b"\xef\xbb\xbf\n"])
@pytest.mark.parametrize("after", [b"", b"\n", b"\x00" * 5000, b"\r\n--boundary--\r\n"])
@pytest.mark.parametrize(
    ("make", "name"), [(word_file, "a.docx"), (workbook_file, "a.xlsx"), (png_file, "a.png"), (jpeg_file, "a.jpg")]
)
def test_stray_bytes_before_and_after_are_let_be(make, name, before, after):
    assert accepted(before + make() + after, name) is FileKind.of(name[2:])


@pytest.mark.parametrize("stray", [b"\xef\xbb\xbf", b"\r\n\r\n", b"\x00" * 8])
def test_stray_bytes_hide_nothing(stray):
    assert refusal(stray + EXE, "a.pdf") == PROGRAM
    assert refusal(stray + b"<html>", "a.pdf") == (
        "This is a web page or other markup (HTML, SVG, XML), whatever its name says. Print it to a PDF and send that."
    )
    assert refusal(stray + zip_file({"a.txt": "a"}), "a.docx") == ARCHIVE


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("a.heic", "Pictures of this kind are not accepted. Save the picture as .jpg or .png and send it again."),
        ("a.pptx", "Files of this kind are not accepted. Save the document as .docx, .xlsx or .pdf and send it again."),
        ("a.dotx", "This is a template. Open it, save it as .docx or .xlsx and send that."),
        ("a.xlsb", "The file holds macros. Save it as .docx or .xlsx without macros and send it again."),
    ],
)
def test_a_kind_that_is_not_accepted_comes_with_advice(name, reason):
    assert refusal(b"words", name) == reason

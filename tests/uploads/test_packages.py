"""Word and Excel files as packages of parts."""

import re
import struct
import zlib

import pytest

from tests.uploads.making import (
    ARCHIVE,
    BOMB,
    DAMAGED,
    EMBEDDED,
    EXE,
    MACROS,
    OLE,
    RELS,
    accepted,
    parts_of,
    refusal,
    word_file,
    word_with,
    workbook_file,
    zip_file,
)
from uploads import Kind
from uploads.ooxml.container import MAX_ENTRIES


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_inside_are_refused(name):
    assert refusal(word_with({name: b"<x/>"}), "a.docx") == MACROS


def test_a_macro_document_is_refused_by_its_name_and_by_its_declared_type():
    assert refusal(word_file(), "a.docm") == MACROS
    types = parts_of(word_file())["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main"
    )
    assert refusal(word_with({"[Content_Types].xml": types}), "a.docx") == MACROS
    encoded = types.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert refusal(word_with({"[Content_Types].xml": encoded}), "a.docx") == MACROS


def test_a_package_without_its_main_parts_is_no_document():
    parts = parts_of(word_file())
    assert refusal(zip_file({k: v for k, v in parts.items() if k != "[Content_Types].xml"}), "a.docx") == ARCHIVE
    neither = "This is neither a Word document nor an Excel workbook."
    assert refusal(zip_file({k: v for k, v in parts.items() if k != "word/document.xml"}), "a.docx") == neither
    assert refusal(word_with({"xl/workbook.xml": "<x/>"}), "a.docx") == neither
    template = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    assert refusal(word_with({"[Content_Types].xml": template}), "a.docx") == neither


def test_a_zip_bomb_in_a_word_file_is_refused():
    assert refusal(word_with({"word/media/image1.bmp": b"\0" * 30_000_000}), "a.docx") == BOMB


def test_many_fair_parts_that_are_too_much_together_are_refused():
    part = b"".join(zlib.crc32(b"%d" % n).to_bytes(4, "big") + b" " * 300 for n in range(120_000))
    assert refusal(word_with({f"word/media/{n}.bin": part for n in range(6)}), "a.docx") == BOMB


def test_too_many_entries_are_refused():
    assert refusal(word_with({f"word/media/{n}": b"" for n in range(MAX_ENTRIES)}), "a.docx") == BOMB
    assert refusal(word_with({f"{n:0200}": b"" for n in range(3000)}), "a.docx") == BOMB


def test_headers_that_lie_about_the_size_are_not_believed():
    bomb = bytearray(word_with({"word/media/image1.bmp": b"\0" * 30_000_000}))
    for match in re.finditer(re.escape(struct.pack("<I", 30_000_000)), bytes(bomb)):
        bomb[match.start() : match.end()] = struct.pack("<I", 10)
    assert refusal(bytes(bomb), "a.docx") == BOMB
    small = bytearray(word_with({"word/media/image1.bmp": b"\0" * 77_777}))
    for match in re.finditer(re.escape(struct.pack("<I", 77_777)), bytes(small)):
        small[match.start() : match.end()] = struct.pack("<I", 10)
    assert refusal(bytes(small), "a.docx") == DAMAGED


def test_entries_that_share_their_bytes_are_refused():
    data = bytearray(word_with({"a1": b"x" * 50, "a2": b"x" * 50}))
    directory = [match.start() for match in re.finditer(rb"PK\x01\x02", bytes(data))]
    data[directory[-1] + 42 : directory[-1] + 46] = data[directory[-2] + 42 : directory[-2] + 46]
    assert refusal(bytes(data), "a.docx") == DAMAGED


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "word\\x.xml", "C:/x", "word/../../x"])
def test_names_that_leave_the_package_are_refused(name):
    assert (
        refusal(word_with({name: b"x"}), "a.docx") == "The names inside the file are not those of an office document."
    )


def test_the_same_part_twice_is_refused():
    assert refusal(word_with({"WORD/document.xml": b"<x/>"}), "a.docx") == (
        "The names inside the file are not those of an office document."
    )


@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!doctype x SYSTEM "file:///etc/passwd"><x/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        '<!DOCTYPE x><x/>'.encode("utf-16-be"),
        b"<x>" + b" " * (1024 * 1024 - 8) + b"<!ENTITY a 'b'>",
    ],
)  # fmt: skip
def test_document_types_and_entities_are_refused(part):
    assert refusal(word_with({"word/document.xml": part}), "a.docx") == (
        "The file declares a document type or entities, which no office document needs."
    )


def test_an_encoding_that_hides_the_text_is_refused():
    part = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'
    assert refusal(word_with({"word/document.xml": part}), "a.docx") == DAMAGED
    assert refusal(word_with({"word/document.xml": "<!DOCTYPE x>".encode("cp037")}), "a.docx") == DAMAGED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/embeddings/oleObject1.bin", OLE), ("word/media/image1.png", OLE), ("word/activeX/activeX1.xml", b"<x/>"),
        ("word/embeddings/a.zip", zip_file({"a": b"a"})), ("word/afchunk.htm", b"<p>"),
        ("word/embeddings/a.docx", word_file()),
    ],
)  # fmt: skip
def test_embedded_objects_and_archives_are_refused(name, content):
    assert refusal(word_with({name: content}), "a.docx") == EMBEDDED


def test_a_program_inside_is_refused():
    assert refusal(word_with({"word/media/image1.png": EXE}), "a.docx") == "The file hides a program inside."


def test_the_figures_behind_a_chart_are_looked_into():
    place = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
    assert accepted(word_with({place: workbook_file()}), "a.docx") is Kind.DOCX
    inner = zip_file(parts_of(workbook_file()) | {"xl/vbaProject.bin": b"x"})
    assert refusal(word_with({place: inner}), "a.docx") == MACROS
    nested = zip_file(parts_of(workbook_file()) | {"xl/embeddings/a.xlsx": workbook_file()})
    assert refusal(word_with({place: nested}), "a.docx") == EMBEDDED


def test_links_are_welcome_and_outside_parts_are_not():
    place = "word/_rels/document.xml.rels"
    assert accepted(word_with({place: RELS.format(kind="hyperlink")}), "a.docx") is Kind.DOCX
    for kind in ("attachedTemplate", "oleObject", "frame", "image"):
        assert refusal(word_with({"word/_rels/settings.xml.rels": RELS.format(kind=kind)}), "a.docx") == (
            f"The file fetches a part of itself from outside ({kind}). Put that part into the file."
        )
    assert refusal(word_with({place: "<Relationships>"}), "a.docx") == DAMAGED


def test_data_before_or_after_a_package_is_refused():
    assert refusal(word_file() + b"<script>", "a.docx") == DAMAGED
    assert refusal(zip_file({"a": b"a"}) + word_file(), "a.docx") == DAMAGED
    assert refusal(word_file()[:-400], "a.docx") == DAMAGED
    assert refusal(b"PK\x03\x04" + b"\x00" * 100, "a.docx") == DAMAGED


def test_a_damaged_part_is_refused():
    data = bytearray(word_file())
    data[60:80] = b"\xff" * 20
    assert refusal(bytes(data), "a.docx") == DAMAGED

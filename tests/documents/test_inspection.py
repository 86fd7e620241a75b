import io
import re
import struct
import unicodedata
import zipfile
import zlib

import docx
import openpyxl
import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from documents.inspection import MAX_BYTES, Kind, Unacceptable, display_name, inspect
from documents.inspection.office import MAX_ENTRIES


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def accepted(data, name):
    file = io.BytesIO(data)
    file.read()
    kind = inspect(file, name)
    assert file.tell() == 0
    return kind


def refusal(data, name):
    with pytest.raises(Unacceptable) as refused:
        inspect(io.BytesIO(data), name)
    return str(refused.value)


def word_file():
    document = docx.Document()
    document.add_heading("Báo cáo", 1)
    document.add_paragraph("Công đoàn cơ sở đã tổ chức 12 lớp.")
    document.add_table(rows=2, cols=2)
    buffer = io.BytesIO()
    document.save(buffer)
    return buffer.getvalue()


def workbook_file():
    workbook = openpyxl.Workbook()
    workbook.active.append(["Số lớp", 12])
    workbook.active["A3"].hyperlink = "https://example.org/"
    buffer = io.BytesIO()
    workbook.save(buffer)
    return buffer.getvalue()


def png_file(width=2, height=2, extra=b""):
    def chunk(kind, body):
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + extra
        + chunk(b"IDAT", zlib.compress(b"\0" * 14))
        + chunk(b"IEND", b"")
    )


def jpeg_file(width=2, height=2, comment=b"", scan=b"\x00\x3f\xff\x00\x12\xff\xd0\x34"):
    def segment(marker, body):
        return b"\xff" + bytes([marker]) + struct.pack(">H", len(body) + 2) + body

    frame = struct.pack(">BHHB", 8, height, width, 1) + b"\x01\x11\x00"
    start = b"\xff\xd8" + segment(0xE0, b"JFIF\x00\x01\x01\x00\x00\x01\x00\x01\x00\x00") + segment(0xFE, comment)
    return start + segment(0xC0, frame) + segment(0xDA, b"\x01\x01\x00\x00\x3f\x00") + scan + b"\xff\xd9"


def pdf_file(*objects, trailer=b""):
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (n, content) for n, content in enumerate(objects, 3))
    return (
        b"%PDF-1.7\n1 0 obj\n<</Type/Catalog/Pages 2 0 R/OpenAction[3 0 R/Fit]>>\nendobj\n"
        b"2 0 obj\n<</Type/Pages/Kids[]/Count 0>>\nendobj\n"
        + body + b"trailer\n<</Root 1 0 R" + trailer + b">>\nstartxref\n0\n%%EOF\n"
    )  # fmt: skip


def stream(content, dictionary=b"", packed=True):
    data = zlib.compress(content) if packed else content
    filtered = b"/Filter/FlateDecode" if packed else b""
    return b"<<" + dictionary + filtered + b"/Length %d>>\nstream\n" % len(data) + data + b"\nendstream"


def zip_file(parts, **options):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return buffer.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def word_with(**changes):
    """A good Word file with parts added or replaced."""
    return zip_file(parts_of(word_file()) | changes.pop("parts", {}))


EXE = b"MZ\x90\x00" + b"\x00" * 200 + b"This program cannot be run in DOS mode."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="https://example.org/x" TargetMode="External"/></Relationships>'
)

BOMB = "The file unpacks to far more than a document needs."
DAMAGED = "The file is damaged: it cannot be read as a Word or Excel file."
PROGRAM = "This is a program, whatever its name says. Only documents and pictures are accepted."
MACROS = "The file holds macros. Save it as .docx or .xlsx without macros and attach it again."
ARCHIVE = "Archives are not accepted. Attach the documents one by one."
PASSWORD = "The file is locked by a password. Remove the password and attach it again."
EMBEDDED = "The file holds an embedded object. Paste it as a picture, or attach it as a file of its own."
SCRIPTS = "The PDF holds scripts or actions. Print it to a new PDF and attach that."
HIDDEN = "The picture contains another file. Please save it again with an image program and attach that."


@pytest.mark.parametrize(
    ("make", "name", "kind", "media_type"),
    [
        (
            word_file,
            "Báo cáo.docx",
            Kind.DOCX,
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        ),
        (workbook_file, "Biểu.XLSX", Kind.XLSX, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
        (pdf_file, "Biên bản.pdf", Kind.PDF, "application/pdf"),
        (png_file, "ảnh.png", Kind.PNG, "image/png"),
        (jpeg_file, "ảnh.jpg", Kind.JPG, "image/jpeg"),
        (jpeg_file, "ảnh.JPEG", Kind.JPG, "image/jpeg"),
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
    assert refusal(OLE, "a.doc") == "This is an old Word file. Save it as .docx and attach it again."
    assert refusal(OLE, "a.xls") == "This is an old Excel file. Save it as .xlsx and attach it again."
    assert refusal(OLE, "a.docx") == "This is an old Office file. Save it as .docx or .xlsx and attach it again."
    assert refusal(word_file(), "a.doc") == "This is an old Word file. Save it as .docx and attach it again."


def test_a_password_is_named_as_the_reason():
    assert refusal(OLE + "EncryptedPackage".encode("utf-16-le"), "a.docx") == PASSWORD
    assert refusal(pdf_file(trailer=b"/Encrypt 9 0 R"), "a.pdf") == PASSWORD
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
    assert refusal(data, name) == "This is a web page or other markup (HTML, SVG, XML), whatever its name says."


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
    assert refusal(b"plain words", "a.pdf") == "The content is not that of a .docx, .xlsx, .pdf, .jpg or .png file."


def test_the_true_ending_counts_when_hidden_marks_turn_it_round():
    assert refusal(word_file(), "bao-cao\u202excod.exe") == "Only .docx, .xlsx, .pdf, .jpg and .png files are accepted."
    assert accepted(word_file(), "bao cao.docx\u200b\x00") is Kind.DOCX


# Office packages


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_inside_are_refused(name):
    assert refusal(word_with(parts={name: b"<x/>"}), "a.docx") == MACROS


def test_a_macro_document_is_refused_by_its_name_and_by_its_declared_type():
    assert refusal(word_file(), "a.docm") == MACROS
    types = parts_of(word_file())["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main"
    )
    assert refusal(word_with(parts={"[Content_Types].xml": types}), "a.docx") == MACROS
    encoded = types.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert refusal(word_with(parts={"[Content_Types].xml": encoded}), "a.docx") == MACROS


def test_a_package_without_its_main_parts_is_no_document():
    parts = parts_of(word_file())
    assert refusal(zip_file({k: v for k, v in parts.items() if k != "[Content_Types].xml"}), "a.docx") == ARCHIVE
    neither = "This is neither a Word document nor an Excel workbook."
    assert refusal(zip_file({k: v for k, v in parts.items() if k != "word/document.xml"}), "a.docx") == neither
    assert refusal(word_with(parts={"xl/workbook.xml": "<x/>"}), "a.docx") == neither
    template = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    assert refusal(word_with(parts={"[Content_Types].xml": template}), "a.docx") == neither


def test_a_zip_bomb_in_a_word_file_is_refused():
    assert refusal(word_with(parts={"word/media/image1.bmp": b"\0" * 30_000_000}), "a.docx") == BOMB


def test_many_fair_parts_that_are_too_much_together_are_refused():
    part = b"".join(zlib.crc32(b"%d" % n).to_bytes(4, "big") + b" " * 300 for n in range(120_000))
    assert refusal(word_with(parts={f"word/media/{n}.bin": part for n in range(6)}), "a.docx") == BOMB


def test_too_many_entries_are_refused():
    assert refusal(word_with(parts={f"word/media/{n}": b"" for n in range(MAX_ENTRIES)}), "a.docx") == BOMB
    assert refusal(word_with(parts={f"{n:0200}": b"" for n in range(3000)}), "a.docx") == BOMB


def test_headers_that_lie_about_the_size_are_not_believed():
    bomb = bytearray(word_with(parts={"word/media/image1.bmp": b"\0" * 30_000_000}))
    for match in re.finditer(re.escape(struct.pack("<I", 30_000_000)), bytes(bomb)):
        bomb[match.start() : match.end()] = struct.pack("<I", 10)
    assert refusal(bytes(bomb), "a.docx") == BOMB
    small = bytearray(word_with(parts={"word/media/image1.bmp": b"\0" * 77_777}))
    for match in re.finditer(re.escape(struct.pack("<I", 77_777)), bytes(small)):
        small[match.start() : match.end()] = struct.pack("<I", 10)
    assert refusal(bytes(small), "a.docx") == DAMAGED


def test_entries_that_share_their_bytes_are_refused():
    data = bytearray(word_with(parts={"a1": b"x" * 50, "a2": b"x" * 50}))
    directory = [match.start() for match in re.finditer(rb"PK\x01\x02", bytes(data))]
    data[directory[-1] + 42 : directory[-1] + 46] = data[directory[-2] + 42 : directory[-2] + 46]
    assert refusal(bytes(data), "a.docx") == DAMAGED


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "word\\x.xml", "C:/x", "word/../../x"])
def test_names_that_leave_the_package_are_refused(name):
    assert (
        refusal(word_with(parts={name: b"x"}), "a.docx")
        == "The names inside the file are not those of an office document."
    )


def test_the_same_part_twice_is_refused():
    assert refusal(word_with(parts={"WORD/document.xml": b"<x/>"}), "a.docx") == (
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
    assert refusal(word_with(parts={"word/document.xml": part}), "a.docx") == (
        "The file declares a document type or entities, which no office document needs."
    )


def test_an_encoding_that_hides_the_text_is_refused():
    part = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'
    assert refusal(word_with(parts={"word/document.xml": part}), "a.docx") == DAMAGED
    assert refusal(word_with(parts={"word/document.xml": "<!DOCTYPE x>".encode("cp037")}), "a.docx") == DAMAGED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/embeddings/oleObject1.bin", OLE), ("word/media/image1.png", OLE), ("word/activeX/activeX1.xml", b"<x/>"),
        ("word/embeddings/a.zip", zip_file({"a": b"a"})), ("word/afchunk.htm", b"<p>"),
        ("word/embeddings/a.docx", word_file()),
    ],
)  # fmt: skip
def test_embedded_objects_and_archives_are_refused(name, content):
    assert refusal(word_with(parts={name: content}), "a.docx") == EMBEDDED


def test_a_program_inside_is_refused():
    assert refusal(word_with(parts={"word/media/image1.png": EXE}), "a.docx") == "The file contains a hidden program."


def test_the_figures_behind_a_chart_are_looked_into():
    place = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
    assert accepted(word_with(parts={place: workbook_file()}), "a.docx") is Kind.DOCX
    inner = zip_file(parts_of(workbook_file()) | {"xl/vbaProject.bin": b"x"})
    assert refusal(word_with(parts={place: inner}), "a.docx") == MACROS
    nested = zip_file(parts_of(workbook_file()) | {"xl/embeddings/a.xlsx": workbook_file()})
    assert refusal(word_with(parts={place: nested}), "a.docx") == EMBEDDED


def test_links_are_welcome_and_outside_parts_are_not():
    place = "word/_rels/document.xml.rels"
    assert accepted(word_with(parts={place: RELS.format(kind="hyperlink")}), "a.docx") is Kind.DOCX
    for kind in ("attachedTemplate", "oleObject", "frame", "image"):
        assert refusal(word_with(parts={"word/_rels/settings.xml.rels": RELS.format(kind=kind)}), "a.docx") == (
            f"The file loads a part of its content from outside ({kind}). Please include that part in the file."
        )
    assert refusal(word_with(parts={place: "<Relationships>"}), "a.docx") == DAMAGED


def test_data_before_or_after_a_package_is_refused():
    assert refusal(word_file() + b"<script>", "a.docx") == DAMAGED
    assert refusal(zip_file({"a": b"a"}) + word_file(), "a.docx") == DAMAGED
    assert refusal(word_file()[:-400], "a.docx") == DAMAGED
    assert refusal(b"PK\x03\x04" + b"\x00" * 100, "a.docx") == DAMAGED


def test_a_damaged_part_is_refused():
    data = bytearray(word_file())
    data[60:80] = b"\xff" * 20
    assert refusal(bytes(data), "a.docx") == DAMAGED


@given(st.data())
def test_no_damage_is_ever_worse_than_a_refusal(data):
    whole = bytearray(data.draw(st.sampled_from([WORD, WORKBOOK, PICTURE, PHOTO, PAPER])))
    for at, value in data.draw(st.lists(st.tuples(st.integers(0, len(whole) - 1), st.integers(0, 255)), max_size=8)):
        whole[at] = value
    cut = data.draw(st.integers(0, len(whole)))
    for damaged in (bytes(whole), bytes(whole[:cut])):
        for name in ("a.docx", "a.xlsx", "a.png", "a.jpg", "a.pdf"):
            try:
                inspect(io.BytesIO(damaged), name)
            except Unacceptable:
                continue


WORD, WORKBOOK, PICTURE, PHOTO, PAPER = word_file(), workbook_file(), png_file(), jpeg_file(), pdf_file(stream(b"x"))


# PDF


@pytest.mark.parametrize(
    "content",
    [
        b"<</S/JavaScript/JS(app.alert(1))>>", b"<</S /JavaScript>>", b"<</JS 5 0 R>>", b"<</S/Launch/F(cmd.exe)>>",
        b"<</S/J#61vaScript>>", b"<</#4a#53 (x)>>", b"<</Subtype/RichMedia>>", b"<</XFA 4 0 R>>",
        stream(b"1 0 <</S/JavaScript/JS(x)>>", b"/Type/ObjStm/N 1/First 4"),
        stream(b"1 0 <</JS(x)>>", b"/Type /Obj#53tm /N 1 /First 4"),
        stream(b"1 0 <</JS(x)>>", b"/N 1 /First 4"),
        stream(b"1 0 <</JS(x)>>", b"/Type/ObjStm/N 1/First 4", packed=False),
    ],
)  # fmt: skip
def test_scripts_in_a_pdf_are_refused(content):
    assert refusal(pdf_file(content), "a.pdf") == SCRIPTS


def test_files_inside_a_pdf_are_refused():
    carried = "The PDF carries other files inside. Attach them as files of their own."
    assert refusal(pdf_file(b"<</Type/EmbeddedFile>>"), "a.pdf") == carried
    assert refusal(pdf_file(stream(b"<</EmbeddedFiles 1 0 R>>", b"/Type/ObjStm/N 1/First 4")), "a.pdf") == carried


def test_ordinary_streams_are_not_searched_for_short_words():
    assert accepted(pdf_file(stream(b"q /JS gs Q")), "a.pdf") is Kind.PDF
    assert accepted(pdf_file(stream(b"\x00/JS \xff", packed=False)), "a.pdf") is Kind.PDF
    assert accepted(pdf_file(stream(b"1 0 <</Type/Page>>", b"/Type/ObjStm/N 1/First 4")), "a.pdf") is Kind.PDF


def test_objects_packed_out_of_sight_are_refused():
    dictionary = b"/Type/ObjStm/N 1/First 4/Filter[/ASCIIHexDecode/FlateDecode]"
    assert "cannot be checked" in refusal(pdf_file(stream(b"x", dictionary, packed=False)), "a.pdf")
    assert refusal(pdf_file(stream(b"\0" * 120_000_000, b"/Type/ObjStm/N 1/First 4")), "a.pdf") == BOMB


def test_a_pdf_is_whole_and_alone():
    unended = "The file is damaged: it does not end like a PDF."
    assert refusal(pdf_file()[:-8], "a.pdf") == unended
    assert refusal(pdf_file() + b"<script>alert(1)</script>", "a.pdf") == unended
    assert refusal(pdf_file() + zip_file({"a": b"a"}), "a.pdf") == unended
    assert (
        refusal(b"\n\n" + pdf_file(), "a.pdf") == "The content is not that of a .docx, .xlsx, .pdf, .jpg or .png file."
    )
    both = "The file is two files in one: a PDF and an archive."
    assert refusal(pdf_file() + zip_file({"a": b"a"}) + b"%%EOF", "a.pdf") == both
    assert accepted(pdf_file() + b"\r\n\x00\x00", "a.pdf") is Kind.PDF


# Pictures


@pytest.mark.parametrize("make", [png_file, jpeg_file])
def test_pictures_beyond_measure_are_refused_by_their_header(make):
    too_large = "The picture is too large: at most 12.000 pixels a side and 100 million in all."
    name = "a.png" if make is png_file else "a.jpg"
    assert accepted(make(12_000, 8_000), name)
    assert refusal(make(12_001, 1), name) == too_large
    assert refusal(make(1, 60_000), name) == too_large
    assert refusal(make(12_000, 12_000), name) == too_large
    assert refusal(make(0, 5), name) == "The picture is damaged and cannot be read."


@pytest.mark.parametrize("hidden", [zip_file({"a": b"a"}), b"<html><script>alert(1)</script>", EXE, pdf_file()])
@pytest.mark.parametrize(("make", "name"), [(png_file, "a.png"), (jpeg_file, "a.jpg")])
def test_a_file_behind_a_picture_is_refused(make, name, hidden):
    assert refusal(make() + hidden, name) == HIDDEN


@pytest.mark.parametrize("hidden", [zip_file({"a": b"a"}), b"<script>alert(1)</script>", b"<?PHP system()"])
def test_a_file_within_a_picture_is_refused(hidden):
    assert refusal(jpeg_file(comment=hidden), "a.jpg") == HIDDEN
    text = struct.pack(">I", len(hidden)) + b"tEXt" + hidden + struct.pack(">I", zlib.crc32(b"tEXt" + hidden))
    assert refusal(png_file(extra=text), "a.png") == HIDDEN


def test_what_phones_append_to_a_photo_is_let_be():
    assert accepted(jpeg_file() + jpeg_file(), "a.jpg") is Kind.JPG
    assert accepted(jpeg_file() + b"\x00" * 64 + b"SEFT", "a.jpg") is Kind.JPG


def test_cut_off_pictures_are_refused():
    damaged = "The picture is damaged and cannot be read."
    assert refusal(png_file()[:-6], "a.png") == damaged
    assert refusal(jpeg_file()[:-2], "a.jpg") == damaged
    assert refusal(b"\xff\xd8\xff\xe0", "a.jpg") == damaged
    assert refusal(b"\xff\xd8\xff\xd9", "a.jpg") == damaged
    assert refusal(b"\x89PNG\r\n\x1a\n", "a.png") == damaged


# Names


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Báo cáo.docx", "Báo cáo.docx"),
        (unicodedata.normalize("NFD", "Biên bản họp.pdf"), "Biên bản họp.pdf"),
        ("C:\\Users\\An\\a.pdf", "a.pdf"), ("../../etc/a.pdf", "a.pdf"), ("a\x00.pdf", "a.pdf"),
        ("anh\u202egnp.pdf", "anhgnp.pdf"), ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
        ("<script>alert(1)</script>.pdf", "script_.pdf"), ('a"b:c?.pdf', "a_b_c_.pdf"), ("a\r\nb.pdf", "a b.pdf"),
        ("  .pdf", "file.pdf"), ("", "file"), ("...", "file"), (".pdf", "file.pdf"), ("a . pdf", "a . pdf"),
        ("ă" * 300 + ".docx", "ă" * 195 + ".docx"), ("a.tar.gz", "a.tar.gz"),
    ],
)  # fmt: skip
def test_names_are_shown_safe_and_whole(name, shown):
    assert display_name(name) == shown


@given(st.text())
def test_any_name_comes_out_safe_and_stays_so(name):
    shown = display_name(name)
    assert 0 < len(shown) <= 200
    assert not set(shown) & set('/\\<>:"|?*\x00\n\r\u202e')
    assert display_name(shown) == shown


@pytest.mark.parametrize("name", ["ă" * 196 + ".docx", unicodedata.normalize("NFD", "ấ" * 300) + ".docx", "<b>.docx"])
def test_a_strange_name_is_no_reason_to_refuse_a_good_file(name):
    assert accepted(word_file(), name) is Kind.DOCX

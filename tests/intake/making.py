"""Inputs of every kind, good ones and bad, and what becomes of them."""

import io
import struct
import zipfile
import zlib

import docx
import openpyxl
import pytest

from intake.uploads import Unacceptable, inspect


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


def pdf_file(*objects, root=b"", page=b"", trailer=b"", before=b""):
    """A PDF of one page; `objects` are numbered from 4 on."""
    contents = [
        b"<</Type/Catalog/Pages 2 0 R" + root + b">>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<<>>" + page + b">>",
        *objects,
    ]
    data, places = bytearray(before + b"%PDF-1.7\n"), []
    for number, content in enumerate(contents, 1):
        places.append(len(data))
        data += b"%d 0 obj\n%s\nendobj\n" % (number, content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    return bytes(
        data + b"xref\n0 %d\n0000000000 65535 f \n" % (len(places) + 1) + table
        + b"trailer\n<</Size %d/Root 1 0 R%s>>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, trailer, len(data))
    )  # fmt: skip


def saved(document, **options):
    buffer = io.BytesIO()
    document.save(buffer, **options)
    return buffer.getvalue()


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


def open_document(kind):
    """What LibreOffice saves by itself, its type unpacked in front: `kind` is text or spreadsheet."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", f"application/vnd.oasis.opendocument.{kind}")
        package.writestr("content.xml", "<x/>")
    return buffer.getvalue()


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        return {entry.filename: package.read(entry) for entry in package.infolist()}


def word_with(parts):
    """A good Word file with parts added or replaced."""
    return zip_file(parts_of(word_file()) | parts)


def workbook_with(parts):
    return zip_file(parts_of(workbook_file()) | parts)


EXE = b"MZ\x90\x00" + b"\x00" * 200 + b"This program cannot be run in DOS mode."
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 1000
RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" '
    'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{kind}" '
    'Target="https://example.org/x" TargetMode="External"/></Relationships>'
)

BOMB = "The file unpacks to far more than a document needs. Print it to a PDF and send that."
DAMAGED = (
    "The file is damaged: it cannot be read as a Word or Excel file. Open it in Word or Excel, save it anew"
    " and send that."
)
PROGRAM = "This is a program, whatever its name says. Only documents and pictures are accepted."
MACROS = "The file holds macros. Save it as .docx or .xlsx without macros and send it again."
ARCHIVE = "Archives are not accepted. Attach the documents one by one."
PASSWORD = "The file is locked by a password. Remove the password and send it again."
EMBEDDED = "The file holds an embedded object. Paste it as a picture, or attach it as a file of its own."
SCRIPTS = "The PDF holds scripts or actions. Print it to a new PDF and attach that."
HIDDEN = "The picture hides another file inside. Save it anew with a picture program and attach that."
ANEW = " Open it in Word or Excel, save it anew and send that."
DECLARED = "The file declares a document type or entities, which no office document needs." + ANEW
NAMES = "The names inside the file are not those of an office document." + ANEW
NEITHER = "This is neither a Word document nor an Excel workbook. Save it as .docx or .xlsx and send that."
MARKUP = "This is a web page or other markup (HTML, SVG, XML), whatever its name says. Print it to a PDF and send that."
UNKNOWN = (
    "The content is not that of a .docx, .xlsx, .pdf, .jpg or .png file. Open it in its own program, save it as one of"
    " these and send that."
)

"""The worst files one can send, each in a process that is killed beyond 5 seconds of work or 300 MB of memory."""

import io
import multiprocessing
import resource
import struct
import zipfile
import zlib
from pathlib import Path

import pikepdf
import pytest

from intake.uploads import Unacceptable, inspect
from tests.intake.making import pdf_file, png_file, saved, stream, word_file, workbook_with, zip_file

SECONDS, MEMORY = 5, 300 * 2**20


def deep_xml() -> bytes:
    """A Word part nested a hundred thousand deep."""
    return b"<a>" * 100_000 + b"</a>" * 100_000


def word_with_part(content: bytes) -> bytes:
    parts = {}
    with zipfile.ZipFile(io.BytesIO(word_file())) as package:
        parts = {entry.filename: package.read(entry) for entry in package.infolist()}
    return zip_file(parts | {"word/document.xml": content})


def nested_bomb() -> bytes:
    """42.zip in small: an archive of archives of zeros inside a Word file."""
    inner = zip_file({f"{number}.bin": bytes(2**20) for number in range(16)})
    return word_with_part(inner)


def many_streams() -> bytes:
    """A PDF of five thousand packed streams, each of which unpacks to a megabyte."""
    packed = zlib.compress(bytes(2**20), 9)
    one = b"<</Filter/FlateDecode/Length %d>>\nstream\n" % len(packed) + packed + b"\nendstream"
    return pdf_file(*[one] * 5000)


FIELD = b'<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText>'


def packed_objects() -> bytes:
    """A PDF of five long arrays that unpack to a hundred times their size."""
    document = pikepdf.new()
    document.add_blank_page()
    for _nth in range(5):
        document.Root[f"/X{_nth}"] = document.make_indirect(pikepdf.Array([0] * 100_000))
    return saved(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def sheet_of_formulas() -> bytes:
    """300,000 formulas, one of which makes us read them all."""
    rows = b"".join(b"<row><c><f>A1+%d</f><v>%d</v></c></row>" % (number, number) for number in range(300_000))
    return b'<worksheet><sheetData><row><c><f>A1&amp;"|"</f></c></row>' + rows + b"</sheetData></worksheet>"


def png_with_chunks() -> bytes:
    """A picture with a million empty chunks before its end."""
    chunk = struct.pack(">I", 0) + b"abCd" + struct.pack(">I", zlib.crc32(b"abCd"))
    return png_file(extra=chunk * 1_000_000)


CORPUS = {
    "zeros in a Word part": (lambda: word_with_part(b"<w>" + b" " * (200 * 2**20) + b"</w>"), "a.docx"),
    "XML nested without end": (lambda: word_with_part(deep_xml()), "a.docx"),
    "an archive of archives": (nested_bomb, "a.docx"),
    "a million laughs": (
        lambda: word_with_part(
            b'<!DOCTYPE x [<!ENTITY a "' + b"x" * 10_000 + b'">'
            + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9))
            + b"]><x>&j;</x>"
        ),
        "a.docx",
    ),
    "five thousand packed streams": (many_streams, "a.pdf"),
    "one stream of zeros": (lambda: pdf_file(stream(bytes(100 * 2**20))), "a.pdf"),
    "50,000 pixels a side": (lambda: png_file(50_000, 50_000), "a.png"),
    "a million chunks": (png_with_chunks, "a.png"),
    "24 MB of brackets": (lambda: pdf_file(b"[" * (24 * 2**20)), "a.pdf"),
    "24 MB of angle brackets": (lambda: pdf_file(b"<<" * (12 * 2**20)), "a.pdf"),
    "a million entries": (
        lambda: pdf_file(b"<</AA 1" + b"".join(b"/k%x 1" % n for n in range(1_000_000)) + b">>"), "a.pdf"
    ),
    "a million actions": (lambda: pdf_file(b"[" + b"<</JS 1>>" * 1_000_000 + b"]"), "a.pdf"),
    "300,000 objects": (lambda: pdf_file(*[b"<</AA 1>>"] * 290_000), "a.pdf"),
    "a million objects that are none": (lambda: b"%PDF-1.7\n" + b"1 0 obj\n" * 1_000_000 + b"%%EOF", "a.pdf"),
    "arrays packed a hundred times over": (packed_objects, "a.pdf"),
    "a million fields": (lambda: word_with_part(FIELD * 1_000_000), "a.docx"),
    "a sheet of formulas": (lambda: workbook_with({"xl/worksheets/sheet1.xml": sheet_of_formulas()}), "a.xlsx"),
    "24 MB of nothing": (lambda: bytes(24 * 2**20), "a.docx"),
}  # fmt: skip

HARMLESS = {  # a waste of a reader's patience, and nothing worse: they are stored and downloaded, never opened here
    "XML nested without end",
    "five thousand packed streams",
    "one stream of zeros",
    "arrays packed a hundred times over",
    "a sheet of formulas",
}


def judged(data: bytes, name: str, answer) -> None:
    """In a process of its own: taken, refused, or killed by its limits before it could say so."""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    spent = int(resource.getrusage(resource.RUSAGE_SELF).ru_utime)
    resource.setrlimit(resource.RLIMIT_CPU, (spent + SECONDS, spent + SECONDS))
    try:
        inspect(io.BytesIO(data), name)
        answer.put("taken")
    except Unacceptable:
        answer.put("refused")
    except (RecursionError, MemoryError) as exhausted:
        answer.put(repr(exhausted))


@pytest.mark.parametrize("case", CORPUS)
def test_no_file_takes_more_than_its_share(case):
    make, name = CORPUS[case]
    fork = multiprocessing.get_context("fork")
    answer = fork.SimpleQueue()
    child = fork.Process(target=judged, args=(make(), name, answer))
    child.start()
    child.join()
    assert child.exitcode == 0, "killed by its limits"
    assert answer.get() == ("taken" if case in HARMLESS else "refused")

"""Pictures: whole, of fair size, and alone."""

import struct
import zlib

import pytest

from intake.uploads import FileKind
from tests.intake.making import EXE, HIDDEN, accepted, jpeg_file, pdf_file, png_file, refusal, zip_file


@pytest.mark.parametrize("make", [png_file, jpeg_file])
def test_pictures_beyond_measure_are_refused_by_their_header(make):
    too_large = (
        "The picture is too large: at most 20.000 pixels a side and 120 million in all. Make it smaller and send that."
    )
    name = "a.png" if make is png_file else "a.jpg"
    assert accepted(make(12_032, 9_024), name)
    assert refusal(make(20_001, 1), name) == too_large
    assert refusal(make(1, 60_000), name) == too_large
    assert refusal(make(12_000, 12_000), name) == too_large
    assert (
        refusal(make(0, 5), name)
        == "The picture is damaged and cannot be read. Save it anew with a picture program and send that."
    )


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
    assert accepted(jpeg_file() + jpeg_file(), "a.jpg") is FileKind.JPG
    assert accepted(jpeg_file() + b"\x00" * 64 + b"SEFT", "a.jpg") is FileKind.JPG


def test_cut_off_pictures_are_refused():
    damaged = "The picture is damaged and cannot be read. Save it anew with a picture program and send that."
    assert refusal(png_file()[:-6], "a.png") == damaged
    assert refusal(jpeg_file()[:-2], "a.jpg") == damaged
    assert refusal(b"\xff\xd8\xff\xe0", "a.jpg") == damaged
    assert refusal(b"\xff\xd8\xff\xd9", "a.jpg") == damaged
    assert refusal(b"\x89PNG\r\n\x1a\n", "a.png") == damaged

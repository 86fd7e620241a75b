"""Pictures: size read from the header, structure walked, never decoded."""

import re
import zlib

from django.utils.translation import gettext as _

from documents.inspection import signatures
from documents.inspection.kinds import Kind, Unacceptable

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
MAX_SIDE = 12_000
MAX_PIXELS = 100_000_000

_MARKUP = re.compile(rb"<script|<!doctype|<\?php|<html", re.IGNORECASE)
_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALONE = {0x01, *range(0xD0, 0xD8)}
_NEXT_MARKER = re.compile(rb"\xff+[^\x00\xff\xd0-\xd7]", re.DOTALL)


def inspect_png(data: bytes) -> Kind:
    """Raises Unacceptable unless the chunks are whole, IHDR is first and nothing follows IEND."""
    position, kind = len(PNG), b""
    while kind != b"IEND":
        length, kind = int.from_bytes(data[position : position + 4], "big"), data[position + 4 : position + 8]
        body = memoryview(data)[position + 4 : position + 8 + length]
        checksum = data[position + 8 + length : position + 12 + length]
        if len(checksum) < 4 or int.from_bytes(checksum, "big") != zlib.crc32(body):
            raise Unacceptable(_damaged())
        if position == len(PNG):
            if kind != b"IHDR" or length != 13:
                raise Unacceptable(_damaged())
            _check_size(int.from_bytes(body[4:8], "big"), int.from_bytes(body[8:12], "big"))
        position += 12 + length
    if data[position:].strip(b"\x00\r\n "):
        raise Unacceptable(_hidden())
    _refuse_two_in_one(data)
    return Kind.PNG


def inspect_jpeg(data: bytes) -> Kind:
    """Raises Unacceptable unless the segments lead from a frame of fair size to the end of the picture."""
    position, framed = 2, False
    while True:
        marker, position = _marker(data, position)
        if marker == 0xD9:
            break
        if marker in _ALONE:
            continue
        length = int.from_bytes(data[position : position + 2], "big")
        if length < 2 or position + length > len(data):
            raise Unacceptable(_damaged())
        if marker in _FRAMES:
            _check_size(*(int.from_bytes(data[at : at + 2], "big") for at in (position + 5, position + 3)))
            framed = True
        position = _after_scan(data, position + length) if marker == 0xDA else position + length
    if not framed:
        raise Unacceptable(_damaged())
    _refuse_trailing(data[position:])
    _refuse_two_in_one(data)
    return Kind.JPG


def _marker(data: bytes, position: int) -> tuple[int, int]:
    """The marker at this place, fill bytes skipped, and where its segment begins."""
    if data[position : position + 1] != b"\xff":
        raise Unacceptable(_damaged())
    while data[position : position + 1] == b"\xff":
        position += 1
    if position >= len(data):
        raise Unacceptable(_damaged())
    return data[position], position + 1


def _after_scan(data: bytes, position: int) -> int:
    """Where the packed pixels end: at the next marker that is not part of them."""
    match = _NEXT_MARKER.search(data, position)
    if not match:
        raise Unacceptable(_damaged())
    return match.start()


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Unacceptable(_damaged())
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Unacceptable(_("The picture is too large: at most 12.000 pixels a side and 100 million in all."))


def _refuse_trailing(trailing: bytes) -> None:
    # Phones append previews and depth maps: bytes after the picture are a fault only when they are another file.
    head = trailing.lstrip(b"\x00\r\n\t ")[:8]
    if head.startswith((*signatures.ZIP, *signatures.PROGRAMS, signatures.OLE, b"%PDF-", b"Rar!", b"7z\xbc\xaf", b"<")):
        raise Unacceptable(_hidden())


def _refuse_two_in_one(data: bytes) -> None:
    if signatures.holds_zip(data) or _MARKUP.search(data):
        raise Unacceptable(_hidden())


def _damaged() -> str:
    return _("The picture is damaged and cannot be read.")


def _hidden() -> str:
    return _("The picture hides another file inside. Save it anew with a picture program and attach that.")

"""Pictures: size read from the header, structure walked, never decoded."""

import re
import zlib
from collections.abc import Iterator

from intake.uploads import reasons, signatures
from intake.uploads.kinds import FileKind, Unacceptable

PNG = b"\x89PNG\r\n\x1a\n"
JPEG = b"\xff\xd8\xff"
MAX_SIDE = 20_000  # a panorama
MAX_PIXELS = 120_000_000  # 108 megapixels of a telephone; never unpacked here, but by whoever opens it

_FRAMES = {*range(0xC0, 0xD0)} - {0xC4, 0xC8, 0xCC}
_ALONE = {0x01, *range(0xD0, 0xD8)}
_MARKER = re.compile(rb"\xff+([^\xff])", re.DOTALL)
_NEXT_MARKER = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]", re.DOTALL)
MAX_PARTS = 50_000
_HEAD_OF_A_PDF = 1024 + 5  # where readers of PDF look for its beginning


def inspect_png(data: bytes) -> FileKind:
    """Raises Unacceptable unless the chunks are whole, IHDR is first and no other file follows IEND."""
    chunks = list(_chunks(data))
    first, header, _next = chunks[0]
    if first != b"IHDR" or len(header) != 13:
        raise Unacceptable(reasons.damaged_picture())
    _check_size(int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big"))
    _refuse_second(data, chunks[-1][-1])
    return FileKind.PNG


def _chunks(data: bytes) -> Iterator[tuple[bytes, memoryview, int]]:
    """Each chunk's name, body and end, up to IEND."""
    view, position = memoryview(data), len(PNG)
    for _nth in range(MAX_PARTS):
        body = position + 8
        end = body + int.from_bytes(view[position : position + 4], "big")
        checksum = view[end : end + 4]
        if len(checksum) < 4 or int.from_bytes(checksum, "big") != zlib.crc32(view[position + 4 : end]):
            raise Unacceptable(reasons.damaged_picture())
        kind = bytes(view[position + 4 : body])
        position = end + 4
        yield kind, view[body:end], position
        if kind == b"IEND":
            return
    raise Unacceptable(reasons.damaged_picture())


def inspect_jpeg(data: bytes) -> FileKind:
    """Raises Unacceptable unless the segments lead from a frame of fair size to the end of the picture."""
    segments = list(_segments(data))
    frames = [start for marker, start, _end in segments if marker in _FRAMES]
    if not frames:
        raise Unacceptable(reasons.damaged_picture())
    for start in frames:
        _check_size(*(int.from_bytes(data[at : at + 2], "big") for at in (start + 5, start + 3)))
    _refuse_second(data, segments[-1][-1])
    return FileKind.JPG


def _segments(data: bytes) -> Iterator[tuple[int, int, int]]:
    """Each segment's marker, start and end, packed pixels counted to their scan, up to the end of the picture."""
    position = 2
    for _nth in range(MAX_PARTS):
        marker, start = _marker(data, position)
        position = start if marker in _ALONE or marker == 0xD9 else _segment_end(data, marker, start)
        yield marker, start, position
        if marker == 0xD9:
            return
    raise Unacceptable(reasons.damaged_picture())


def _segment_end(data: bytes, marker: int, start: int) -> int:
    length = int.from_bytes(data[start : start + 2], "big")
    if length < 2 or start + length > len(data):
        raise Unacceptable(reasons.damaged_picture())
    return _after_scan(data, start + length) if marker == 0xDA else start + length


def _marker(data: bytes, position: int) -> tuple[int, int]:
    """The marker at this place, fill bytes skipped, and where its segment begins."""
    match = _MARKER.match(data, position)
    if not match:
        raise Unacceptable(reasons.damaged_picture())
    return match[1][0], match.end()


def _after_scan(data: bytes, position: int) -> int:
    """Where the packed pixels end: at the next marker that is not part of them."""
    match = _NEXT_MARKER.search(data, position)
    if not match:
        raise Unacceptable(reasons.damaged_picture())
    return match.start()


def _check_size(width: int, height: int) -> None:
    if not width or not height:
        raise Unacceptable(reasons.damaged_picture())
    if max(width, height) > MAX_SIDE or width * height > MAX_PIXELS:
        raise Unacceptable(reasons.large_picture())


def _refuse_second(data: bytes, end: int) -> None:
    """Refuse another file after the picture or within it; what phones append and programs leave over is let be."""
    if signatures.is_second_file(data[end:]) or signatures.holds_zip(data) or signatures.holds_page(data):
        raise Unacceptable(reasons.hidden_in_picture())
    if b"%PDF-" in data[:_HEAD_OF_A_PDF]:
        raise Unacceptable(reasons.hidden_in_picture())

"""PDF files: whole, unlocked, and without scripts, launchers or other files inside."""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.inspection import signatures
from documents.inspection.kinds import Kind, Unacceptable

SIGNATURE = b"%PDF-"
MAX_UNPACKED = 100 * 1024 * 1024

_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ESCAPE = re.compile(rb"#([0-9A-Fa-f]{2})")
_LOCKED = re.compile(rb"/Encrypt\b")
_ACTIVE = re.compile(rb"/(?:JavaScript|Launch|RichMedia|XFA)\b")
_SCRIPT = re.compile(rb"/JS\b")  # too short to be looked for in packed bytes, where chance alone would write it
_CARRIES = re.compile(rb"/EmbeddedFiles?\b")
_OBJECTS = re.compile(rb"/ObjStm\b|/First\b")
_FILTER = re.compile(rb"/(?:Filter|F)\s*(?:\[\s*)?/(\w+)\s*(/\w+)?")
_PREDICTOR = re.compile(rb"/Predictor\s+(?!1\b)")


def inspect(data: bytes) -> Kind:
    """Raises Unacceptable unless the file is one plain PDF from its first byte to its last."""
    end = data.rfind(b"%%EOF")
    if end < 0 or data[end + 5 :].strip(b"\x00 \t\r\n"):
        raise Unacceptable(_("The file is damaged: it does not end like a PDF."))
    if signatures.holds_zip(data):
        raise Unacceptable(_("The file is two files in one: a PDF and an archive."))
    _refuse(data, _LOCKED, _ACTIVE, _CARRIES)
    left = MAX_UNPACKED
    for words, packed in _pieces(data):
        _refuse(words, _SCRIPT)
        if _OBJECTS.search(_plain(words[-2000:])):
            unpacked = _unpack(words, packed, left)
            left -= len(unpacked)
            _refuse(unpacked, _LOCKED, _ACTIVE, _CARRIES, _SCRIPT)
    return Kind.PDF


def _pieces(data: bytes) -> Iterator[tuple[bytes, memoryview]]:
    """The file as pairs: the text up to a stream, and the stream."""
    view, start = memoryview(data), 0
    while match := _STREAM.search(data, start):
        end = data.find(b"endstream", match.end())
        end = len(data) if end < 0 else end
        yield data[start : match.start()], view[match.end() : end]
        start = end
    yield data[start:], view[:0]


def _refuse(data: bytes, *patterns: re.Pattern[bytes]) -> None:
    text = _plain(data)
    for pattern in patterns:
        if pattern.search(text):
            raise Unacceptable(_reason(pattern))


def _reason(pattern: re.Pattern[bytes]) -> str:
    if pattern is _LOCKED:
        return signatures.password()
    if pattern is _CARRIES:
        return _("The PDF carries other files inside. Attach them as files of their own.")
    return _("The PDF holds scripts or actions. Print it to a new PDF and attach that.")


def _plain(text: bytes) -> bytes:
    """Names with their #xx escapes read, so that /J#53 is /JS."""
    return _ESCAPE.sub(lambda escape: bytes.fromhex(escape[1].decode()), text) if b"#" in text else text


def _unpack(words: bytes, packed: memoryview, limit: int) -> bytes:
    """The objects packed in a stream; refuses a packing that hides them from us."""
    dictionary = _plain(words[max(words.rfind(b"obj"), 0) :])
    packing = _FILTER.search(dictionary)
    if not packing:
        return bytes(packed)
    if (
        packing[1] not in (b"FlateDecode", b"Fl")
        or (packing[2] or b"").endswith(b"Decode")
        or _PREDICTOR.search(dictionary)
    ):
        raise Unacceptable(
            _("The PDF is packed in a way that cannot be checked. Print it to a new PDF and attach that.")
        )
    inflater = zlib.decompressobj()
    try:
        unpacked = inflater.decompress(packed, limit + 1)
    except zlib.error:
        raise Unacceptable(_("The file is damaged: a part of the PDF cannot be unpacked.")) from None
    if len(unpacked) > limit:
        raise Unacceptable(_("The file unpacks to far more than a document needs."))
    return unpacked

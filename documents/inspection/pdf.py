"""PDF files: whole, unlocked, and without scripts, launchers or other files inside."""

import re
import zlib
from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.inspection import signatures
from documents.inspection.kinds import Kind, Unacceptable

SIGNATURE = b"%PDF-"
MAX_UNPACKED = 50 * 1024 * 1024


def _names(**groups: tuple[str, ...]) -> re.Pattern[bytes]:
    """Any of these names, each letter written plainly or as #xx; the group that matched says what is wrong."""
    spelled = (f"(?P<{group}>{'|'.join(map(_spelled, names))})" for group, names in groups.items())
    return re.compile(rf"/(?:{'|'.join(spelled)})(?!\w)".encode())


def _spelled(name: str) -> str:
    return "".join(rf"(?:{letter}|#(?i:{ord(letter):x}))" for letter in name)


_STREAM = re.compile(rb"(?<!end)stream\r?\n")
_ANYWHERE = _names(
    locked=("Encrypt",),
    active=("JavaScript", "Launch", "RichMedia", "XFA"),
    carries=("EmbeddedFile", "EmbeddedFiles"),
)
_IN_WORDS = _names(active=("JS",))  # too short to be looked for in packed bytes, where chance alone would write it
_OBJECTS = _names(objects=("ObjStm", "First"))
_PACKED = _names(packed=("Filter", "F"))
_PREDICTED = _names(predicted=("Predictor",))
_FLATE_ALONE = re.compile(rb"\s*(?:/Fl(?:ateDecode)?(?!\w)(?!\s*/\w+Decode)|\[\s*/Fl(?:ateDecode)?\s*\])")


def inspect(data: bytes) -> Kind:
    """Raises Unacceptable unless the file is one plain PDF from its first byte to its last."""
    end = data.rfind(b"%%EOF")
    if end < 0 or data[end + 5 :].strip(b"\x00 \t\r\n"):
        raise Unacceptable(_("The file is damaged: it does not end like a PDF."))
    if signatures.holds_zip(data):
        raise Unacceptable(_("The file is two files in one: a PDF and an archive."))
    _refuse(data, _ANYWHERE)
    left = MAX_UNPACKED
    for words, packed in _pieces(data):
        _refuse(words, _IN_WORDS)
        if _OBJECTS.search(words, max(words.rfind(b"obj"), 0)):
            unpacked = _unpack(words, packed, left)
            left -= len(unpacked)
            _refuse(unpacked, _ANYWHERE, _IN_WORDS)
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
    for pattern in patterns:
        if match := pattern.search(data):
            raise Unacceptable(_reason(match.lastgroup))


def _reason(wrong: str) -> str:
    return {
        "locked": signatures.password(),
        "active": _("The PDF holds scripts or actions. Print it to a new PDF and attach that."),
        "carries": _("The PDF carries other files inside. Attach them as files of their own."),
    }[wrong]


def _unpack(words: bytes, packed: memoryview, limit: int) -> bytes:
    """The objects packed in a stream; refuses a packing that hides them from us."""
    dictionary = words[max(words.rfind(b"obj"), 0) :]
    packing = _PACKED.search(dictionary)
    if not packing:
        return bytes(packed)
    if not _FLATE_ALONE.match(dictionary, packing.end()) or _PREDICTED.search(dictionary):
        raise Unacceptable(
            _("The PDF is packed in a way that cannot be checked. Print it to a new PDF and attach that.")
        )
    return _inflate(packed, limit)


def _inflate(packed: memoryview, limit: int) -> bytes:
    try:
        unpacked = zlib.decompressobj().decompress(packed, limit + 1)
    except zlib.error:
        raise Unacceptable(_("The file is damaged: a part of the PDF cannot be unpacked.")) from None
    if len(unpacked) > limit:
        raise Unacceptable(_("The file unpacks to far more than a document needs."))
    return unpacked

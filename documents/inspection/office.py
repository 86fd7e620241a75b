"""Word and Excel files: a zip that holds only what a plain document needs, read without trusting its headers."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from xml.etree import ElementTree

from django.utils.translation import gettext as _

from documents.inspection import signatures
from documents.inspection.kinds import Kind, Unacceptable

MAX_ENTRIES = 2000
MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO, RATIO_FREE = 250, 4 * 1024 * 1024  # an entry may unpack 250 times over once it passes 4 MB
MAX_DIRECTORY = 512 * 1024
MAX_CONTROL_PARTS = 4 * 1024 * 1024  # content types and relations together, which are parsed
MAX_EMBEDDED = 25 * 1024 * 1024
_CHUNK_IN, _CHUNK_OUT = 16 * 1024, 1024 * 1024

_MAIN = {
    "word/document.xml": (Kind.DOCX, b"wordprocessingml.document.main+xml"),
    "xl/workbook.xml": (Kind.XLSX, b"spreadsheetml.sheet.main+xml"),
}
_TYPES = "[content_types].xml"
_MACRO_PART = re.compile(r"(^|/)(vbaproject|vbadata|macrosheets/|dialogsheets/)")
_OBJECT_PART = re.compile(r"(^|/)(activex|oleobject|afchunk)")
_CHART_DATA = re.compile(r"(^|/)embeddings/[^/]+\.xlsx$")
_MACRO_TYPE = re.compile(rb"macroenabled|vbaproject|macrosheet")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml[^>]*?encoding\s*=\s*[\"']([^\"']+)")
_ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii", b"iso-8859-1", b"windows-1252", b"windows-1258"}
_OUTSIDE_LINKS = {"hyperlink", "externalLinkPath", "xlPathMissing"}  # followed by a click or by consent only


def inspect(data: bytes) -> Kind:
    """Docx or xlsx; raises Unacceptable for anything a plain document does not hold."""
    return _Package(data, _Budget()).kind()


class _Budget:
    """What a file and all it holds may unpack to."""

    def __init__(self):
        self.left = MAX_UNPACKED
        self.parsed_left = MAX_CONTROL_PARTS

    def spend(self, size: int) -> None:
        self.left -= size
        if self.left < 0:
            raise Unacceptable(_bomb())


class _Package:
    def __init__(self, data: bytes, budget: _Budget, *, embedded: bool = False):
        self.data, self.budget, self.embedded = data, budget, embedded

    def kind(self) -> Kind:
        entries = _directory(self.data)
        names = {entry.filename.lower() for entry in entries}
        if _TYPES not in names:
            raise Unacceptable(signatures.archive())
        for entry in entries:
            self._check(entry)
        mains = [main for main in _MAIN if main in names]
        if len(mains) != 1 or _MAIN[mains[0]][1] not in self.types:
            raise Unacceptable(_("This is neither a Word document nor an Excel workbook."))
        return _MAIN[mains[0]][0]

    def _check(self, entry: zipfile.ZipInfo) -> None:
        name = entry.filename.lower()
        if _MACRO_PART.search(name):
            raise Unacceptable(signatures.macros())
        if _OBJECT_PART.search(name):
            raise Unacceptable(_embedded_object())
        kept = self._scan(entry, name)
        if name == _TYPES:
            self.types = kept.replace(b"\x00", b"").lower()
            if _MACRO_TYPE.search(self.types):
                raise Unacceptable(signatures.macros())
        elif name.endswith(".rels"):
            self.budget.parsed_left -= len(kept)
            _check_links(kept)
        elif kept:
            _Package(kept, self.budget, embedded=True).kind()

    def _scan(self, entry: zipfile.ZipInfo, name: str) -> bytes:
        """Read an entry whole, a chunk at a time; returns the bytes of those few parts that are looked at further."""
        limit = self.budget.parsed_left if name == _TYPES or name.endswith(".rels") else 0
        kept, tail, unpacked = bytearray(), b"", 0
        for chunk in _unpack(self.data, entry):
            if not unpacked:
                limit = max(limit, self._first_bytes(name, chunk))
            unpacked += len(chunk)
            self.budget.spend(len(chunk))
            if unpacked > max(RATIO_FREE, MAX_RATIO * entry.compress_size) or (limit and unpacked > limit):
                raise Unacceptable(_bomb())
            text = tail + chunk.replace(b"\x00", b"")  # so that UTF-16 reads like ASCII
            if _DECLARATION.search(text):
                raise Unacceptable(_("The file declares a document type or entities, which no office document needs."))
            tail = text[-16:]
            if limit:
                kept += chunk
        return bytes(kept)

    def _first_bytes(self, name: str, chunk: bytes) -> int:
        """Refuse what no part may begin with; the size up to which an embedded workbook is kept, else 0."""
        if chunk.startswith(signatures.PROGRAMS):
            raise Unacceptable(_("The file contains a hidden program."))
        if chunk.startswith(signatures.ZIP) and not self.embedded and _CHART_DATA.search(name):
            return MAX_EMBEDDED
        if chunk.startswith((signatures.OLE, *signatures.ZIP)):
            raise Unacceptable(_embedded_object())
        if name.endswith((".xml", ".rels")):
            _check_encoding(chunk[:1024])
        return 0


def _directory(data: bytes) -> list[zipfile.ZipInfo]:
    """The entries, once the zip's outline is beyond doubt: one archive, from the first byte to the last."""
    end = data[-22:]
    if not end.startswith(b"PK\x05\x06") or data[-42:-38] == b"PK\x06\x07":
        raise Unacceptable(_damaged())
    if int.from_bytes(end[12:16], "little") > MAX_DIRECTORY:
        raise Unacceptable(_bomb())
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, NotImplementedError, ValueError, UnicodeDecodeError):
        raise Unacceptable(_damaged()) from None
    if len(entries) > MAX_ENTRIES:
        raise Unacceptable(_bomb())
    _check_entries(entries)
    _check_layout(data, entries)
    return entries


def _check_entries(entries: list[zipfile.ZipInfo]) -> None:
    if any(entry.flag_bits & 0x41 for entry in entries):
        raise Unacceptable(signatures.password())
    names = [entry.orig_filename for entry in entries]
    if len({name.lower() for name in names}) != len(names) or any(map(_leaves_the_package, names)):
        raise Unacceptable(_("The names inside the file are not those of an office document."))


def _leaves_the_package(name: str) -> bool:
    return name.startswith("/") or any(c in name for c in "\\\x00:") or ".." in name.split("/")


def _check_layout(data: bytes, entries: list[zipfile.ZipInfo]) -> None:
    reached = 0
    for entry in sorted(entries, key=lambda entry: entry.header_offset):
        if entry.header_offset < reached or (reached == 0 and entry.header_offset):
            raise Unacceptable(_damaged())
        reached = _start(data, entry) + entry.compress_size


def _start(data: bytes, entry: zipfile.ZipInfo) -> int:
    """Where the packed bytes begin, once the entry's own header agrees with the directory."""
    header = data[entry.header_offset : entry.header_offset + 30]
    if len(header) < 30 or not header.startswith(b"PK\x03\x04"):
        raise Unacceptable(_damaged())
    name_end = entry.header_offset + 30 + int.from_bytes(header[26:28], "little")
    raw = data[entry.header_offset + 30 : name_end]
    name = raw.decode("utf-8" if entry.flag_bits & 0x800 else "cp437", errors="replace")
    if name != entry.orig_filename or int.from_bytes(header[8:10], "little") != entry.compress_type:
        raise Unacceptable(_damaged())
    return name_end + int.from_bytes(header[28:30], "little")


def _unpack(data: bytes, entry: zipfile.ZipInfo) -> Iterator[bytes]:
    """The entry's bytes in chunks, at most one megabyte each; what its headers promise is checked, not believed."""
    start = _start(data, entry)
    packed = memoryview(data)[start : start + entry.compress_size]
    unpacker = {zipfile.ZIP_STORED: _stored, zipfile.ZIP_DEFLATED: _inflate}.get(entry.compress_type)
    if not unpacker:
        raise Unacceptable(_damaged())
    size = checksum = 0
    for chunk in unpacker(packed):
        size, checksum = size + len(chunk), zlib.crc32(chunk, checksum)
        yield chunk
    if (size, checksum) != (entry.file_size, entry.CRC):
        raise Unacceptable(_damaged())


def _stored(packed: memoryview) -> Iterator[bytes]:
    for start in range(0, len(packed), _CHUNK_OUT):
        yield bytes(packed[start : start + _CHUNK_OUT])


def _inflate(packed: memoryview) -> Iterator[bytes]:
    inflater = zlib.decompressobj(-zlib.MAX_WBITS)
    try:
        for start in range(0, len(packed), _CHUNK_IN):
            waiting = bytes(packed[start : start + _CHUNK_IN])
            while waiting:
                if chunk := inflater.decompress(waiting, _CHUNK_OUT):
                    yield chunk
                waiting = inflater.unconsumed_tail
        if rest := inflater.flush():
            yield rest
    except zlib.error:
        raise Unacceptable(_damaged()) from None
    if not inflater.eof or inflater.unused_data:
        raise Unacceptable(_damaged())


def _check_encoding(head: bytes) -> None:
    text = head.replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    declared = _ENCODING.match(text)
    if not text.startswith(b"<") or (declared and declared[1].lower() not in _ENCODINGS):
        raise Unacceptable(_damaged())


def _check_links(rels: bytes) -> None:
    try:
        links = ElementTree.fromstring(rels)  # declarations were refused before, so nothing expands
    except (ElementTree.ParseError, ValueError, LookupError):
        raise Unacceptable(_damaged()) from None
    for link in links:
        kind = link.get("Type", "").rsplit("/", 1)[-1]
        if link.get("TargetMode", "").lower() == "external" and kind not in _OUTSIDE_LINKS:
            raise Unacceptable(
                _("The file loads a part of its content from outside (%(part)s). Please include that part in the file.")
                % {"part": kind[:40]}
            )


def _damaged() -> str:
    return _("The file is damaged: it cannot be read as a Word or Excel file.")


def _bomb() -> str:
    return _("The file unpacks to far more than a document needs.")


def _embedded_object() -> str:
    return _("The file holds an embedded object. Paste it as a picture, or attach it as a file of its own.")

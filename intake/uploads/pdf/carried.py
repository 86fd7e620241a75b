"""Files behind a paper clip: data that belongs to the document is let be, programs and containers are not."""

import codecs
import re

import pikepdf

from intake.uploads import picture, signatures
from intake.uploads.names import extension
from intake.uploads.pdf.faults import Rejected
from intake.uploads.pdf.objects import Entries

MAX_FILES = 10
_NAMES = ("/UF", "/F", "/DOS", "/Mac", "/Unix")
_DATA = {"xml", "txt", "csv", "json"}  # an invoice carries its figures, an archived document its sources
_PICTURES = {"jpg", "jpeg", "png"}
_CONTROLS = re.compile(rb"[\x00-\x08\x0b\x0e-\x1f]")
_QUOTED = re.compile(rb"<!\[CDATA\[.*?\]\]>", re.DOTALL)
_XML = (b"<?xml", b"\xef\xbb\xbf<?xml")


class Carried:
    """The files found so far: a stream is known by its number, its names gather from wherever they stand."""

    def __init__(self):
        self._streams, self._names = {}, {}

    def note(self, item: pikepdf.Object, entries: Entries) -> None:
        names = [str(entries[key]) for key in _NAMES if isinstance(entries.get(key), pikepdf.String)]
        for stream in _streams_of(entries.get("/EF")):
            self._add(stream, names)
        related = entries.get("/RF")
        for group in related.values() if isinstance(related, pikepdf.Dictionary) else ():
            for name, stream in _pairs(group):
                self._add(stream, [name])
        if isinstance(item, pikepdf.Stream) and entries.get("/Type") == pikepdf.Name.EmbeddedFile:
            self._add(item, [])

    def judge(self) -> None:
        if len(self._streams) > MAX_FILES:
            raise Rejected("carried")
        for key, stream in self._streams.items():
            names = [name for name in self._names[key] if name]
            if not _is_data(stream.read_bytes(), {extension(name) for name in names}):
                raise Rejected(*(["carried_file", names[0]] if names else ["carried"]))

    def _add(self, stream: pikepdf.Stream, names: list[str]) -> None:
        self._streams[stream.objgen] = stream
        self._names.setdefault(stream.objgen, []).extend(names)


def _streams_of(files) -> list[pikepdf.Stream]:
    values = files.values() if isinstance(files, pikepdf.Dictionary) else ()
    return [value for value in values if isinstance(value, pikepdf.Stream)]


def _pairs(group) -> list[tuple[str, pikepdf.Stream]]:
    items = list(group) if isinstance(group, pikepdf.Array) else []
    pairs = zip(items[::2], items[1::2], strict=False)
    return [(str(name), stream) for name, stream in pairs if isinstance(stream, pikepdf.Stream)]


def _is_data(data: bytes, endings: set[str]) -> bool:
    """By its bytes and by every name it goes by."""
    if data.startswith((picture.PNG, picture.JPEG)):
        return endings <= _PICTURES and not signatures.holds_zip(data)
    if not endings <= _DATA or not _is_text(data) or data.startswith(b"#!"):
        return False
    bare = _QUOTED.sub(b"", data) if data.startswith(_XML) else data  # an invoice may quote the page that shows it
    if signatures.holds_page(bare):
        return False
    return data.startswith(_XML) or not data.lstrip().startswith(b"<") or endings == {"xml"}


def _is_text(data: bytes) -> bool:
    """In Unicode, or in the letters of an older Windows, where every byte but the controls is one."""
    wide = data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    try:
        text = data.decode("utf-16" if wide else "utf-8")
    except UnicodeDecodeError:
        if wide or _CONTROLS.search(data):
            return False
        text = data.decode("latin-1")
    return "\x00" not in text and not text.lstrip("\ufeff \r\n\t").startswith(("MZ", "%PDF-"))

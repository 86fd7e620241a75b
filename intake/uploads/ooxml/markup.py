"""XML read as it streams by: no declared document type, no hidden encoding, and never a tree in memory."""

from collections.abc import Callable, Iterable, Mapping
from xml.parsers import expat

from intake.uploads import reasons
from intake.uploads.kinds import Unacceptable

Attributes = Mapping[str, str]
_MAX_ENTITY = 200  # characters
_ENCODINGS = {"utf-8", "utf8", "utf-16", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "windows-1258"}


class NotPlain(Unacceptable):
    """What should be XML is none, or declares what no part may declare."""


class _Rooted(Exception):
    """The first element has been seen."""


class Markup:
    """One part, fed bite by bite. `declares` says whether a document type and short names for words may be declared."""

    def __init__(self, *, declares: bool = False):
        self.root, self._begun, self._declares = "", False, declares
        self.parser = expat.ParserCreate()
        self.parser.StartDoctypeDeclHandler = self._document_type
        self.parser.EntityDeclHandler = self._entity
        self.parser.XmlDeclHandler = self._encoded

    def find_root(self, bite: bytes) -> None:
        """Read up to the first element; what follows is not looked at."""
        if not self.root:
            self.parser.StartElementHandler = self._rooted
            try:
                self._feed(bite)
            except _Rooted:
                return

    def read(self, bites: Iterable[bytes], start: Callable[[str, Attributes], None]) -> None:
        """Show every element as it begins."""
        self.parser.StartElementHandler = start
        for bite in bites:
            self._feed(bite)
        self._feed(b"", last=True)

    def _feed(self, bite: bytes, *, last: bool = False) -> None:
        if not self._begun:
            bite = bite.removeprefix(b"\xef\xbb\xbf").lstrip(b" \t\r\n")
            self._begun = bool(bite)
        try:
            self.parser.Parse(bite, last)
        except (expat.ExpatError, LookupError):
            raise NotPlain(reasons.damaged_office()) from None

    def _rooted(self, name: str, _attributes: Attributes) -> None:
        self.root = local(name)
        raise _Rooted

    def _document_type(self, *_names) -> None:
        if not self._declares:
            raise NotPlain(reasons.declaration())

    def _entity(self, _name: str, is_parameter: int, value: str | None, *_places) -> None:
        """Drawing programs name their own namespaces; nothing may stand elsewhere, or grow as it is put together."""
        if is_parameter or value is None or len(value) > _MAX_ENTITY or "&" in value or "<" in value:
            raise NotPlain(reasons.declaration())

    def _encoded(self, _version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in _ENCODINGS:
            raise NotPlain(reasons.damaged_office())


def local(name: str) -> str:
    """The name without its prefix, which a file chooses as it likes."""
    return name.rpartition(":")[2]


def attribute(attributes: Attributes, name: str) -> str:
    return next((value for full_name, value in attributes.items() if local(full_name) == name), "")

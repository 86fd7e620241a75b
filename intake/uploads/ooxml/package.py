"""The parts of a Word or Excel file: each taken for what its type, its relations and its bytes say it is."""

import re
from collections.abc import Callable, Iterator

from intake.uploads import reasons, signatures
from intake.uploads.kinds import FileKind, TooMuch, Unacceptable
from intake.uploads.names import extension
from intake.uploads.ooxml import contents
from intake.uploads.ooxml.container import Container, part_name
from intake.uploads.ooxml.markup import Attributes, Markup, NotPlain, attribute, local
from intake.uploads.ooxml.relations import Relation, relations

MAX_UNPACKED = 200 * 1024 * 1024
MAX_RATIO, RATIO_FREE = 250, 4 * 1024 * 1024  # an entry may unpack 250 times over once it passes 4 MB
MAX_CONTROL_PARTS = 4 * 1024 * 1024  # content types and relations together
MAX_TAGS_READ = 4_000_000  # of the parts that are read element by element
MAX_EMBEDDED = 25 * 1024 * 1024

_TYPES = "[content_types].xml"
_OPEN_DOCUMENT = "mimetype"
_MAIN = {
    "wordprocessingml.document.main+xml": FileKind.DOCX,
    "spreadsheetml.sheet.main+xml": FileKind.XLSX,
}
_TEMPLATES = ("wordprocessingml.template.main+xml", "spreadsheetml.template.main+xml")
_MACRO_TYPE = re.compile(r"macroenabled|vbaproject|vbadata|macrosheet|dialogsheet|\.jsproject")
_OBJECT_TYPE = re.compile(r"activex|oleobject")
_MACRO_PART = re.compile(r"(^|/)(vbaproject|vbadata|jdedata|jsaproject|macrosheets/|dialogsheets/)")
_OBJECT_PART = re.compile(r"(^|/)(activex|oleobject)")
_PAGE_PART = re.compile(r"(^|/)afchunk")
_MACRO_ROOTS, _OBJECT_ROOTS = {"macrosheet", "dialogsheet"}, {"ocx"}
_OLD_MACROS = "_VBA_PROJECT".encode("utf-16-le")
_DOCUMENTS = (*signatures.ARCHIVES, signatures.RICH_TEXT, b"%PDF-")
_LOOKS_LIKE_XML = re.compile(rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?[\s\x00]*<")


class Budget:
    """What a file and all it holds may unpack to."""

    def __init__(self, weigh: Callable[[bytes], None] | None = None):
        self.left, self.control_left, self.tags_left = MAX_UNPACKED, MAX_CONTROL_PARTS, MAX_TAGS_READ
        self.weigh = weigh or (lambda _bite: None)

    def spend(self, bite: bytes) -> None:
        self.left -= len(bite)
        if self.left < 0:
            raise TooMuch(reasons.too_much())
        self.weigh(bite)

    def spend_control(self, size: int) -> None:
        self.control_left -= size
        if self.control_left < 0:
            raise TooMuch(reasons.too_much())

    def spend_tags(self, number: int) -> None:
        self.tags_left -= number
        if self.tags_left < 0:
            raise TooMuch(reasons.too_much())


class Package:
    """Read in three turns: what the parts are called, how they hang together, what stands in each."""

    def __init__(self, data: bytes, budget: Budget, *, embedded: bool = False):
        self.container, self.budget, self.embedded = Container(data), budget, embedded
        if _TYPES not in self.container.entries:
            packed = reasons.other_document() if _OPEN_DOCUMENT in self.container.entries else reasons.archive()
            raise Unacceptable(reasons.embedded_object() if embedded else packed)
        self.types = _Types(self._control(_TYPES))
        self.relations = [
            relation
            for name in self.container.entries
            if name.endswith(".rels")
            for relation in relations(name, self._control(name))
        ]

        self.pictures = {relation.part for relation in self.relations if relation.shows_a_picture}

    def kind(self) -> FileKind:
        """Docx or xlsx; raises Unacceptable for anything a plain document does not hold."""
        for name in self.container.entries:
            self._judge_name(name)
        for relation in self.relations:
            relation.judge(self.types.of(relation.source))
        kind = self._main()
        for name in self.container.entries:
            if name != _TYPES and not name.endswith(".rels"):
                self._judge_part(name, kind)
        return kind

    def _main(self) -> FileKind:
        mains = {relation.part for relation in self.relations if _names_the_main_part(relation)}
        typed = [self.types.of(name) for name in mains if name in self.container.entries]
        if len(typed) == 1 and typed[0].endswith(_TEMPLATES):
            raise Unacceptable(reasons.template())
        kinds = [kind for ending, kind in _MAIN.items() for media_type in typed if media_type.endswith(ending)]
        if len(typed) != 1 or len(kinds) != 1:
            raise Unacceptable(reasons.neither())
        return kinds[0]

    def _judge_name(self, name: str) -> None:
        media_type = self.types.of(name)
        if _MACRO_PART.search(name) or _MACRO_TYPE.search(media_type):
            raise Unacceptable(reasons.macros())
        if _OBJECT_PART.search(name) or _OBJECT_TYPE.search(media_type):
            raise Unacceptable(reasons.embedded_object())
        if _PAGE_PART.search(name):
            raise Unacceptable(reasons.page_within())
        if extension(name) in signatures.PROGRAM_EXTENSIONS:
            raise Unacceptable(reasons.hidden_program())

    def _judge_part(self, name: str, kind: FileKind) -> None:
        looks = _Looks(kind, self.types.of(name))
        kept, embedded = bytearray(), False
        for nth, bite in enumerate(self._unpacked(name)):
            if nth == 0:
                embedded = self._first_bytes(bite)
                looks.begin(bite)
                if name not in self.pictures:
                    looks.refuse_another_document(bite)
            if embedded:
                kept += bite
                if len(kept) > MAX_EMBEDDED:
                    raise TooMuch(reasons.too_much())
            else:
                looks.at(bite)
        if embedded:
            self._judge_embedded(bytes(kept))
        elif looks.may_act:
            self.budget.spend_tags(looks.tags)
            looks.judge(self.container.unpack(name))

    def _first_bytes(self, bite: bytes) -> bool:
        """Refuse what no part may begin with; whether it is a package of its own, the figures behind a chart."""
        if bite.startswith(signatures.PROGRAMS):
            raise Unacceptable(reasons.hidden_program())
        if bite.startswith(signatures.OLE):
            raise Unacceptable(reasons.macros() if _OLD_MACROS in bite else reasons.embedded_object())
        if not bite.startswith(signatures.ZIP):
            return False
        if self.embedded:
            raise Unacceptable(reasons.embedded_object())
        return True

    def _judge_embedded(self, data: bytes) -> None:
        package = Package(data, self.budget, embedded=True)
        if package.kind() is not FileKind.XLSX:
            raise Unacceptable(reasons.embedded_object())

    def _control(self, name: str) -> Iterator[bytes]:
        for bite in self._unpacked(name):
            self.budget.spend_control(len(bite))
            yield bite

    def _unpacked(self, name: str) -> Iterator[bytes]:
        """A part's bytes, weighed: no more than a document needs, nor than its packing makes likely."""
        most = max(RATIO_FREE, MAX_RATIO * self.container.entries[name].compress_size)
        unpacked = 0
        for bite in self.container.unpack(name):
            unpacked += len(bite)
            self.budget.spend(bite)
            if unpacked > most:
                raise TooMuch(reasons.too_much())
            yield bite


def _names_the_main_part(relation: Relation) -> bool:
    return relation.source == "" and relation.kind.casefold() == "officedocument" and not relation.outside


class _Types:
    """The type of each part: its own, or that of its ending."""

    def __init__(self, bites: Iterator[bytes]):
        self._own, self._by_ending = {}, {}
        Markup().read(bites, self._read)

    def of(self, name: str) -> str:
        return self._own.get(name) or self._by_ending.get(name.rpartition("/")[2].rpartition(".")[2], "")

    def _read(self, element: str, attributes: Attributes) -> None:
        media_type = attribute(attributes, "ContentType").partition(";")[0].strip().casefold()
        if local(element) == "Override":
            self._own[part_name(attribute(attributes, "PartName")).lstrip("/")] = media_type
        elif local(element) == "Default":
            self._by_ending[part_name(attribute(attributes, "Extension")).lstrip(".")] = media_type


class _Looks:
    """One part as its bites go by: its first element, and whether it holds words that act."""

    def __init__(self, kind: FileKind, media_type: str):
        self.kind, self.media_type = kind, media_type
        self.is_xml = media_type.endswith(("+xml", "/xml"))
        self.is_drawing = media_type.startswith("image/")  # may name the SVG it is, and nothing more
        self.may_act, self.tags, self._tail = False, 0, b""
        self._markup = None

    def begin(self, bite: bytes) -> None:
        if self.is_xml or _LOOKS_LIKE_XML.match(bite):
            self._markup = Markup(declares=self.is_drawing)

    def refuse_another_document(self, bite: bytes) -> None:
        """A document or an archive of its own; drawings may be packed, and pictures of a Mac are PDF."""
        data = bite[signatures.stray_before(bite) :]
        if data.startswith(_DOCUMENTS) or signatures.is_tar(bite):
            raise Unacceptable(reasons.embedded_object())
        if (
            (not self.is_xml or "html" in self.media_type)
            and signatures.is_markup(data)
            and signatures.holds_page(data)
        ):
            raise Unacceptable(reasons.page_within())

    def at(self, bite: bytes) -> None:
        if self._markup is None:
            return
        self._find_root(bite)
        text = self._tail + bite.replace(b"\x00", b"").lower()  # so that UTF-16 reads like ASCII
        self._tail = text[-32:]
        self.tags += text.count(b"<")
        self.may_act = self.may_act or contents.may_act(self.kind, text)

    def judge(self, bites: Iterator[bytes]) -> None:
        try:
            contents.judge(self.kind, bites, declares=self.is_drawing)
        except NotPlain:
            if self.is_xml:
                raise

    def _find_root(self, bite: bytes) -> None:
        try:
            self._markup.find_root(bite)
        except NotPlain:
            if self.is_xml:
                raise
            self._markup = None  # no XML after all: printers and pictures may hold what they like
            self.may_act = False
            return
        if self._markup.root in _MACRO_ROOTS:
            raise Unacceptable(reasons.macros())
        if self._markup.root in _OBJECT_ROOTS:
            raise Unacceptable(reasons.embedded_object())

"""What stands in a part: the elements looked at, and the words without which none of them can be there."""

from collections.abc import Iterable

from uploads import reasons
from uploads.kinds import Kind, Unacceptable
from uploads.ooxml import formulas
from uploads.ooxml.fields import Fields
from uploads.ooxml.markup import Attributes, Markup, attribute, local
from uploads.targets import leads_outside

# A name is written in one way only: a part without these words (in small letters) is read no further.
_SIGNS = {
    Kind.DOCX: (b"instr", b"oleobject", b"imagedata", b"src="),
    Kind.XLSX: (
        b"|", b"&#", b"cdata", b"webservice", b"image(", b"image (", b"rtd", b"call", b"register", b"exec", b"fopen",
        b"sql.", b"ddelink", b"olelink", b"oleobject", b"imagedata", b"src=", b"dbpr", b"webpr", b"textpr",
        b"webpublishitem",
    ),
}  # fmt: skip
_FORMULAS = {"f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula"}
_CODES = {"instrText", "delInstrText"}
_SHOWN = {"t", "delText"}
_CONNECTIONS = {"dbPr", "webPr", "textPr", "webPublishItem"}
_LINKED_PROGRAMS = {"ddeLink", "oleLink"}
_SEEN = _FORMULAS | _CODES | _SHOWN | _CONNECTIONS | _LINKED_PROGRAMS | {"fldChar", "fldSimple"}
_PICTURES = {"imagedata", "fill", "stroke"}
_OBJECTS = {"OLEObject", "oleObject"}


def may_act(kind: Kind, text: bytes) -> bool:
    """Whether this piece, in small letters, holds a word of those that act."""
    return any(sign in text for sign in _SIGNS[kind])


def judge(kind: Kind, bites: Iterable[bytes], *, declares: bool) -> None:
    """Raises Unacceptable for a part that starts a program or fetches from outside."""
    reader = _Reader(kind, Markup(declares=declares))
    reader.markup.read(bites, reader.start, reader.end)
    reader.fields.close()


class _Reader:
    def __init__(self, kind: Kind, markup: Markup):
        self.kind, self.markup = kind, markup
        self.fields, self._text = Fields(), None

    def start(self, name: str, attributes: Attributes) -> None:
        element = local(name)
        if element in _SEEN:
            self._word(element, attributes) if self.kind is Kind.DOCX else self._excel(element, attributes)
        elif element in _PICTURES and leads_outside(attribute(attributes, "src")):
            raise Unacceptable(reasons.fetched("image"))
        elif element in _OBJECTS:
            _judge_object(attributes)

    def end(self, name: str) -> None:
        if self._text is None or local(name) not in _SEEN:
            return
        text, self._text = "".join(self._text), None
        self.markup.parser.CharacterDataHandler = None
        if self.kind is Kind.DOCX:
            self.fields.code(text)
        else:
            formulas.judge(text)

    def _word(self, element: str, attributes: Attributes) -> None:
        if element == "fldChar":
            self.fields.mark(attribute(attributes, "fldCharType"))
        elif element == "fldSimple":
            self.fields.whole(attribute(attributes, "instr"))
        elif element in _CODES or (element in _SHOWN and self.fields.in_code):
            self._collect()

    def _excel(self, element: str, attributes: Attributes) -> None:
        if element in _LINKED_PROGRAMS:
            raise Unacceptable(reasons.outside_data())
        if element in _CONNECTIONS:
            formulas.judge_connection(element, attributes)
        elif element in _FORMULAS:
            self._collect()

    def _collect(self) -> None:
        self._text = []
        self.markup.parser.CharacterDataHandler = self._text.append


def _judge_object(attributes: Attributes) -> None:
    """An object that stays in another file, and is fetched from there or handed to the program named."""
    if attribute(attributes, "Type") == "Link" or attribute(attributes, "link"):
        raise Unacceptable(reasons.embedded_object())

"""What stands in a part: the elements looked at, and the words without which none of them can be there."""

from collections.abc import Callable, Iterable

from intake.uploads import reasons
from intake.uploads.kinds import FileKind, Unacceptable
from intake.uploads.ooxml import formulas, queries
from intake.uploads.ooxml.fields import Fields
from intake.uploads.ooxml.markup import Attributes, Markup, attribute, local
from intake.uploads.targets import leads_outside, runs_a_command

# A name is written in one way only: a part without these words (in small letters) is read no further.
_SIGNS = {
    FileKind.DOCX: (
        b"instr", b"oleobject", b"imagedata", b"src=", b"href", b"store", b"connectstring", b"webvideopr",
    ),
    FileKind.XLSX: (
        b"|", b"&#", b"cdata", b"webservice", b"image(", b"image (", b"rtd", b"dde(", b"dde (", b"call",
        b"register", b"exec", b"fopen", b"sql.", b"ddelink", b"olelink", b"oleobject", b"imagedata", b"src=", b"dbpr",
        b"datafeedpr", b"datamashup", b"webpr", b"textpr", b"webpublishitem", b"hyperlink(", b"hyperlink (", b"href",
        b"odcfile", b"sourcefile", b"store",
    ),
}  # fmt: skip
_SHAPES = (
    "rect", "roundrect", "shape", "shapetype", "oval", "line", "polyline", "curve", "arc", "group", "background",
    "image",
)  # fmt: skip


def may_act(kind: FileKind, text: bytes) -> bool:
    """Whether this piece, in small letters, holds a word of those that act."""
    return any(sign in text for sign in _SIGNS[kind])


def judge(kind: FileKind, bites: Iterable[bytes], *, declares: bool) -> None:
    """Raises Unacceptable for a part that starts a program or fetches from outside."""
    markup = Markup(declares=declares)
    reader = {FileKind.DOCX: _Word, FileKind.XLSX: _Excel}[kind](markup)
    markup.read(bites, reader.start)
    reader.close()


class _Reader(dict):
    """Which elements are looked at, by the name a file writes them with; most are not."""

    def __init__(self, markup: Markup):
        super().__init__()
        self._parser = markup.parser
        self._looks: dict[str, Callable[[Attributes], None]] = {
            "OLEObject": _judge_object, "oleObject": _judge_object, "reference": _judge_extension,
            **dict.fromkeys(("imagedata", "fill", "stroke", *_SHAPES), _judge_drawn),
        }  # fmt: skip

    def __missing__(self, name: str) -> Callable[[Attributes], None] | None:
        look = self[name] = self._looks.get(local(name))
        return look

    def start(self, name: str, attributes: Attributes) -> None:
        if look := self[name]:
            look(attributes)

    def close(self) -> None:
        pass

    def _collect(self, then: Callable[[str], None]) -> None:
        """Hand over the text of the element that has just begun, once it ends."""
        text = []

        def end(_name: str) -> None:
            self._parser.CharacterDataHandler = self._parser.EndElementHandler = None
            then("".join(text))

        self._parser.CharacterDataHandler, self._parser.EndElementHandler = text.append, end


class _Word(_Reader):
    def __init__(self, markup: Markup):
        super().__init__(markup)
        self._fields = Fields()
        self._looks |= {
            "fldChar": lambda attributes: self._fields.mark(attribute(attributes, "fldCharType")),
            "fldSimple": lambda attributes: self._fields.whole(attribute(attributes, "instr")),
            "instrText": self._code, "delInstrText": self._code, "t": self._text, "delText": self._text,
            "connectString": _refuse_merge, "webVideoPr": _refuse_film,
        }  # fmt: skip

    def close(self) -> None:
        self._fields.close()

    def _code(self, _attributes: Attributes) -> None:
        self._collect(self._fields.code)

    def _text(self, _attributes: Attributes) -> None:
        if self._fields.in_code:
            self._collect(self._fields.code)


class _Excel(_Reader):
    _FORMULAS = ("f", "formula", "formula1", "formula2", "definedName", "calculatedColumnFormula", "totalsRowFormula")

    def __init__(self, markup: Markup):
        super().__init__(markup)
        self._looks |= dict.fromkeys(self._FORMULAS, lambda _attributes: self._collect(formulas.judge))
        self._looks |= dict.fromkeys(("ddeLink", "oleLink"), _refuse_link)
        self._looks["DataMashup"] = lambda _attributes: self._collect(queries.judge)
        self._looks |= formulas.CONNECTIONS


def _judge_object(attributes: Attributes) -> None:
    """An object that stays in another file, and is fetched from there or handed to the program named."""
    if attribute(attributes, "Type") == "Link" or attribute(attributes, "link"):
        raise Unacceptable(reasons.embedded_object())


def _judge_extension(attributes: Attributes) -> None:
    """A program within the program: it comes from Microsoft's shop, or from a place of its own."""
    if leads_outside(attribute(attributes, "store")):
        raise Unacceptable(reasons.fetched("webextension"))


def _judge_drawn(attributes: Attributes) -> None:
    """A shape of the older drawings: the picture it shows, and where a click on it leads."""
    if leads_outside(attribute(attributes, "src")):
        raise Unacceptable(reasons.fetched("image"))
    link = attribute(attributes, "href")
    if runs_a_command(link) and not link.startswith("data:image/"):  # an SVG keeps its pictures there
        raise Unacceptable(reasons.harmful_link(link))


def _refuse_merge(_attributes: Attributes) -> None:
    """Where the list for letters is, even where no relation leads there."""
    raise Unacceptable(reasons.merged())


def _refuse_film(_attributes: Attributes) -> None:
    """A film of the web: a page of its own, run within the document."""
    raise Unacceptable(reasons.fetched("video"))


def _refuse_link(_attributes: Attributes) -> None:
    raise Unacceptable(reasons.outside_data())

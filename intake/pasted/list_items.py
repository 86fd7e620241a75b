"""The items of a list, from wherever they are said to be items: their level, their sign, what they hold."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from intake.pasted.nodes import Element, Node, Text
from intake.pasted.reading import IGNORED, has, words
from vietnamese.list_signs import TYPES, Reading, readings
from vietnamese.list_signs import for_browser as signs_for_browser

_WORD = re.compile(r"mso-list\s*:\s*(l\d+)\s+level(\d)")
_NUMBERED = re.compile(r"[(\[]?\s*([0-9]{1,4}|[a-zđ]|[ivx]{2,7})\s*[.)\]/:]+|([0-9]{1,3})", re.IGNORECASE)
_LITERAL = re.compile(r"\w")  # Điều 1, 1.1, Một, A-, α)
_BULLET = re.compile(r"[ovüØ§]")  # as letters of a font of signs
_STANDING = re.compile(
    r"\s*(?P<sign>[(\[]?(?:\d{1,3}|[a-zđ]|[ivx]{1,5})[.)/]|[·•▪◦o§ü\-–+])(?:\u00a0[\s\u00a0]*|[\s\u00a0]{2,})",
    re.IGNORECASE,
)
_STYLES = {
    "decimal": "1", "lower-alpha": "a", "lower-latin": "a", "upper-alpha": "A", "upper-latin": "A", "lower-roman": "i",
    "upper-roman": "I",
}  # fmt: skip
_STYLE = re.compile(r"list-style(?:-type)?\s*:[^;]{0,60}?\b(" + "|".join(_STYLES) + r")\b")
_UNMARKED = re.compile(r"list-style(?:-type)?\s*:\s*none")
_MAX_DEPTH = 9


@dataclass
class Item:
    """An item of a list, or (`goes_on`) more of the one before; `literal` is a sign that is no number of a list."""

    source: Element
    level: int
    of: str  # items of one list say the same
    readings: list[tuple[str, int | None]] = field(default_factory=list)  # none for a bullet
    content: list[Node] = field(default_factory=list)
    literal: str = ""
    goes_on: bool = False

    @property
    def is_numbered(self) -> bool:
        return bool(self.readings)


# --- paragraphs that Word calls items ---------------------------------------------------------------------------------
def is_word_item(tag: Element) -> bool:
    """Whether a paragraph says of itself that it is an item; a heading does not become one, it keeps its number."""
    if tag.name not in ("p", "div"):
        return False
    if has(tag, _WORD):
        return True
    is_list_style = tag.attribute("class").startswith("msolistparagraph")
    return is_list_style and bool(_signs(tag) or _STANDING.match(tag.text()[:60]))


def word_item(tag: Element) -> Item:
    """The paragraph as an item, its sign taken from before its words."""
    match, signs = _WORD.search(tag.attribute("style")), _signs(tag)
    sign = words(signs[0]) if signs else _take_standing(tag)
    for it in signs:
        it.extract()
    level = min(int(match[2]), _MAX_DEPTH) if match else 1
    item = Item(tag, level, match[1] if match else "standing", _read(sign), tag.children())
    if not item.readings and _LITERAL.search(sign) and not _BULLET.fullmatch(sign):
        item.literal = sign
    if not sign and tag.attribute("class").startswith("msolistnumber"):
        item.readings = [("1", None)]
    return item


def _signs(tag: Element) -> list[Element]:
    return [it for it in tag.elements() if "data-sign" in it.attrs or has(it, IGNORED)]


def _read(sign: str) -> list[Reading]:
    match = _NUMBERED.fullmatch(sign)
    return readings(match[1] or match[2]) if match else []


def _take_standing(tag: Element) -> str:
    """A sign typed or left at the beginning of the words, with the gap behind it; it is taken away from there."""
    match = _STANDING.match(tag.text()[:60])
    if not match:
        return ""
    left = match.end()
    for piece in tag.texts():
        cut = min(left, len(piece.data))
        piece.data = piece.data[cut:]
        left -= cut
        if not left:
            break
    return match["sign"]


def for_browser() -> dict[str, str]:
    """The patterns as data, so that a page's script holds none of its own."""
    standing = _STANDING.pattern.replace("?P<sign>", "")
    own = {"listed": _WORD, "numbered": _NUMBERED, "listStyle": _STYLE, "unmarked": _UNMARKED, "ignored": IGNORED}
    return {name: it.pattern for name, it in own.items()} | {"standing": standing}


def tables_for_browser() -> dict:
    return signs_for_browser() | {"STYLES": _STYLES, "MAX_DEPTH": _MAX_DEPTH}


# --- lists that are lists ---------------------------------------------------------------------------------------------
def html_items(tag: Element, depth: int = 1, of: str = "", source: Element | None = None) -> Iterator[Item]:
    """The items of a list and of those within it, in order, each with its level."""
    source, of = source or tag, of or str(id(tag))
    type, number = _type(tag), _start(tag)
    for child in tag.children():
        if not isinstance(child, Element):
            if child.text().strip():
                yield Item(source, depth, of, content=[child], goes_on=True)
        elif child.name in ("ul", "ol"):
            yield from html_items(child, depth + 1, of, source)
        elif child.name == "li":
            yield from _entry(child, depth, of, source, type, number)
            number = None if number is None or "reversed" not in tag.attrs else number - 1
        else:
            yield Item(source, depth, of, content=[child], goes_on=True)


def _entry(entry: Element, depth: int, of: str, source: Element, type: str, number: int | None) -> Iterator[Item]:
    own_level = _number(entry, "aria-level", "data-aria-level")
    level = min(own_level or depth, _MAX_DEPTH)
    of = "flow" if own_level else of
    type = _styled(entry) or type
    shown = _number(entry, "value", "data-aria-posinset")
    item = Item(source, level, of, [(type, number if shown is None else shown)] if type else [])
    begun = False
    for child in entry.children():
        if isinstance(child, Element) and child.name in ("ul", "ol"):
            if _has_words(item) or not (begun or has(entry, _UNMARKED)):
                yield item
            begun = True
            yield from html_items(child, level + 1, of, source)
            item = Item(source, level, of, goes_on=True)
        else:
            item.content.append(child)
    if not begun or _has_words(item):
        yield item


def _has_words(item: Item) -> bool:
    return any(not isinstance(it, Text) or it.data.strip() for it in item.content)


def _type(tag: Element) -> str:
    """The kind of number a list shows; nothing for bullets."""
    if tag.name == "ul":
        return _styled(tag)
    kind = tag.attribute("type").strip()
    return kind if kind in TYPES else _styled(tag) or "1"


def _styled(tag: Element) -> str:
    match = _STYLE.search(tag.attribute("style"))
    return _STYLES[match[1]] if match else ""


def _start(tag: Element) -> int | None:
    number = _number(tag, "start")
    if number is not None:
        return number
    if "reversed" not in tag.attrs:
        return 1
    return sum(isinstance(child, Element) and child.name == "li" for child in tag.children())


def _number(tag: Element, *names: str) -> int | None:
    for name in names:
        text = tag.attribute(name).strip()
        if text.isascii() and text.isdigit() and len(text) <= 4:
            return int(text)
    return None

"""The markup of a clipboard as a tree: Word's conditions made elements, style sheets written where they apply."""

import re

from intake.pasted import nodes
from intake.pasted.nodes import Element
from intake.pasted.style_sheets import MAX_ATTRIBUTE_CHARACTERS, StyleSheets
from intake.pasted.weight import TooManyTags, sanitised

MAX_TAGS = 12_500  # more than a section can mean; a line of set text counts as one
MAX_REPLACED = 2_000  # pictures and raised characters, each of which is looked for among its neighbours
MAX_DEPTH = 60  # elements within each other; what lies deeper loses its tags and keeps its words
MAX_STYLES = 3_000_000  # characters of the styles of all elements together
BLOCKS = frozenset(
    [
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "div",
        "dl",
        "dt",
        "fieldset",
        "figcaption",
        "figure",
        "footer",
        "form",
        "h1",
        "h2",
        "h3",
        "h4",
        "h5",
        "h6",
        "header",
        "hr",
        "legend",
        "li",
        "main",
        "nav",
        "ol",
        "option",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "td",
        "tfoot",
        "th",
        "thead",
        "tr",
        "ul",
    ]
)
_INLINE = frozenset(
    [
        "a",
        "b",
        "br",
        "del",
        "em",
        "font",
        "i",
        "img",
        "input",
        "ins",
        "s",
        "small",
        "span",
        "strike",
        "strong",
        "sub",
        "sup",
        "u",
    ]
)
DRAWN = frozenset(["canvas", "img", "picture", "svg"])
PICTURES = DRAWN | {"audio", "embed", "iframe", "math", "object", "video"}
_WHOLE = {"head", "noscript", "script", "style", "template", "title", "w:sdtpr", "xml"}
_ATTRIBUTES = {
    "alt", "aria-checked", "aria-level", "bgcolor", "checked", "class", "color", "colspan", "data-aria-level",
    "data-aria-posinset", "data-listid", "data-sign", "face", "height", "hidden", "href", "id", "name", "reversed",
    "rowspan", "span", "start", "style", "type", "value", "width",
}  # fmt: skip
COLUMNS = frozenset(["col", "colgroup"])
IGNORED = re.compile(r"mso-list\s*:\s*ignore")  # what Word shows as the sign of an item
# A conditional comment of Word; what it holds may not run on through the whole text.
_SIGN = re.compile(
    r"<!(?:--)?\[if !supportLists\](?:--)?>((?:(?!<!).)*)<!(?:--)?\[endif\](?:--)?>", re.IGNORECASE | re.DOTALL
)
_HEADER = re.compile(r"\AVersion:[^<]*")
_FIELD = re.compile(r"<(/?)textarea\b", re.IGNORECASE)
_FRAME = re.compile(r"<(/?)iframe\b", re.IGNORECASE)  # the one whose words would come through as they are
_TABLE, _CELL = re.compile(r"<table\b", re.IGNORECASE), re.compile(r"<(/?)(?:td|th|tr)\b", re.IGNORECASE)


def tree(html: str) -> Element:
    """The body, each element with its own style and those of the page's style sheets in one attribute."""
    text = _FRAME.sub(r"<\1object", _SIGN.sub(r'<span data-sign="1">\1</span>', _HEADER.sub("", html)))
    text = _FIELD.sub(r"<\1pre", text)
    if not _TABLE.search(text):  # cells without a table would run together
        text = _CELL.sub(r"<\1div", text)
    tags = BLOCKS | _INLINE | PICTURES | COLUMNS
    text = sanitised(text, tags=tags, clean_content_tags=_WHOLE, attributes={"*": _ATTRIBUTES})
    tags_and_lines = text.count("<") + (text.count("\n") if "<pre" in text or "white-space" in html.lower() else 0)
    if tags_and_lines > MAX_TAGS or sum(map(text.count, ("<img", "<sup", "<sub"))) > MAX_REPLACED:
        raise TooManyTags
    body, sheets, left = nodes.tree(text, deepest=MAX_DEPTH), StyleSheets(html), MAX_STYLES
    for tag in body.elements():
        tag.attrs["class"] = tag.attribute("class")[:MAX_ATTRIBUTE_CHARACTERS].lower()
        tag.attrs["style"] = sheets.style_of(tag)[:MAX_ATTRIBUTE_CHARACTERS]
        left -= len(tag.attrs["style"])
        if left < 0:
            raise TooManyTags
    return body


def has(tag: Element, pattern: re.Pattern) -> bool:
    """Whether its own style says this."""
    return bool(pattern.search(tag.attribute("style")))


def words(tag: Element) -> str:
    """Its words, those of different blocks apart."""
    pieces = ((" " if it.name in BLOCKS else "") if isinstance(it, Element) else it.text() for it in tag.nodes())
    return " ".join("".join(pieces).split())


def for_browser() -> dict:
    """What counts as a block, and the attributes that are looked at."""
    return {"blocks": ", ".join(sorted(BLOCKS)), "attributes": sorted(_ATTRIBUTES)}

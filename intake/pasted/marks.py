"""Bold and italic, however they are marked up; every other element that makes no block goes, its words stay."""

import re

from intake.pasted.nodes import Element, Node
from intake.pasted.reading import BLOCKS, has

_WEIGHT, _SLOPE = r"(?<![\w-])font-weight\s*:\s*", r"(?<![\w-])font-style\s*:\s*"  # not those of other scripts
_BOLD, _NOT_BOLD = re.compile(_WEIGHT + "(?:bold|[6-9]00)"), re.compile(_WEIGHT + "(?:normal|[1-4]00)")
_ITALIC, _NOT_ITALIC = re.compile(_SLOPE + "(?:italic|oblique)"), re.compile(_SLOPE + "normal")
_CAPITALS = re.compile(r"(?<![\w-])text-transform\s*:\s*uppercase")
_HEADS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "th"})  # set off by themselves
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)")
_NAMES = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def settle(body: Element) -> None:
    """Leave no inline element but `strong`, `em` and `br`, and these two inside the blocks."""
    for name, meant, other in (("em", _ITALIC, _NOT_ITALIC), ("strong", _BOLD, _NOT_BOLD)):
        for tag in _set_off(body, meant, other):
            _distribute(tag, name, other)
    for tag in body.elements():
        tag.name = _HEADINGS.get(tag.name, tag.name)
        for text in tag.texts() if has(tag, _CAPITALS) else ():
            text.data = text.data.upper()
        if tag.name not in BLOCKS and tag.name != "br":
            _settle_inline(tag)
    for tag in body.elements(("strong", "em")):
        if tag.inside((tag.name,)):  # bold in bold is bold
            tag.unwrap()
    for tag in body.elements(("strong", "em")):
        if tag.holds(BLOCKS):
            _distribute(tag, tag.name)
            tag.unwrap()


def _set_off(body: Element, meant: re.Pattern, other: re.Pattern) -> list[Element]:
    """The outermost blocks whose own style says so."""
    within, blocks = {id(body): False}, []
    for tag in body.elements():
        around = within[id(tag.parent)]
        within[id(tag)] = tag.name in _HEADS or ((around or has(tag, meant)) and not has(tag, other))
        if within[id(tag)] and not around and tag.name in BLOCKS - _HEADS:
            blocks.append(tag)
    return blocks


def _settle_inline(tag: Element) -> None:
    bold = has(tag, _BOLD) or (_NAMES.get(tag.name) == "strong" and not has(tag, _NOT_BOLD))
    italic = has(tag, _ITALIC) or (_NAMES.get(tag.name) == "em" and not has(tag, _NOT_ITALIC))
    marks = [name for name, meant in (("strong", bold), ("em", italic)) if meant]
    if has(tag, _AS_BLOCK):
        tag.name = "div"
    elif marks:
        tag.name = marks.pop(0)
    else:
        tag.unwrap()
    for name in reversed(marks):
        mark = Element(name)
        mark.append(*tag.children())
        tag.append(mark)


def _distribute(tag: Element, name: str, unless: re.Pattern | None = None) -> None:
    """The mark around the runs of each block below instead of around the blocks; not where one says otherwise."""
    run: list[Node] = []
    for child in [*tag.children(), None]:
        is_other = isinstance(child, Element) and unless is not None and has(child, unless)
        has_blocks = isinstance(child, Element) and (child.name in BLOCKS or child.holds(BLOCKS))
        if child is not None and not is_other and not has_blocks:
            run.append(child)
            continue
        if any(it.text().strip() for it in run):
            mark = Element(name)
            run[0].insert_before(mark)
            mark.append(*run)
        run = []
        if isinstance(child, Element) and has_blocks and not is_other:
            _distribute(child, name, unless)


def for_browser() -> dict[str, str]:
    """The patterns as data, so that a page's script holds none of its own."""
    bold, italic = {"bold": _BOLD, "notBold": _NOT_BOLD}, {"italic": _ITALIC, "notItalic": _NOT_ITALIC}
    return {name: it.pattern for name, it in (bold | italic | {"capitals": _CAPITALS}).items()}

"""Bold and italic, however they are marked up; every other element that makes no block goes, its words stay."""

import re

from intake.pasted.nodes import Element
from intake.pasted.reading import BLOCKS, has

_BOLD, _NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)"), re.compile(r"font-weight\s*:\s*(?:normal|400)")
_ITALIC, _NOT_ITALIC = re.compile(r"font-style\s*:\s*italic"), re.compile(r"font-style\s*:\s*normal")
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)")
_NAMES = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def settle(body: Element) -> None:
    """Leave no inline element but `strong`, `em` and `br`, and these two inside the blocks."""
    for tag in body.elements():
        tag.name = _HEADINGS.get(tag.name, tag.name)
        if tag.name not in BLOCKS and tag.name != "br":
            _settle_inline(tag)
    for tag in body.elements(("strong", "em")):
        if tag.inside((tag.name,)):  # bold in bold is bold
            tag.unwrap()
    for tag in body.elements(("strong", "em")):
        if tag.holds(BLOCKS):
            _distribute(tag, tag.name)
            tag.unwrap()


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


def _distribute(tag: Element, name: str) -> None:
    """The mark around the runs of each block below instead of around the blocks."""
    for child in tag.children():
        if isinstance(child, Element) and (child.name in BLOCKS or child.holds(BLOCKS)):
            _distribute(child, name)
        elif isinstance(child, Element) or child.text().strip():
            mark = Element(name)
            child.insert_before(mark)
            mark.append(child)

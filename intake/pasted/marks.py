"""Bold and italic, however they are said; every other element that makes no block goes, its words stay."""

import re

from bs4 import Tag

from intake.pasted.reading import BLOCKS, has, made

_BOLD, _NOT_BOLD = re.compile(r"font-weight\s*:\s*(?:bold|[6-9]00)"), re.compile(r"font-weight\s*:\s*(?:normal|400)")
_ITALIC, _NOT_ITALIC = re.compile(r"font-style\s*:\s*italic"), re.compile(r"font-style\s*:\s*normal")
_AS_BLOCK = re.compile(r"display\s*:\s*(?:block|flex|grid|list-item|table)")
_NAMES = {"b": "strong", "strong": "strong", "i": "em", "em": "em"}
_HEADINGS = {"h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4"}


def settle(body: Tag) -> None:
    """Leave no inline element but `strong`, `em` and `br`, and these two inside the blocks."""
    for tag in list(body.find_all(True)):
        tag.name = _HEADINGS.get(tag.name, tag.name)
        if tag.name not in BLOCKS and tag.name != "br":
            _settle_inline(tag)
    for tag in list(body.find_all(["strong", "em"])):
        if tag.find(BLOCKS):
            _distribute(tag, tag.name)
            tag.unwrap()


def _settle_inline(tag: Tag) -> None:
    bold = has(tag, _BOLD) or (_NAMES.get(tag.name) == "strong" and not has(tag, _NOT_BOLD))
    italic = has(tag, _ITALIC) or (_NAMES.get(tag.name) == "em" and not has(tag, _NOT_ITALIC))
    inner = tag
    for name in [name for name, meant in (("strong", bold), ("em", italic)) if meant]:
        within, inner = inner, made(name)
        inner.extend(list(within.contents))
        within.append(inner)
    if has(tag, _AS_BLOCK):
        tag.name = "div"
    else:
        tag.unwrap()


def _distribute(tag: Tag, name: str) -> None:
    """The mark around the runs of each block below instead of around the blocks."""
    for child in list(tag.children):
        if isinstance(child, Tag) and (child.name in BLOCKS or child.find(BLOCKS)):
            _distribute(child, name)
        elif isinstance(child, Tag) or child.strip():
            child.wrap(made(name))

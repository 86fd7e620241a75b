"""Paragraphs where words would run together: every block becomes one of a report's own, spaces are settled."""

import re

from intake.pasted.nodes import Element, Node, Text
from intake.pasted.reading import BLOCKS

_OWN = frozenset(["p", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th"])
_CELLS = frozenset({"td", "th", "body"})
_WITHOUT_WORDS = frozenset({"ol", "table", "tbody", "tfoot", "thead", "tr", "ul"})  # of their own
_WHITE_SPACE = re.compile(r"(?<![\w-])white-space(?:-collapse)?\s*:\s*(?!inherit|unset)([^;]*)")
_SPACES = re.compile(r"[\s\u00a0]+")


def settle(body: Element) -> None:
    for tag in [*reversed(body.elements(BLOCKS)), body]:
        if tag.name in ("h3", "h4"):
            _join(tag)
        elif tag.name == "li" or (tag.name in _CELLS and tag.has_child(BLOCKS)):
            _wrap_runs(tag)
        elif tag.name not in _OWN | _CELLS | {"hr"} or (tag.name == "p" and tag.has_child(BLOCKS)):
            _replace(tag)
    for rule in body.elements(("hr",)):
        rule.drop()
    for tag in [body, *body.elements(("p", "h3", "h4", "td", "th"))]:
        if not tag.has_child(BLOCKS):
            _space(tag)
    for tag in [body, *body.elements(("ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th"))]:
        if tag.has_child(BLOCKS) or tag.name in ("ul", "ol", "table", "thead", "tbody", "tr"):
            _drop_spaces(tag)
    for tag in body.elements(("p",)):
        if not tag.text().strip():
            tag.drop()
    for table in body.elements(("table",)):  # a frame around a drawing, which is told as a picture
        if len(table.elements(("td", "th"))) == 1 and not table.text().strip():
            table.drop()
    for tag in reversed(body.elements(("li", "ul", "ol"))):
        if not tag.first and not _is_counted(tag):
            tag.drop()


def _is_counted(tag: Element) -> bool:
    """Whether it is an item without which those behind it would change their numbers."""
    return tag.name == "li" and tag.following is not None and tag.parent is not None and tag.parent.name == "ol"


def _replace(tag: Element) -> None:
    """A block of another kind: a paragraph when it holds words alone, else nothing but what it holds."""
    if tag.name == "caption" and (table := tag.inside(("table",))):
        _wrap_runs(tag)
        table.insert_before(*tag.children())
        tag.drop()
    elif tag.name == "tfoot" and tag.parent is not None:  # shown below, wherever it is written
        tag.parent.append(*tag.children())
        tag.drop()
    elif tag.has_child(BLOCKS):
        _wrap_runs(tag)
        tag.unwrap()
    else:
        tag.name = "p"


def _wrap_runs(tag: Element) -> None:
    """What stands between blocks as paragraphs."""
    run: list[Node] = []
    for child in [*tag.children(), None]:
        if child is not None and not (isinstance(child, Element) and child.name in BLOCKS):
            run.append(child)
            continue
        if any(it.text().strip() for it in run):
            paragraph = Element("p")
            run[0].insert_before(paragraph)
            paragraph.append(*run)
        else:
            for it in run:
                it.extract()
        run = []


def _join(heading: Element) -> None:
    """A heading is one line; a list or a table in it is none of its words."""
    if heading.holds(("ul", "ol", "table")):
        _wrap_runs(heading)
        heading.unwrap()
        return
    for block in heading.elements(BLOCKS):
        block.append(Text(" "))
        block.unwrap()


def keep_lines(body: Element) -> None:
    """A line break for each line end where they are meant: in `pre`, and under a style that says so."""
    kept = {id(body): False}
    for node in list(body.nodes()):
        around = kept[id(node.parent)]
        if isinstance(node, Element):
            stated = _WHITE_SPACE.findall(node.attribute("style"))
            kept[id(node)] = bool(re.search("pre|break-spaces", stated[-1])) if stated else node.name == "pre" or around
        elif isinstance(node, Text) and around and node.parent is not None and node.parent.name not in _WITHOUT_WORDS:
            for number, line in enumerate(node.data.split("\n")):
                node.insert_before(*([Element("br")] if number else []), Text(line))
            node.drop()


def _space(tag: Element) -> None:
    """Single spaces, none at the ends of lines; no line break at either end of a block."""
    last: Text | None = None
    at_start = True
    for node in tag.nodes():
        if isinstance(node, Text):
            node.data = _SPACES.sub(" ", node.data)
            node.data = node.data.lstrip(" ") if at_start else node.data
            if node.data:
                last, at_start = node, node.data.endswith(" ")
        elif isinstance(node, Element) and node.name == "br":
            _trim(last)
            last, at_start = None, True
    _trim(last)
    for edge in ("first", "last"):
        while (node := getattr(tag, edge)) and _is_empty(node):
            node.drop()


def _is_empty(node: Node) -> bool:
    return node.name == "br" if isinstance(node, Element) else not node.text().strip()


def _trim(text: Text | None) -> None:
    if text is not None:
        text.data = text.data.rstrip(" ")


def _drop_spaces(tag: Element) -> None:
    for child in tag.children():
        if isinstance(child, Text) and not child.data.strip():
            child.drop()

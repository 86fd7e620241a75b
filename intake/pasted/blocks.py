"""Paragraphs where words would run together: every block becomes one of a report's own, spaces are settled."""

import re

from bs4 import NavigableString, Tag

from intake.pasted.reading import BLOCKS, made

_OWN = frozenset(["p", "h3", "h4", "ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th"])
_CELLS = frozenset({"td", "th", "body"})
_SPACES = re.compile(r"[\s\u00a0]+")


def settle(body: Tag) -> None:
    for pre in body.find_all("pre"):
        _keep_lines(pre)
    for tag in [*reversed(body.find_all(BLOCKS)), body]:
        if tag.name in ("h3", "h4"):
            _join(tag)
        elif tag.name == "li" or (tag.name in _CELLS and _has_blocks(tag)):
            _wrap_runs(tag)
        elif tag.name not in _OWN | _CELLS | {"hr"} or (tag.name == "p" and _has_blocks(tag)):
            _replace(tag)
    for rule in body.find_all("hr"):
        rule.decompose()
    for tag in [body, *body.find_all(["p", "h3", "h4", "td", "th"])]:
        if not _has_blocks(tag):
            _space(tag)
    for tag in [body, *body.find_all(["ul", "ol", "li", "table", "thead", "tbody", "tr", "td", "th"])]:
        if _has_blocks(tag) or tag.name in ("ul", "ol", "table", "thead", "tbody", "tr"):
            _drop_spaces(tag)
    for tag in body.find_all("p"):
        if not tag.get_text().strip():
            tag.decompose()
    for tag in reversed(body.find_all(["li", "ul", "ol"])):
        if not tag.contents:
            tag.decompose()


def _replace(tag: Tag) -> None:
    """A block of another kind: a paragraph when it holds words alone, else nothing but what it holds."""
    if tag.name == "caption" and (table := tag.find_parent("table")):
        _wrap_runs(tag)
        table.insert_before(*list(tag.contents))
        tag.decompose()
    elif tag.name == "tfoot":
        tag.unwrap()
    elif _has_blocks(tag):
        _wrap_runs(tag)
        tag.unwrap()
    else:
        tag.name = "p"


def _has_blocks(tag: Tag) -> bool:
    return any(isinstance(child, Tag) and child.name in BLOCKS for child in tag.children)


def _wrap_runs(tag: Tag) -> None:
    """What stands between blocks as paragraphs."""
    run: list = []
    for child in [*tag.contents, None]:
        if child is not None and not (isinstance(child, Tag) and child.name in BLOCKS):
            run.append(child)
            continue
        if any(it.strip() if isinstance(it, NavigableString) else it.get_text().strip() for it in run):
            paragraph = made("p")
            run[0].insert_before(paragraph)
            paragraph.extend(run)
        else:
            for it in run:
                it.extract()
        run = []


def _join(heading: Tag) -> None:
    """A heading is one line; a list or a table in it is none of its words."""
    if heading.find(["ul", "ol", "table"]):
        _wrap_runs(heading)
        heading.unwrap()
        return
    for block in heading.find_all(BLOCKS):
        block.insert_after(" ")
        block.unwrap()


def _keep_lines(pre: Tag) -> None:
    for text in list(pre.find_all(string=True)):
        pieces: list = []
        for number, line in enumerate(str(text).strip("\n").split("\n")):
            pieces += [made("br"), line] if number else [line]
        text.replace_with(*pieces)


def _space(tag: Tag) -> None:
    """Single spaces, none at the ends of lines; no line break at the end of a block."""
    last, at_start = None, True
    for node in list(tag.descendants):
        if isinstance(node, Tag):
            if node.name == "br":
                _trim(last)
                last, at_start = None, True
            continue
        text = _SPACES.sub(" ", node)
        text = text.lstrip(" ") if at_start else text
        new = NavigableString(text)
        node.replace_with(new)
        if text:
            last, at_start = new, text.endswith(" ")
    _trim(last)
    while tag.contents and isinstance(tag.contents[-1], Tag) and tag.contents[-1].name == "br":
        tag.contents[-1].decompose()
        while tag.contents and isinstance(tag.contents[-1], NavigableString) and not tag.contents[-1].strip():
            tag.contents[-1].extract()


def _trim(text) -> None:
    if text is not None:
        text.replace_with(NavigableString(text.rstrip(" ")))


def _drop_spaces(tag: Tag) -> None:
    for child in list(tag.children):
        if isinstance(child, NavigableString) and not child.strip():
            child.extract()

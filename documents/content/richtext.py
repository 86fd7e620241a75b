"""Rich text of a section: a small safe HTML, and its plain form for writing without JavaScript."""

import re
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from itertools import groupby

import nh3
from django.utils.translation import gettext as _

from vietnamese.text import nfc, number

MAX_CHARACTERS = 200_000
TAGS = {
    "p", "h3", "h4", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "br",
}  # fmt: skip
_RENAMED = {"b": "strong", "i": "em", "h1": "h3", "h2": "h3", "h5": "h4", "h6": "h4", "div": "p"}
_DROPPED_WHOLE = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "textarea"}
_SPANS = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}}
_RENAMED_TAG = re.compile(rf"<(/?)({'|'.join(_RENAMED)})>")
_EMPTY = re.compile(r"<p>\s*</p>")


class TooLong(ValueError):
    """More text than a section takes; its text is the sentence to show."""


def clean(html: str) -> str:
    """The text with only the structure a report needs; everything else is dropped, scripts with their content."""
    _refuse_too_long(html)
    text = _sanitised(_composed(_listed(html)), TAGS | _RENAMED.keys())
    text = _RENAMED_TAG.sub(lambda tag: f"<{tag[1]}{_RENAMED[tag[2]]}>", text)
    for _pass in range(4):  # composing letters or dropping tags may leave work for one more pass
        before, text = text, _sanitised(_composed(_EMPTY.sub("", text)), TAGS)
        if text == before:
            return text
    return text


# Word says of a paragraph that it is an item of a list; its sign stands before it as text.
_INSIDE, _UNMARKED = r"(?:(?!</?p\b).)*", r"(?:(?!<!).)*"  # neither may run on through the whole text
_ITEM = re.compile(rf"<p\b[^<>]*\bmso-list:\s*l\d+\s+level\d[^<>]*>({_INSIDE})</p\s*>", re.IGNORECASE | re.DOTALL)
_ITEMS = re.compile(rf"(?:{_ITEM.pattern}\s*)+", re.IGNORECASE | re.DOTALL)
_SIGN = re.compile(
    rf"<!(?:--)?\[if !supportLists\](?:--)?>({_UNMARKED})<!(?:--)?\[endif\](?:--)?>", re.IGNORECASE | re.DOTALL
)
_NUMBER = re.compile(r"\s*\(?(?:\d{1,3}|[a-z]|[ivx]{1,5})[.)]", re.IGNORECASE)


def _listed(html: str) -> str:
    """Word's paragraphs that are items of a list, as lists of one level."""
    return _ITEMS.sub(_list, html) if "mso-list" in html else html


def _list(paragraphs: re.Match) -> str:
    items = [match[1] for match in _ITEM.finditer(paragraphs[0])]
    return "".join(_list_of(tag, list(its)) for tag, its in groupby(items, key=_kind_of_list))


def _list_of(tag: str, items: list[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{_SIGN.sub('', item)}</li>" for item in items) + f"</{tag}>"


def _kind_of_list(item: str) -> str:
    sign = _SIGN.search(item)
    words = re.sub(r"<[^>]*>", "", sign[1]) if sign else ""
    return "ol" if _NUMBER.match(words) else "ul"


def _composed(html: str) -> str:
    # U+0338 is the one mark that composes with < and >, and so would undo a tag.
    return nfc(html.replace("&nbsp;", " ").replace("\u0338", ""))


def _sanitised(html: str, tags: set[str]) -> str:
    return nh3.clean(
        html,
        tags=tags,
        clean_content_tags=_DROPPED_WHOLE,
        attributes=_SPANS,
        attribute_filter=_span,
        link_rel=None,
    ).strip()


def _span(_tag: str, _attribute: str, value: str) -> str | None:
    return value if re.fullmatch(r"[1-9]\d?", value, re.ASCII) and value != "1" else None


def _refuse_too_long(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise TooLong(_("The text is too long: at most %(limit)s characters.") % {"limit": number(MAX_CHARACTERS)})


def is_blank(html: str) -> bool:
    """Whether nothing at all can be read in it."""
    return not nfc(unescape(nh3.clean(html, tags=set(), clean_content_tags=_DROPPED_WHOLE))).strip()


# The plain form: blank lines part paragraphs; "- " and "1. " are lists, "### " and "#### " headings, "| a | b |" rows.
_BULLET, _NUMBERED, _ROW = re.compile(r"[-•+*]\s+(.*)"), re.compile(r"\d{1,3}[.)]\s+(.*)"), re.compile(r"\|(.*)\|")
_HEADING = re.compile(r"(####?)\s+(.*)")


def from_plain(text: str) -> str:
    """HTML of text typed into a plain box; every character of it is text."""
    _refuse_too_long(text)
    lines = [line.strip() for line in nfc(text).replace("\r\n", "\n").replace("\r", "\n").split("\n")]
    blocks = groupby(_marked(lines), key=lambda line: line[0])
    return clean("".join(_BLOCKS[kind]([content for _kind, content in group]) for (kind, _nth), group in blocks))


def _marked(lines: list[str]) -> Iterator[tuple[tuple[str, int], str]]:
    """Each line with its kind of block and the number of the block it belongs to."""
    block, numbering = 0, False
    for line in lines:
        kind, content = _kind(line, numbering)
        numbering = kind == "ol"
        if kind in ("blank", "h3", "h4"):
            block += 1
        if content:
            yield (kind, block), content
        if kind in ("h3", "h4"):
            block += 1


def _kind(line: str, numbering: bool) -> tuple[str, str]:
    if not line:
        return "blank", ""
    if match := _HEADING.fullmatch(line):
        return f"h{len(match[1])}", match[2]
    if match := _BULLET.fullmatch(line):
        return "ul", match[1]
    # A list begins at 1; "12. " in the middle of nowhere is a sentence's own number.
    if (match := _NUMBERED.fullmatch(line)) and (numbering or line.startswith(("1.", "1)", "01."))):
        return "ol", match[1]
    if match := _ROW.fullmatch(line):
        return "table", match[1]
    return "p", line


def _rows(lines: list[str]) -> str:
    cells = ["".join(f"<td>{escape(cell.strip())}</td>" for cell in line.split("|")) for line in lines]
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</tbody></table>"


def _items(tag: str, lines: list[str]) -> str:
    return f"<{tag}>" + "".join(f"<li>{escape(line)}</li>" for line in lines) + f"</{tag}>"


_BLOCKS = {
    "p": lambda lines: "<p>" + "<br>".join(map(escape, lines)) + "</p>",
    "h3": lambda lines: f"<h3>{escape(lines[0])}</h3>",
    "h4": lambda lines: f"<h4>{escape(lines[0])}</h4>",
    "ul": lambda lines: _items("ul", lines),
    "ol": lambda lines: _items("ol", lines),
    "table": _rows,
}


def to_plain(html: str) -> str:
    """The text for a plain box: from_plain gives back its blocks; bold, italic, nesting and joined cells are lost."""
    writer = _PlainWriter()
    writer.feed(clean(html))
    writer.close()
    return "\n\n".join(writer.blocks())


class _PlainWriter(HTMLParser):
    """Collects lines into blocks; lists may nest, and a table takes whatever it holds into its rows."""

    def __init__(self):
        super().__init__(convert_charrefs=True)
        self.done, self.lines, self.line = [], [], ""
        self.lists, self.tables = [], 0

    def handle_starttag(self, tag, attrs):
        if tag == "table":
            self._end_block()
            self.tables += 1
        elif self.tables:
            self._in_table(tag)
        elif tag in ("ul", "ol"):
            self._end_item_or_block()
            self.lists.append([tag, 0])
        elif tag == "li" and self.lists:
            self._end_line()
            self.line = self._bullet()
        elif tag == "br":
            self._break()
        elif tag in ("p", "h3", "h4") and not self.lists:
            self._end_block()
            self.line = {"p": "", "h3": "### ", "h4": "#### "}[tag]

    def handle_endtag(self, tag):
        if tag == "table":
            self.tables -= 1
            self._end_block()
        elif self.tables:
            self.line += " |" if tag in ("td", "th") and self.tables == 1 else ""
        elif tag in ("ul", "ol") and self.lists:
            self.lists.pop()
            self._end_item_or_block()
        elif tag in ("p", "h3", "h4"):
            self._end_paragraph()

    def handle_data(self, data):
        text = re.sub(r"\s+", " ", data)
        if self.tables:
            text = text.replace("|", "¦")  # a bar typed in a cell must not part it
        self.line += text if self.line and not self.line.endswith(" ") else text.lstrip()

    def _in_table(self, tag: str) -> None:
        if tag == "tr" and self.tables == 1:
            self._end_line()
            self.line = "|"
        else:
            self._space()

    def _bullet(self) -> str:
        self.lists[-1][1] += 1
        tag, count = self.lists[-1]
        return "- " if tag == "ul" else f"{count}. "

    def _break(self) -> None:
        if self.lists or self.line.startswith("#"):
            self._space()
        else:
            self._end_line()

    def _end_paragraph(self) -> None:
        if self.lists:
            self._space()
        else:
            self._end_block()

    def _end_item_or_block(self) -> None:
        if self.lists:
            self._end_line()
        else:
            self._end_block()

    def _space(self) -> None:
        self.line += "" if self.line.endswith(" ") else " "

    def _end_line(self) -> None:
        if self.line.strip():
            self.lines.append(self.line.strip())
        self.line = ""

    def _end_block(self) -> None:
        self._end_line()
        if self.lines:
            self.done.append("\n".join(self.lines))
        self.lines = []

    def blocks(self) -> list[str]:
        self._end_block()
        return self.done

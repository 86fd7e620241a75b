"""Rich text of a section: a small safe HTML, and its plain form for writing without JavaScript."""

import re
from collections.abc import Iterator
from html import escape, unescape
from html.parser import HTMLParser
from itertools import groupby

from django.utils.translation import gettext as _

from intake.pasted import PRIVATE_SIGNS, TooManyTags, converted, refuse_heavy, sanitised
from vietnamese import legacy_encodings
from vietnamese.list_signs import TYPES, readings, sign
from vietnamese.text import nfc, number

MAX_CHARACTERS = 200_000
TAGS = {
    "p", "h3", "h4", "strong", "em", "ul", "ol", "li", "table", "thead", "tbody", "tr", "th", "td", "br",
}  # fmt: skip
_DROPPED_WHOLE = {"script", "style", "title", "template", "noscript", "iframe", "object", "svg", "math", "textarea"}
_ATTRIBUTES = {"td": {"colspan", "rowspan"}, "th": {"colspan", "rowspan"}, "ol": {"start", "type"}}
_SPAN = re.compile(r"[1-9]\d?", re.ASCII)
_VALUES = {
    "colspan": _SPAN,
    "rowspan": _SPAN,
    "start": re.compile(r"0|[1-9]\d{0,3}", re.ASCII),
    "type": re.compile("|".join(TYPES)),
}
_EMPTY = re.compile(r"<p>\s*</p>")
_TAG = re.compile("<[^<>]*>")
_BLOCK_TAG = re.compile(r"(<(?!/?(?:strong|em)\b)[^<>]*>)")
_BARE_ITEM = re.compile(r"(?:\A|[^>]|</(?!li>)[^<>]*>|<(?![/uo])[^<>]*>)<li>")  # outside a list
_LINE_END = re.compile("(\n)")


class TooLong(ValueError):
    """More text than a section takes; its text is the sentence to show."""


def clean(html: str) -> str:
    """The text with only the structure a report needs; everything else is dropped, scripts with their content."""
    return cleaned(html)[0]


def cleaned(html: str) -> tuple[str, list[str]]:
    """The same with what was left out on the way, in sentences; a text that is clean already stays as it is."""
    _refuse_too_long(html)
    try:
        refuse_heavy(html)
        plainly = _once_more(html)
        if plainly == html and not _BARE_ITEM.search(html):
            return html, []
        _refuse_too_long(plainly)  # a sign such as & is stored as several
        pasted = converted(html)
    except TooManyTags as error:
        raise TooLong(_("The text carries too much formatting. Please paste it in parts, or as plain text.")) from error
    text = pasted.html
    for _pass in range(4):  # composing letters or dropping tags may leave work for one more pass
        before, text = text, _once_more(text)
        if text == before:
            break
    _refuse_too_long(text)
    return text, pasted.losses.sentences()


def _once_more(html: str) -> str:
    return _sanitised(_composed(_EMPTY.sub("", html)))


def _composed(html: str) -> str:
    # U+0338 is the one mark that composes with < and >, and so would undo a tag.
    text = html.replace("&nbsp;", " ").replace("\u0338", "").translate(PRIVATE_SIGNS)
    return legacy_encodings.composed(text, _BLOCK_TAG, _TAG)


def _sanitised(html: str) -> str:
    rules = {"attributes": _ATTRIBUTES, "attribute_filter": _attribute, "clean_content_tags": _DROPPED_WHOLE}
    return sanitised(html, tags=TAGS, **rules).strip()


def _attribute(_tag: str, name: str, value: str) -> str | None:
    allowed = _VALUES.get(name)
    return value if allowed and value != "1" and allowed.fullmatch(value) else None


def _refuse_too_long(text: str) -> None:
    if len(text) > MAX_CHARACTERS:
        raise TooLong(
            _(
                "The text is too long: at most %(limit)s characters, its formatting included. Please shorten it, paste"
                " it in parts or attach it as a file."
            )
            % {"limit": number(MAX_CHARACTERS)}
        )


def is_blank(html: str) -> bool:
    """Whether nothing at all can be read in it."""
    return not nfc(unescape(sanitised(html, tags=set(), clean_content_tags=_DROPPED_WHOLE))).strip()


# The plain form: blank lines part paragraphs; "- " makes a list, and so do numbers and letters that follow each other
# (1. 2., a) b), đ) e)); "### " and "#### " are headings, "| a | b |" rows.
_BULLET, _ROW = re.compile(r"[-•+*–—●○◦▪▫■□‣⁃∙]\s+(.*)"), re.compile(r"\|(.*)\|")
_NUMBERED = re.compile(r"(?:0?(\d{1,3})|([a-zđ]|[ivx]{2,5}))([.)])\s+(.*)", re.IGNORECASE)
_HEADING = re.compile(r"(####?)\s+(.*)")


def from_plain(text: str) -> str:
    """HTML of text typed into a plain box; every character of it is text."""
    _refuse_too_long(text)
    seen = legacy_encodings.composed(text.translate(PRIVATE_SIGNS), _LINE_END)
    lines = [line.strip() for line in seen.splitlines()]
    blocks = groupby(_marked(lines), key=lambda line: line[0])
    return clean("".join(_block(kind, [content for _kind, content in group]) for kind, group in blocks))


def _marked(lines: list[str]) -> Iterator[tuple[tuple, str]]:
    """Each line with its kind of block, of a numbered list its type and start, and the number of its block."""
    block, run = 0, None
    for place, line in enumerate(lines):
        numbered, following = _numbered(line, lines[place + 1] if place + 1 < len(lines) else "", run)
        run = (run[0], run[2], run[2]) if run and (not line or _BULLET.fullmatch(line)) else following
        kind, content = ("ol", numbered) if numbered else _kind(line)
        if kind in ("blank", "h3", "h4"):
            block += 1
        if content:
            yield (kind, block, *(run[:2] if numbered else ())), content
        if kind in ("h3", "h4"):
            block += 1


def _numbered(line: str, following: str, run: tuple | None) -> tuple[str, tuple | None]:
    """(the item's words, (type, start, next number)); a list begins at 1 or a), or where the next line goes on."""
    match, after = _NUMBERED.fullmatch(line), _NUMBERED.fullmatch(following)
    signs = _signs(match)
    if run and (run[0], run[2]) in signs:
        return match[4], (run[0], run[1], run[2] + 1)
    begun = next((it for it in signs if (it[0], it[1] + 1) in _signs(after)), None)
    if not begun and ("1", 1) in signs:
        begun = ("1", 1)
    if not begun and ("a", 1) in signs and match[3] == ")":
        begun = ("a", 1)
    return (match[4], (*begun, begun[1] + 1)) if begun else ("", None)


def _signs(match: re.Match | None) -> list[tuple[str, int]]:
    return readings(match[1] or match[2]) if match else []


def _kind(line: str) -> tuple[str, str]:
    if not line:
        return "blank", ""
    if match := _HEADING.fullmatch(line):
        return f"h{len(match[1])}", match[2]
    if match := _BULLET.fullmatch(line):
        return "ul", match[1]
    if match := _ROW.fullmatch(line):
        return "table", match[1]
    return "p", line


def _rows(lines: list[str]) -> str:
    cells = ["".join(f"<td>{escape(cell.strip())}</td>" for cell in line.split("|")) for line in lines]
    return "<table><tbody>" + "".join(f"<tr>{row}</tr>" for row in cells) + "</tbody></table>"


def _items(lines: list[str]) -> str:
    return "".join(f"<li>{escape(line)}</li>" for line in lines)


def _block(kind: tuple, lines: list[str]) -> str:
    if kind[0] == "ol":
        start = f' start="{kind[3]}"' if kind[3] != 1 else ""
        type = f' type="{kind[2]}"' if kind[2] != "1" else ""
        return f"<ol{start}{type}>{_items(lines)}</ol>"
    return _BLOCKS[kind[0]](lines)


_BLOCKS = {
    "p": lambda lines: "<p>" + "<br>".join(map(escape, lines)) + "</p>",
    "h3": lambda lines: f"<h3>{escape(lines[0])}</h3>",
    "h4": lambda lines: f"<h4>{escape(lines[0])}</h4>",
    "ul": lambda lines: f"<ul>{_items(lines)}</ul>",
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
            attributes = dict(attrs)
            self.lists.append([attributes.get("type", "1") if tag == "ol" else "", int(attributes.get("start", 1))])
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
        type, number = self.lists[-1]
        self.lists[-1][1] += 1
        return f"{sign(type, number)} " if type else "- "

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

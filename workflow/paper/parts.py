"""How a part of a paper's content reads when two of them are compared."""

import html
import re
from dataclasses import dataclass, field
from decimal import Decimal

import nh3

from vietnamese.list_signs import sign

CELL = re.compile(r"</t[dh]>\s*<t[dh]\b[^>]*>", re.IGNORECASE)
BREAK = re.compile(r"</(?:p|li|tr|h\d|div|blockquote)>|<br\s*/?>|<[uo]l\b[^<>]*>", re.IGNORECASE)
LISTING, ATTRIBUTE = re.compile(r"<(/?)(ul|ol|li)\b([^<>]*)>"), re.compile(r'(start|type)="([^"]*)"')


@dataclass(frozen=True)
class RunningText:
    """Running text, a paragraph a line; compared word by word."""

    text: str = ""

    @classmethod
    def of_html(cls, markup: str) -> "RunningText":
        broken = BREAK.sub("\n", CELL.sub(" | ", _numbered(markup.replace("\n", " "))))
        return cls(html.unescape(nh3.clean(broken, tags=set())))

    @property
    def paragraphs(self) -> list[str]:
        return [words for line in self.text.splitlines() if (words := " ".join(line.split()))]


def _numbered(markup: str) -> str:
    """The items of numbered lists with the signs they are shown with."""
    lists: list[list] = []

    def tag(match: re.Match) -> str:
        if match[2] != "li":
            attributes = dict(ATTRIBUTE.findall(match[3]))
            start = attributes.get("start", "1")
            if match[1]:
                del lists[-1:]
            else:
                number = int(start) if start.isascii() and start.isdigit() and len(start) < 5 else 1
                lists.append([attributes.get("type", "1") if match[2] == "ol" else "", number])
        elif not match[1] and lists and lists[-1][0]:
            lists[-1][1] += 1
            return f"{match[0]}{sign(lists[-1][0], lists[-1][1] - 1)} "
        return match[0]

    return LISTING.sub(tag, markup)


@dataclass(frozen=True)
class Amount:
    """One value in words; where it is a number, that too, and what it is a share of none."""

    shown: str = ""
    number: Decimal | None = None
    is_share: bool = False  # a percentage: its difference is in points
    why: str = ""  # the reason why there is none


@dataclass(frozen=True)
class CellTable:
    """Rows of cells in words under their headings; compared row by row."""

    columns: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)


@dataclass(frozen=True)
class Facts:
    """A few short values by what they are called."""

    values: dict[str, str] = field(default_factory=dict)


Part = RunningText | Amount | CellTable | Facts


def plain(part: dict) -> Part:
    """What a part says when its kind does not know better: running text, or its values by name."""
    if set(part) == {"html"}:
        return RunningText.of_html(part["html"] or "")
    if set(part) == {"text"}:
        return RunningText(part["text"] or "")
    return Facts({name: "" if value is None else str(value) for name, value in part.items()})

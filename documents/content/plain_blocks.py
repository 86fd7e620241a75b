"""A text edited in a plain box: blocks that were not touched keep their bold, their tables and their nested lists."""

import re
from collections import defaultdict
from html.parser import HTMLParser

from documents.content.richtext import clean, from_plain, to_plain
from vietnamese.text import nfc

BLOCKS = {"p", "h3", "h4", "ul", "ol", "table"}


def rewritten(text: str, stored: str) -> str:
    """HTML of what was typed, each block that still reads as it did taken from what is stored."""
    blocks = defaultdict(list)
    for block in _blocks(stored):
        blocks[_bare(to_plain(block))].append(block)
    typed = re.split(r"\n[ \t]*\n", nfc(text).replace("\r\n", "\n").replace("\r", "\n"))
    written = [blocks[_bare(chunk)].pop(0) if blocks[_bare(chunk)] else from_plain(chunk) for chunk in typed]
    return clean("".join(written))


def _bare(text: str) -> str:
    return "\n".join(line.strip() for line in text.strip().splitlines())


def _blocks(html: str) -> list[str]:
    """The outermost blocks of clean HTML; words that stand in none make one together."""
    reader = _Outermost()
    reader.feed(html)
    reader.close()
    return [block for block in [*reader.done, reader.open] if block]


class _Outermost(HTMLParser):
    def __init__(self):
        super().__init__(convert_charrefs=False)
        self.done, self.open, self.depth = [], "", 0

    def handle_starttag(self, tag, attrs):
        if not self.depth and tag in BLOCKS:
            self._end()
        self.depth += tag in BLOCKS
        self.open += self.get_starttag_text()

    def handle_endtag(self, tag):
        self.open += f"</{tag}>"
        self.depth -= tag in BLOCKS
        if not self.depth and tag in BLOCKS:
            self._end()

    def handle_data(self, data):
        self.open += data

    def handle_entityref(self, name):
        self.open += f"&{name};"

    def handle_charref(self, name):
        self.open += f"&#{name};"

    def _end(self):
        self.done.append(self.open)
        self.open = ""

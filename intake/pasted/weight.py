"""What markup costs a parser: at every tag it may look at all that stands open, which is told before it is parsed."""

import re

import nh3

MAX_LOOKS = 5_000_000  # some tenths of a second
FORMATTING = frozenset(
    ["a", "b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"]
)
COSTLY = 10  # looks at a tag of formatting, which is begun anew in every block
_BY_THEMSELVES = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "image", "img", "input", "link", "meta", "param", "source", "wbr"]
)
_ENDED_BY_THE_NEXT = frozenset(
    ["colgroup", "dd", "dt", "li", "optgroup", "option", "p", "tbody", "td", "tfoot", "th", "thead", "tr"]
)
_TAG = re.compile(r"<(/?)([a-z][^\s/>]*)", re.IGNORECASE)


# nh3 writes the signs around the no-break space, « and © among them, a thousand times slower than any other.
_SLOW = {code: code + 0xF0000 for code in range(0x80, 0xC0)}  # to where nobody's letters are
_BACK = {away: code for code, away in _SLOW.items()}


class TooManyTags(ValueError):
    """More markup than any text of a section needs."""


def refuse_heavy(html: str) -> None:
    """Raises TooManyTags for markup nested so deep, or left open so often, that reading it would take seconds."""
    opened: dict[str, int] = {}
    weight = looks = 0
    for ends, name in _TAG.findall(html.lower()):
        looks += weight
        if looks > MAX_LOOKS:
            raise TooManyTags
        if name in _BY_THEMSELVES or name in _ENDED_BY_THE_NEXT:
            continue
        each, standing = COSTLY if name in FORMATTING else 1, opened.get(name, 0)
        if not ends:
            opened[name], weight = standing + 1, weight + each
        elif standing:
            opened[name], weight = standing - 1, weight - each


def sanitised(html: str, **rules) -> str:
    """What nh3 makes of it by these rules, the signs in between kept out of its sight."""
    return nh3.clean(html.translate(_SLOW), link_rel=None, **rules).translate(_BACK)

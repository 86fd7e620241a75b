"""Raised and lowered characters as characters of their own: 10⁶ and CO₂, else 2^k and x_(max)."""

import re

from intake.pasted.nodes import Element, Text
from intake.pasted.reading import BLOCKS, has, words

_HIGH = str.maketrans("0123456789+-−–=()ni", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁻⁼⁽⁾ⁿⁱ")
_LOW = str.maketrans("0123456789+-−–=()", "₀₁₂₃₄₅₆₇₈₉₊₋₋₋₌₍₎")
_FAR = r"(?:[3-9]|\d\d)(?:\.\d+)?p[tx]|[2-9]\d(?:\.\d+)?%|0?\.[2-9]\d*em"  # less only sets it straight
_RAISED = re.compile(rf"vertical-align\s*:\s*(?:super|text-top|{_FAR})|mso-text-raise\s*:\s*(?:[3-9]|\d\d)")
_LOWERED = re.compile(rf"vertical-align\s*:\s*(?:sub|text-bottom|-(?:{_FAR}))|mso-text-raise\s*:\s*-(?:[3-9]|\d\d)")
# Sites set all raised characters so, and raise them by their place.
_LEVEL = re.compile(r"^(?!.*position\s*:\s*relative).*vertical-align\s*:\s*baseline")
_ENGLISH = re.compile(r"st|nd|rd|th", re.IGNORECASE)
_NOTE = re.compile(r"\W*|\[.*\]")  # a mark of a note: an asterisk, a number in brackets
_TO_NOTE = re.compile("^#(?:_ftn|_edn|sdfootnote|sdendnote|ftnt|fn|footnote|endnote)(.*(?:ref|anc))?")  # and back
MAX_RAISED_CHARACTERS = 20  # characters; more is a sentence set small, not a power


def write_out(body: Element) -> None:
    """In place of each raised or lowered run its characters; one within another counts with the outer."""
    for link in body.elements(("a",)):
        match = _TO_NOTE.match(link.attribute("href"))
        if match and re.fullmatch(r"\w{1,4}", words(link)):  # a note's number is no power
            link.replace_with(Text(f"[{words(link)}]" + " " * bool(match[1])))
    for tag in body.elements():
        if tag.parent is None or not (kind := _kind(tag)):
            continue
        while isinstance(more := tag.following, Element) and _kind(more) == kind and _is_one(tag, more, kind):
            tag.append(*more.children())
            more.drop()
        run, text = tag.text(), written(words(tag), kind)
        if text != words(tag):  # the spaces at its ends part the words around it
            tag.replace_with(Text(" " * run[0].isspace() + text + " " * run[-1].isspace()))


def _is_one(tag: Element, more: Element, kind: str) -> bool:
    """Whether a power goes on in the next run: Word begins one anew wherever something was corrected."""
    text, table = tag.text() + more.text(), _HIGH if kind == "sup" else _LOW
    return bool(more.text()) and len(text) <= MAX_RAISED_CHARACTERS and all(ord(letter) in table for letter in text)


def written(text: str, kind: str) -> str:
    """The run's characters; as they are where being raised means nothing."""
    table, sign = (_HIGH, "^") if kind == "sup" else (_LOW, "_")
    if not text or len(text) > MAX_RAISED_CHARACTERS or _NOTE.fullmatch(text) or _ENGLISH.fullmatch(text):
        return text
    if kind == "sup" and text == "o":  # 37 °C
        return "°"
    if all(ord(letter) in table for letter in text):
        return text.translate(table)
    return f"{sign}{text}" if len(text) == 1 else f"{sign}({text})"


def _kind(tag: Element) -> str:
    if tag.name in BLOCKS or has(tag, _LEVEL) or tag.holds(BLOCKS):
        return ""
    if tag.name == "sup" or has(tag, _RAISED):
        return "sup"
    return "sub" if tag.name == "sub" or has(tag, _LOWERED) else ""


def for_browser() -> dict[str, str]:
    """The patterns as data, so that a page's script holds none of its own."""
    return {"raised": _RAISED.pattern, "lowered": _LOWERED.pattern, "level": _LEVEL.pattern, "toNote": _TO_NOTE.pattern}


def tables_for_browser() -> dict[str, dict[str, str]]:
    return {name: {chr(a): chr(b) for a, b in it.items()} for name, it in (("high", _HIGH), ("low", _LOW))}

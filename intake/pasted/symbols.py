"""What a font of symbols, a box to tick or a field to fill in shows, as characters; what no table knows is reported."""

import re

from intake.pasted.losses import Losses
from intake.pasted.nodes import Element, Text
from intake.pasted.reading import IGNORED, has

_GREEK = dict(
    zip(
        "ABCDEFGHIKLMNOPQRSTUWXYZabcdefghijklmnopqrstuvwxyz",
        "ΑΒΧΔΕΦΓΗΙΚΛΜΝΟΠΘΡΣΤΥΩΞΨΖαβχδεφγηιϕκλμνοπθρστυϖωξψζ",
        strict=True,
    )
)
_SIGNS = dict(
    zip(
        "-@JV\"$'£¥³¹±´¸»ºµ°·®¬«\u00ad¯ÞÛ¶Ö¤ÎÏÇÈåòÆÑ¼¢²",
        "−≅ϑς∀∃∋≤∞≥≠±×÷≈≡∝°•→←↔↑↓⇒⇔∂√⁄∈∉∩∪∑∫∅∇…′″",
        strict=True,
    )
)
_SAME = {it: it for it in "0123456789!#%&()*+,./:;<=>?[]_{|}"}
_WINGDINGS = dict(zip("àßáâóçèðüþýûoq¨§lnvuØFJL", "→←↑↓↔⬅➔⇨✓☑☒✗☐❑☐▪●■❖◆➢☞☺☹", strict=True))
FONTS = {
    "symbol": _GREEK | _SIGNS | _SAME,
    "wingdings": _WINGDINGS,
    "wingdings 2": dict(zip("PROTQ£*", "✓☑✗☒☒☐☐", strict=True)),
    "wingdings 3": {},
    "webdings": {"a": "✓"},
}
_WITHOUT_FONT = _WINGDINGS | dict(zip("·³£¹±´¸®-+*", "•≥≤≠±×÷→-+*", strict=True))  # in a PDF's private letters
_PRIVATE = range(0xF000, 0xF100)  # the same signs again, at the number in the font
PRIVATE_SIGNS = {_PRIVATE.start + ord(letter): sign for letter, sign in _WITHOUT_FONT.items()}
_FONT = [re.compile(rf"(?<![\w-]){it}\s*:\s*([^;,]+)") for it in ("mso-symbol-font-family", "font-family")]
_FILLED_IN = frozenset(["", "date", "email", "month", "number", "search", "tel", "text", "time", "url"])


def write_out(body: Element, losses: Losses) -> None:
    """In place of each sign its character, of a box whether it is ticked, of a field what stands in it."""
    fonts, signs = {id(body): ""}, {id(body): False}  # the font of each element, and whether it is the sign of an item
    for node in list(body.nodes()):
        if isinstance(node, Element):
            fonts[id(node)] = _font(node) or fonts[id(node.parent)]
            signs[id(node)] = "data-sign" in node.attrs or has(node, IGNORED) or signs[id(node.parent)]
        elif isinstance(node, Text):
            new, unknown = written(node.data, fonts[id(node.parent)])
            if unknown and signs[id(node.parent)]:
                new = "•"
            elif unknown:
                losses.add("symbols", unknown)
            node.data = new
    for tag in body.elements():
        if tag.name == "input":
            tag.replace_with(Text(_field(tag)))
        elif "aria-checked" in tag.attrs:
            first = next((it for it in tag.texts() if it.data.strip()), None)
            sign = Text(_box(ticked=tag.attrs["aria-checked"] == "true"))
            first.insert_before(sign) if first else tag.append(sign)


def written(text: str, font: str) -> tuple[str, str]:
    """(the text under that font, the first of its characters that no table knows)."""
    is_signs = font in FONTS and all(ord(it) <= 0xFF or ord(it) in _PRIVATE for it in text)  # others it cannot show
    table = FONTS[font] if is_signs else _WITHOUT_FONT
    new, unknown = [], ""
    for letter in text:
        is_private = ord(letter) in _PRIVATE
        if letter.isspace() or not (is_private or is_signs):
            new.append(letter)
            continue
        sign = table.get(chr(ord(letter) - _PRIVATE.start) if is_private else letter, "")
        unknown = unknown or ("" if sign else letter)
        new.append(sign or letter)
    return "".join(new), unknown


def _font(tag: Element) -> str:
    if tag.attribute("face"):
        return tag.attribute("face").split(",")[0].strip("\"' ").lower()
    matches = (it.search(tag.attribute("style")) for it in _FONT)
    return next((match[1].strip("\"' ") for match in matches if match), "")


def _field(tag: Element) -> str:
    kind = tag.attribute("type").strip().lower()
    if kind in ("checkbox", "radio"):
        return _box(ticked="checked" in tag.attrs)
    return tag.attribute("value") if kind in _FILLED_IN else ""


def _box(*, ticked: bool) -> str:
    return "☑ " if ticked else "☐ "


def for_browser() -> dict:
    """The tables as data, so that a page's script holds none of its own."""
    named = [font.pattern for font in _FONT]
    return {"fonts": FONTS, "withoutFont": _WITHOUT_FONT, "named": named, "filledIn": sorted(_FILLED_IN)}

"""Text in fonts made before Unicode, converted and reported."""

import re

from intake.pasted.losses import Losses
from intake.pasted.nodes import Element, Text
from vietnamese import legacy_encodings
from vietnamese.legacy_encodings import Encoding

_FONT = re.compile(
    r"(?:mso-(?:ascii|hansi|bidi)-)?font-family\s*:\s*([^;,]+)|font\s*:[^;]{0,80}?([\"']?(?:\.vn|vni-)[^;,]*)"
)


def convert(body: Element, losses: Losses) -> None:
    """Words under a font of an old encoding, where they read like Vietnamese afterwards."""
    under = _texts_by_encoding(body)
    for encoding in legacy_encodings.ENCODINGS:
        texts = under.get(encoding.name, [])
        if texts and legacy_encodings.reads_better(" ".join(text.data for text, _capitals in texts), encoding):
            for text, capitals in texts:
                _convert(text, encoding, capitals, losses)


def _texts_by_encoding(body: Element) -> dict[str, list]:
    by_encoding: dict[str, list] = {}
    fonts = {id(body): None}
    for tag in body.elements():
        fonts[id(tag)] = legacy_encodings.of_font(name) if (name := _font(tag)) else fonts[id(tag.parent)]
    for text in body.texts():
        if (font := fonts.get(id(text.parent))) and text.data.strip():
            by_encoding.setdefault(font[0].name, []).append((text, font[1]))
    return by_encoding


def _font(tag: Element) -> str:
    if tag.attribute("face"):
        return tag.attribute("face").split(",")[0]
    named = _FONT.search(tag.attribute("style"))
    return (named[1] or named[2] or "").strip() if named else ""


def _convert(text: Text, encoding: Encoding, capitals: bool, losses: Losses) -> None:
    old, new = text.data, encoding.decoded(text.data, capitals=capitals)
    if new != old:
        losses.add("converted", f"{' '.join(old.split())[:28]} → {' '.join(new.split())[:28]}")
        losses.encoding = encoding.name
        text.data = new

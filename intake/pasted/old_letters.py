"""Text in fonts made before Unicode, converted and said."""

import re

from bs4 import Tag

from intake.pasted.losses import Losses
from vietnamese import legacy_encodings
from vietnamese.legacy_encodings import Encoding

_FONT = re.compile(
    r"(?:mso-(?:ascii|hansi|bidi)-)?font-family\s*:\s*([^;,]+)|font\s*:[^;]*?([\"']?(?:\.vn|vni-)[^;,]*)"
)


def convert(body: Tag, losses: Losses) -> None:
    """Words under a font of an old encoding, where they read like Vietnamese afterwards."""
    under = _texts_by_encoding(body)
    for encoding in legacy_encodings.ENCODINGS:
        texts = under.get(encoding.name, [])
        if texts and legacy_encodings.reads_better(" ".join(str(text) for text, _capitals in texts), encoding):
            for text, capitals in texts:
                _convert(text, encoding, capitals, losses)


def _texts_by_encoding(body: Tag) -> dict[str, list]:
    found: dict[str, list] = {}
    fonts = {id(body): None}
    for tag in body.find_all(True):
        fonts[id(tag)] = legacy_encodings.of_font(name) if (name := _font(tag)) else fonts[id(tag.parent)]
    for text in body.find_all(string=True):
        if (font := fonts.get(id(text.parent))) and text.strip():
            found.setdefault(font[0].name, []).append((text, font[1]))
    return found


def _font(tag: Tag) -> str:
    if tag.get("face"):
        return tag["face"].split(",")[0]
    named = _FONT.search(tag.get("style", ""))
    return (named[1] or named[2] or "").strip() if named else ""


def _convert(text, encoding: Encoding, capitals: bool, losses: Losses) -> None:
    new = encoding.decoded(str(text), capitals=capitals)
    if new != str(text):
        losses.add("converted", f"{' '.join(text.split())[:28]} → {' '.join(new.split())[:28]}")
        losses.encoding = encoding.name
        text.replace_with(new)

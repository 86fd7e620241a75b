"""Text in fonts made before Unicode, converted and reported."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby, pairwise

from intake.pasted.losses import Losses
from intake.pasted.nodes import Element, Text
from intake.pasted.reading import BLOCKS
from vietnamese import legacy_encodings
from vietnamese.legacy_encodings import Encoding

# The font of our letters, the likeliest first; those of Asian and of right-to-left scripts stand beside it.
_FONTS = [
    *(re.compile(rf"(?<![\w-]){it}\s*:\s*([^;,]+)") for it in ("mso-hansi-font-family", "font-family")),
    re.compile(r"(?<![\w-])mso-ascii-font-family\s*:\s*([^;,]+)"),
    re.compile(r"(?<![\w-])font\s*:[^;]{0,80}?([\"']?(?:\.vn|vni-)[^;,]*)"),
]


@dataclass(frozen=True)
class _Run:
    """Words under one old font; `behind` is the run before, where nothing stands between the two."""

    text: Text
    capitals: bool
    paragraph: Element | None
    behind: Text | None


def convert(body: Element, losses: Losses) -> None:
    """Words under a font of an old encoding, where they read like Vietnamese afterwards."""
    under = _runs_by_encoding(body)
    for encoding in legacy_encodings.ENCODINGS:
        runs = _really_in(encoding, under.get(encoding.name, []))
        _keep_pairs(runs, encoding)
        for run in runs:
            _convert(run, encoding, losses)


def _runs_by_encoding(body: Element) -> dict[str, list[_Run]]:
    by_encoding: dict[str, list[_Run]] = {}
    fonts = {id(body): None}
    before: Text | None = None
    for node in body.nodes():
        if isinstance(node, Element):
            fonts[id(node)] = legacy_encodings.of_font(name) if (name := _font(node)) else fonts[id(node.parent)]
            before = None if node.name == "br" else before
        elif isinstance(node, Text):
            if (font := fonts[id(node.parent)]) and node.data.strip():
                runs, paragraph = by_encoding.setdefault(font[0].name, []), node.inside(BLOCKS)
                joined = bool(runs) and runs[-1].text is before and runs[-1].paragraph is paragraph
                runs.append(_Run(node, font[1], paragraph, before if joined else None))
            before = node
    return by_encoding


def _font(tag: Element) -> str:
    if tag.attribute("face"):
        return tag.attribute("face").split(",")[0]
    matches = (it.search(tag.attribute("style")) for it in _FONTS)
    return next((match[1].strip() for match in matches if match), "")


def _really_in(encoding: Encoding, runs: list[_Run]) -> list[_Run]:
    """All of them when they read better so, else the paragraphs that do, or the runs of one partly in Unicode."""
    if legacy_encodings.reads_better(_words(runs), encoding):
        return runs
    parts: list[list[_Run]] = []
    for _paragraph, group in groupby(runs, key=lambda run: id(run.paragraph)):
        paragraph = list(group)
        parts += [[it] for it in paragraph] if legacy_encodings.is_unicode(_words(paragraph)) else [paragraph]
    if all(legacy_encodings.detected(_words(part), enough=1) is not encoding for part in parts):
        return []  # a changed font alone makes no old letters
    return [run for part in parts if legacy_encodings.reads_better(_words(part), encoding) for run in part]


def _words(runs: Iterable[_Run]) -> str:
    return "".join(run.text.data if run.behind else f" {run.text.data}" for run in runs)


def _keep_pairs(runs: list[_Run], encoding: Encoding) -> None:
    """A mark goes to the letter that it stands behind, where a run ends between the two."""
    for before, run in pairwise(runs):
        if run.behind is before.text and before.text.data[-1:] + run.text.data[:1] in encoding.table:
            before.text.data += run.text.data[:1]
            run.text.data = run.text.data[1:]


def _convert(run: _Run, encoding: Encoding, losses: Losses) -> None:
    old, new = run.text.data, encoding.decoded(run.text.data, capitals=run.capitals)
    if new != old:
        losses.add("converted", f"{' '.join(old.split())[:28]} → {' '.join(new.split())[:28]}")
        losses.encoding = encoding.name
        run.text.data = new


def for_browser() -> dict[str, list[str]]:
    """The patterns as data, so that a page's script holds none of its own."""
    return {"fonts": [font.pattern for font in _FONTS]}

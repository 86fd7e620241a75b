"""Builds the web fonts of the pages from the Be Vietnam Pro wheel: python -m config.launch.fonts OUT_DIR.

Two families, as woff2, under OUT_DIR/fonts: Be Vietnam Pro cut to Latin and Vietnamese, and Trinh Figures, the same
digits centred on one width for columns of numbers (Be Vietnam Pro has no tabular digits). The licence travels along.
"""

import hashlib
import shutil
import sys
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

PACKAGE = "fontpkg-be-vietnam-pro"
WEIGHTS = ("Regular", "Medium", "SemiBold", "Bold")
DIGITS = "0123456789"
FIGURES = [ord(sign) for sign in DIGITS + ".,%:/ -–+"]
LATIN = [*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x1A0, 0x1B1)]
VIETNAMESE = [*range(0x300, 0x324), *range(0x1EA0, 0x1EFA), 0x20AB]
SIGNS = [*range(0x2010, 0x2027), 0x2030, 0x2032, 0x2039, 0x203A, 0x2190, 0x2192, 0x2212, 0x2264, 0x2265]


def main(out: Path) -> None:
    """Build what is missing or out of date; an up-to-date folder is left alone."""
    fonts = out / "fonts"
    stamp = out / ".fonts-stamp"
    if stamp.is_file() and stamp.read_text() == recipe() and all(path.is_file() for path in products(fonts)):
        return
    fonts.mkdir(parents=True, exist_ok=True)
    for weight in WEIGHTS:
        save(text_font(weight), fonts / f"BeVietnamPro-{weight}.woff2")
        save(figure_font(weight), fonts / f"TrinhFigures-{weight}.woff2")
    shutil.copyfile(package() / "LICENSE", fonts / "OFL.txt")
    stamp.write_text(recipe())


def recipe() -> str:
    """What the result depends on: this file, the font package and fontTools."""
    digest = hashlib.sha256(Path(__file__).read_bytes()).hexdigest()
    return f"{digest} {version(PACKAGE)} {version('fonttools')}"


def products(fonts: Path) -> list[Path]:
    names = [f"{family}-{weight}.woff2" for family in ("BeVietnamPro", "TrinhFigures") for weight in WEIGHTS]
    return [fonts / name for name in [*names, "OFL.txt"]]


def package() -> Path:
    return Path(find_spec(PACKAGE.replace("-", "_")).origin).parent


def source(weight: str) -> TTFont:
    # Without the fixed time stamp two builds of one recipe would differ, and so would every hashed file name.
    return TTFont(package() / "files" / f"BeVietnamPro-{weight}.ttf", recalcTimestamp=False)


def text_font(weight: str) -> TTFont:
    return cut(source(weight), [*LATIN, *VIETNAMESE, *SIGNS], features=["*"])


def figure_font(weight: str) -> TTFont:
    font = cut(source(weight), FIGURES, features=[])
    equal_widths(font)
    return font


def cut(font: TTFont, unicodes: list[int], features: list[str]) -> TTFont:
    options = Options()
    options.layout_features = features
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=unicodes)
    subsetter.subset(font)
    return font


def equal_widths(font: TTFont) -> None:
    """Centre every digit on one advance; the odd widths of 1, 7 and 8 do not set it."""
    names, glyphs = font.getBestCmap(), font.getGlyphSet()
    width = max(font["hmtx"][names[ord(digit)]][0] for digit in "0234569") - 30
    drawn = {}
    for digit in DIGITS:
        name = names[ord(digit)]
        advance, left = font["hmtx"][name]
        shift = round((width - advance) / 2)
        pen = TTGlyphPen(None)
        glyphs[name].draw(TransformPen(pen, (1, 0, 0, 1, shift, 0)))
        drawn[name] = pen.glyph(), left + shift
    for name, (glyph, left) in drawn.items():
        font["glyf"][name] = glyph
        font["hmtx"][name] = width, left


def save(font: TTFont, path: Path) -> None:
    font.flavor = "woff2"
    draft = path.with_suffix(".draft")
    font.save(draft)
    draft.replace(path)


if __name__ == "__main__":
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    main(Path(sys.argv[1]))

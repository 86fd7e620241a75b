"""Vietnamese text: clean input, search without marks, names in Vietnamese order, official dates and numbers."""

import datetime
import re
import unicodedata
from decimal import Decimal

_INVISIBLE = (
    *range(0x09), *range(0x0E, 0x20), *range(0x7F, 0x85), *range(0x86, 0xA0),  # controls but tab and line ends
    0x00AD, 0x061C, 0x180E, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070),
    0xFEFF, *range(0xD800, 0xE000), *range(0xE0000, 0xE0080),
)  # fmt: skip
CLEANING = (
    dict.fromkeys(_INVISIBLE)
    | dict.fromkeys((0x00A0, 0x2007, 0x202F), " ")
    | dict.fromkeys((0x0B, 0x0C, 0x85, 0x2028, 0x2029), "\n")  # Word's soft line break arrives as a vertical tab
    | dict.fromkeys((0x00D0, 0x0189), "Đ")
)
_SMALL_D = re.compile("(?<![^\\W\\d_])[ðɖ]")  # begins a word: an Icelandic name keeps its own letter within
_HYPHENS = "\u2010\u2011\u2012\u2013\u2212\ufe63\uff0d"
_APOSTROPHES = "\u2018\u2019\u02bc\u2032\u00b4"  # H’Bia, K'Sor
AS_SEARCHED = str.maketrans("đðɖς" + _HYPHENS + _APOSTROPHES, "dddσ" + "-" * len(_HYPHENS) + "'" * len(_APOSTROPHES))


MAX_MARKS = 30  # on one letter, as in Unicode's stream-safe text: to sort a hundred thousand takes half a minute
_MAY_BE_MARKS = re.compile(rf"[^\w\x00-\x7f]{{{MAX_MARKS + 1},}}")


def nfc(text: str) -> str:
    """Text as it is stored: NFC, nothing invisible, ordinary spaces, one and the same Đ however it was typed."""
    seen = _MAY_BE_MARKS.sub(_few_marks, text.translate(CLEANING))
    return _SMALL_D.sub("đ", unicodedata.normalize("NFC", seen))


def _few_marks(run: re.Match) -> str:
    kept, marks = [], 0
    for letter in run[0]:
        marks = marks + 1 if unicodedata.combining(letter) else 0
        if marks <= MAX_MARKS:
            kept.append(letter)
    return "".join(kept)


def fold(text: str) -> str:
    """Text as it is searched: lower case, no marks, đ as d, one hyphen, one apostrophe; `folding.FUNCTION` in SQL."""
    decomposed = unicodedata.normalize("NFD", nfc(text))
    plain = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return plain.lower().translate(AS_SEARCHED)


_COMRADE = re.compile(r"(?<!\S)[đĐ]/[cC]\.?(?!\S)")


def unaddressed(typed: str) -> str:
    """What was typed to find somebody, without the “đ/c” that our own sentences put before a name."""
    return _COMRADE.sub(" ", nfc(typed))


# A letter's variants follow the whole of its plain form: "~" sorts after every ASCII letter, so az < ă < â.
_BREVE, _CIRCUMFLEX, _HORN = "\u0306", "\u0302", "\u031b"
_VARIANTS = {
    ("a", _BREVE): "~", ("a", _CIRCUMFLEX): "~~", ("e", _CIRCUMFLEX): "~",
    ("o", _CIRCUMFLEX): "~", ("o", _HORN): "~~", ("u", _HORN): "~",
}  # fmt: skip
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}  # huyền hỏi ngã sắc nặng
_FOREIGN_MARK = "6"
OUR_MARKS = "".join((_BREVE, _CIRCUMFLEX, _HORN, *_TONES))
_WORD, _PART = "-", " "  # in C collation: end of part < end of word < digits < letters < "~" < other scripts


def sort_key(full_name: str) -> str:
    """A string that sorts, byte by byte, by given name and then family and middle names; tones come second in each."""
    words = nfc(full_name).split()
    return _PART.join((*_letters_and_tones(words[-1:]), *_letters_and_tones(words[:-1])))


def _letters_and_tones(words: list[str]) -> tuple[str, str]:
    letters, tones = [], []
    for base, marks in _clusters(" ".join(words)):
        if not base.isalnum():
            letters.append(" ")
            continue
        letters.append("d~" if base == "đ" else base + "".join(_VARIANTS.get((base, mark), "") for mark in marks))
        tones.append(_tone(base, marks))
    return _WORD.join("".join(letters).split()), "".join(tones).rstrip("0")


def _clusters(text: str):
    """Each character with the marks that sit on it."""
    base, marks = "", ""
    for character in unicodedata.normalize("NFD", unicodedata.normalize("NFD", text).casefold()):
        if unicodedata.combining(character):
            marks += character
            continue
        if base:
            yield base, marks
        base, marks = character, ""
    if base:
        yield base, marks


def _tone(base: str, marks: str) -> str:
    tones = [_TONES[mark] for mark in marks if mark in _TONES]
    if tones:
        return tones[0]
    return _FOREIGN_MARK if any((base, mark) not in _VARIANTS for mark in marks) else "0"


def long_date(date: datetime.date) -> str:
    """ngày 09 tháng 3 năm 2021, as Decree 30/2020 pads it."""
    return f"ngày {date.day:02} tháng {_month(date)} năm {date.year}"


def short_official_date(date: datetime.date) -> str:
    """09/3/2021, as official papers write it in running text."""
    return f"{date.day:02}/{_month(date)}/{date.year}"


def _month(date: datetime.date) -> str:
    # Decree 30/2020 pads a month only where a digit could be slipped in before it: 1 and 2 (10, 11, 12).
    return f"{date.month:02}" if date.month < 3 else str(date.month)


def number(value: int | Decimal | float) -> str:
    """1.234.567,5: dots between thousands, a decimal comma, no idle zeros."""
    whole, _, fraction = f"{Decimal(str(value)):,f}".partition(".")
    digits = whole.replace(",", ".") + ("," + fraction).rstrip("0").rstrip(",")
    return "0" if digits == "-0" else digits

"""Text typed before Unicode: TCVN3 (fonts .VnTime, .VnTimeH) and VNI-Windows, known by its font or by its letters."""

import re
import unicodedata
from dataclasses import dataclass, field

from vietnamese.text import nfc

_TCVN3 = dict(
    zip(
        "¡¢£¤¥¦§¨©ª«¬\u00ad®µ¶·¸¹»¼½¾ÆÇÈÉÊËÌÎÏÐÑÒÓÔÕÖ×ØÜÝÞßáâãäåæçèéêëìíîïñòóôõö÷øùúûüýþ",
        "ĂÂÊÔƠƯĐăâêôơưđàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ",
        strict=True,
    )
)
_TONES = {"ø": "\u0300", "ù": "\u0301", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
_MARKS = {
    "â": "\u0302",
    "à": "\u0302\u0300", "á": "\u0302\u0301", "å": "\u0302\u0309", "ã": "\u0302\u0303", "ä": "\u0302\u0323",
}  # fmt: skip
_BREVES = {
    "ê": "\u0306",
    "è": "\u0306\u0300", "é": "\u0306\u0301", "ú": "\u0306\u0309", "ü": "\u0306\u0303", "ë": "\u0306\u0323",
}  # fmt: skip
_VNI_PAIRS = {"a": _TONES | _MARKS | _BREVES, "e": _TONES | _MARKS, "o": _TONES | _MARKS, "u": _TONES, "y": _TONES}
_VNI_ALONE = dict(zip("ñôöìíæóòî", "đơưìíỉĩịỵ", strict=True))
_VNI_ALONE_WITH_TONES = {"ô": ("ơ", _TONES), "ö": ("ư", _TONES)}


def _vni() -> dict[str, str]:
    """Letter and mark -> letter; a capital stands with the mark in either case."""
    pairs = {(base, base): marks for base, marks in _VNI_PAIRS.items()}
    pairs |= {(typed, base): marks for typed, (base, marks) in _VNI_ALONE_WITH_TONES.items()}
    small = dict(_VNI_ALONE)
    small |= {typed + mark: base + added for (typed, base), marks in pairs.items() for mark, added in marks.items()}
    capital = {typed.upper(): letter.upper() for typed, letter in small.items()}
    mixed = {typed[0].upper() + typed[1:]: letter.upper() for typed, letter in small.items()}
    return {typed: unicodedata.normalize("NFC", letter) for typed, letter in {**mixed, **capital, **small}.items()}


@dataclass(frozen=True)
class Encoding:
    """One way of writing Vietnamese with the letters of another alphabet."""

    name: str
    fonts: str  # a pattern
    table: dict[str, str]
    pattern: re.Pattern = field(init=False)

    def __post_init__(self):
        longest_first = sorted(self.table, key=len, reverse=True)
        object.__setattr__(self, "pattern", re.compile("|".join(map(re.escape, longest_first))))

    def decoded(self, text: str, *, capitals: bool = False) -> str:
        """The text in Unicode; `capitals` for a font that shows small letters as capitals."""
        text = self.pattern.sub(lambda letter: self.table[letter[0]], text)
        return text.upper() if capitals else text

    def described(self, text: str) -> dict[str, str]:
        """What a sentence about a text in it names: how it is written, how it begins and what that would become."""
        return {"encoding": self.name, "before": text[:60], "after": self.decoded(text)[:60]}


TCVN3 = Encoding("TCVN3", r"\.vn", _TCVN3)
VNI = Encoding("VNI", "vni", _vni())
ENCODINGS = (TCVN3, VNI)

_UNICODE = re.compile("[\u0100-\u024f\u0300-\u036f\u1e00-\u1eff]")
_CAPITALS = re.compile(r"\.vn.*h", re.IGNORECASE)


def of_font(name: str) -> tuple[Encoding, bool] | None:
    """(encoding, whether the font shows capitals only) by the name of a font."""
    name = name.strip("\"' ")
    for encoding in ENCODINGS:
        if re.match(encoding.fonts, name, re.IGNORECASE):
            return encoding, bool(_CAPITALS.fullmatch(name))
    return None


# A syllable as Vietnamese spells it, without its tone; what an encoding gives must read like this to be believed.
_SYLLABLE = (
    "(?:ngh|ng|nh|gh|gi|kh|ph|qu|th|tr|ch|[bcdđghklmnprstvx])?"
    "(?:oai|oay|oeo|uay|uây|uyê|uya|iêu|yêu|ươi|ươu|uôi|oao|uêu|uyu|oă|oa|oe|oo|uâ|uê|uô|uơ|ưa|ươ|ưi|ưu|ua|ui|uy"
    "|ia|iê|yê|iu|ai|ao|au|ay|âu|ây|eo|êu|oi|ôi|ơi|[aăâeêioôơuưy])"
    "(?:ch|ng|nh|[cmnpt])?"
)
_IS_SYLLABLE = re.compile(_SYLLABLE)
_LETTER = r"[^\s\d.,:;!?()\[\]{}/\\|\"“”…–_+=*%-]"
# Neither beside a digit, as 5×6 and Ø20, nor signs alone, as ½.
_WORD = re.compile(rf"(?<!{_LETTER})(?<!\d)(?![\u00a1-\u00bf\u00d7\u00f7]+(?!{_LETTER})){_LETTER}+(?!{_LETTER}|\d)")
_ABBREVIATION = re.compile("[AU]?[BCDĐGHKLMNPQSTVX]{2,8}")  # QĐ, LĐLĐ
_TONE = re.compile("[\u0300\u0301\u0303\u0309\u0323]")
ENOUGH_WORDS, ENOUGH_SHARE = 2, 0.9


def is_unicode(text: str) -> bool:
    """Whether a letter of it stands in no old encoding."""
    return bool(_UNICODE.search(text))


def detected(text: str, *, enough: int = ENOUGH_WORDS) -> Encoding | None:
    """The encoding a text without fonts seems to be in: its odd words spell Vietnamese only when read by it."""
    if is_unicode(text):
        return None
    odd = [word for word in _WORD.findall(text) if not word.isascii()]
    strange = [word for word in odd if not _spells(word)]
    if len(odd) < enough or 2 * len(strange) < len(odd):
        return None
    fitting = {encoding.name: _share(odd, encoding) for encoding in ENCODINGS}
    best = max(ENCODINGS, key=lambda encoding: fitting[encoding.name])
    return best if fitting[best.name] >= ENOUGH_SHARE else None


LONE_SIGN = re.compile(r"(?<!\S)\S(?!\S)")
_NO_WORD = re.compile(rf"{LONE_SIGN.pattern}|\S*\u00d0\S*")  # and QÐ, with what many type for Đ


def old_line(text: str) -> dict[str, str]:
    """Of the first line of a text that seems to be in old letters what `Encoding.described` says; empty without one."""
    lines = ((detected(_NO_WORD.sub(" ", line)), line) for line in text.splitlines())
    return next((encoding.described(line) for encoding, line in lines if encoding), {})


def in_unicode(text: str) -> str:
    """Each line that seems to be in old letters in Unicode."""
    lines = ((line, detected(_NO_WORD.sub(" ", line), enough=1)) for line in text.splitlines())
    return "\n".join(encoding.decoded(line) if encoding else line for line, encoding in lines)


def reads_better(text: str, encoding: Encoding) -> bool:
    """Whether text under a font of this encoding is really in it: a changed font alone makes no old letters."""
    if is_unicode(text):
        return False
    odd = [word for word in _WORD.findall(text) if not word.isascii()]
    return sum(map(_spells, odd)) <= _share(odd, encoding) * len(odd)


_PRIVATE = 0xF0000  # to where nobody's letters are
_CLEANED = {ord(it) for encoding in ENCODINGS for it in encoding.table if len(it) == 1 and nfc(it) != it}
_AWAY = {code: code + _PRIVATE for code in _CLEANED}
_BACK = {away: code for code, away in _AWAY.items()}


def composed(text: str, ends: re.Pattern, tags: re.Pattern | None = None) -> str:
    """`nfc`, but a paragraph in old letters keeps those that Unicode does not show until somebody converts it.

    `ends` captures what stands between paragraphs, `tags` what is none of their words.
    """
    if not _CLEANED.intersection(map(ord, set(text))):
        return nfc(text)
    paragraphs = [(it, tags.sub("", it) if tags else it) for it in ends.split(text)]
    if not any(detected(words) for _paragraph, words in paragraphs):
        return nfc(text)
    return "".join(
        nfc(it.translate(_AWAY)).translate(_BACK) if detected(words, enough=1) else nfc(it) for it, words in paragraphs
    )


def _share(words: list[str], encoding: Encoding) -> float:
    decoded = list(map(encoding.decoded, words))
    return sum(_spells(it) or bool(_ABBREVIATION.fullmatch(it)) for it in decoded) / max(len(words), 1)


def _spells(word: str) -> bool:
    """Whether a Vietnamese dictionary could hold it."""
    bare, tones = _TONE.subn("", unicodedata.normalize("NFD", word.lower()))
    return tones <= 1 and bool(_IS_SYLLABLE.fullmatch(unicodedata.normalize("NFC", bare)))


def for_browser() -> dict:
    """All of this as data, so that a page's script holds no table of its own."""
    encodings = [{"name": it.name, "fonts": it.fonts, "table": it.table} for it in ENCODINGS]
    return {
        "encodings": encodings,
        "capitals": _CAPITALS.pattern,
        "unicode": _UNICODE.pattern,
        "syllable": _SYLLABLE,
        "word": _WORD.pattern,
        "abbreviation": _ABBREVIATION.pattern,
        "enough": [ENOUGH_WORDS, ENOUGH_SHARE],
    }

"""Text as it is indexed and as it is asked for: folded words, those with marks beside them, every tail of a number.

A token that begins with a sign cannot come from text: "=hồ" is a word as it was written, "@12" a person, "#2021" a
year, "~campaign:5" a topic, "!tang" a word of an outcome, which the history alone is asked for.
"""

import re
import string
from dataclasses import dataclass

from vietnamese.text import fold, nfc, unaddressed

SLASHES = r"/\u2044\u2215\uff0f"
JOINTS = rf"[{SLASHES}.\-\u2010-\u2015\u2212]"
WORD = re.compile(rf"[^\W_]+(?:{JOINTS}[^\W_]+)*")
JOINT = re.compile(JOINTS)
NUMBER_APART = re.compile(  # 15 /QĐ - LĐLĐ, 01 - NQ/ĐU
    rf"[0-9]\s*(?:{JOINTS}\s*[A-ZĐ]{{2,8}}\s*)?[{SLASHES}]\s*[^\W\d_]+(?:\s*{JOINTS}\s*[A-ZĐ][A-ZĐ0-9]+)*"
)
WIDE = {ord(letter) + 0xFEE0: letter for letter in string.digits + string.ascii_letters}  # of an Eastern keyboard
ZEROS = re.compile(r"^0+(?=[0-9])")
MAX_WORD_CHARACTERS = 80  # characters of one word
MAX_JOINTS = 8
MAX_QUESTION_CHARACTERS, MAX_WORDS = 300, 12
MIN_BEGINNING_CHARACTERS = 2


def words(text: str) -> set[str]:
    """`018/KH–LĐLĐ` gives 18/kh-ldld, kh-ldld, ldld, 18 and kh; each with marks comes again as it was written."""
    text = text.translate(WIDE)
    together = NUMBER_APART.sub(lambda number: "".join(number[0].split()), text)
    every = _as_indexed(text)
    return every if together == text else every | _as_indexed(together)


def _as_indexed(text: str) -> set[str]:
    return _tails(fold(text)) | {f"={token}" for token in _tails(_lower(text)) if token != fold(token)}


def _tails(text: str) -> set[str]:
    tokens = set()
    for word in WORD.findall(text):
        starts = [0, *(joint.end() for joint in JOINT.finditer(word))][:MAX_JOINTS]
        tails = [word[start:] for start in starts] + JOINT.split(word)[:MAX_JOINTS]
        tokens.update(standard(tail)[:MAX_WORD_CHARACTERS] for tail in tails)
    return tokens


def standard(word: str) -> str:
    """A number however it was typed: 05/BB, 5–BB and 5-BB are 5/bb; a slash follows a number, a hyphen letters."""
    first, *rest = re.split(f"({JOINTS})", word)
    parts = [ZEROS.sub("", first)]
    for joint, part in zip(rest[::2], rest[1::2], strict=True):
        if joint == ".":  # 1.000 keeps its zeros
            parts += joint, part
        else:
            parts += "/" if parts[-1].isdecimal() else "-", ZEROS.sub("", part)
    return "".join(parts)


def _lower(text: str) -> str:
    return nfc(nfc(text).casefold())


def person(pk: int) -> str:
    return f"@{pk}"


def named(name: str) -> str:
    """Somebody who is known by name only."""
    return f"@{_lower(name)}"


def year(number: int) -> str:
    return f"#{number}"


def topic(code: str) -> str:
    return f"~{code}"


def outcome(text: str) -> set[str]:
    return {f"!{word}" for word in words(text) if not word.startswith("=")}


@dataclass(frozen=True)
class Question:
    """What was typed, word by word: folded, and with the marks that were typed."""

    folded: tuple[str, ...]
    marked: tuple[str, ...]

    @classmethod
    def of(cls, text: str) -> "Question":
        text = unaddressed(text[:MAX_QUESTION_CHARACTERS]).translate(WIDE)
        marked = [standard(word)[:MAX_WORD_CHARACTERS] for word in WORD.findall(_lower(text))][:MAX_WORDS]
        return cls(tuple(fold(word) for word in marked), tuple(marked))

    def __bool__(self):
        return bool(self.folded)

    @property
    def has_marks(self) -> bool:
        return self.folded != self.marked

    def tsquery(self, *, exact=False) -> str:
        """Every word must be there; the last, and every number, may go on."""
        last = len(self.folded) - 1
        terms = []
        for place, (plain, marked) in enumerate(zip(self.folded, self.marked, strict=True)):
            token = f"={marked}" if exact and marked != plain else plain
            terms.append(quoted(token, begins=_may_go_on(plain, place == last)))
        return " & ".join(terms)

    def fits(self, word: str) -> bool:
        """Is this word of a text one that was asked for?"""
        tokens = _tails(fold(word.translate(WIDE)))
        return any(self._fits(place, token) for place in range(len(self.folded)) for token in tokens)

    def _fits(self, place: int, token: str) -> bool:
        word = self.folded[place]
        goes_on = _may_go_on(word, place == len(self.folded) - 1)
        return token.startswith(word) if goes_on else token == word


def _may_go_on(word: str, is_last: bool) -> bool:
    return len(word) >= MIN_BEGINNING_CHARACTERS and (is_last or bool(JOINT.search(word)))


def quoted(token: str, *, begins=False) -> str:
    """One lexeme of a tsquery, whatever it holds."""
    escaped = token.replace("\\", "\\\\").replace("'", "''")
    return f"'{escaped}'" + (":*" if begins else "")

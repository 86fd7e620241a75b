"""Fields of Word: codes put together from the runs they are split over, and those refused that act or fetch."""

import re
from collections.abc import Iterator

from intake.uploads import reasons
from intake.uploads.kinds import Unacceptable
from intake.uploads.targets import OPEN, leads_outside, runs_a_command

_STARTS = {"DDE", "DDEAUTO", "LINK", "DATABASE", "HTMLCONTROL"}
_FETCHES = {"INCLUDEPICTURE", "INCLUDETEXT", "INCLUDE", "IMPORT", "RD"}
_KEYWORD = re.compile(r"[^A-Za-z=]*([A-Za-z]+|=)?")
_WORD = re.compile(r'["“”„«»]([^"“”„«»]*)["“”„«»]?|([^\s"“”„«»]+)')
_SWITCH = re.compile(r"\\[a-z]", re.IGNORECASE)
_WITH_WORD = {"\\l", "\\o", "\\t"}  # switches of a link: a place in the paper, a tip, the name of a frame
_NESTED = OPEN  # stands for a field within the code of another


class Fields:
    """The fields that are open at this place of a part, the innermost last."""

    def __init__(self):
        self._loose, self._open = [], []

    @property
    def in_code(self) -> bool:
        """Whether what stands here is code, and not what the field shows."""
        return bool(self._open) and self._open[-1] is not None

    def mark(self, kind: str) -> None:
        if kind == "begin":
            self._open.append([])
        elif self._open and kind == "separate":
            self._judge_last()
            self._open[-1] = None
        elif self._open and kind == "end":
            self._judge_last()
            self._open.pop()
            self._nest()

    def code(self, text: str) -> None:
        if self.in_code:
            self._open[-1].append(text)
        else:
            self._loose.append(text)

    def whole(self, code: str) -> None:
        judge(code)
        self._nest()

    def close(self) -> None:
        """At the end of a part: codes that were never closed, or never begun, count as well."""
        while self._open:
            self._judge_last()
            self._open.pop()
        judge("".join(self._loose))

    def _judge_last(self) -> None:
        if self._open[-1] is not None:
            judge("".join(self._open[-1]))

    def _nest(self) -> None:
        if self.in_code:
            self._open[-1].append(_NESTED)


def judge(code: str) -> None:
    """Raises Unacceptable for a field that starts a program or fetches from outside."""
    code = code.strip()
    keyword = (_KEYWORD.match(code)[1] or "").upper()
    if keyword in _STARTS or _makes_its_keyword(code, keyword):
        raise Unacceptable(reasons.starting_field("QUOTE" if code.startswith(_NESTED) else keyword))
    if keyword in _FETCHES and (_NESTED in code or any(map(leads_outside, _words(code)))):
        raise Unacceptable(reasons.starting_field(keyword))
    if keyword == "HYPERLINK" and (address := next(filter(runs_a_command, _addresses(code)), "")):
        raise Unacceptable(reasons.harmful_link(address))


def _addresses(code: str) -> Iterator[str]:
    """Where a link may lead: every word that is neither a switch nor belongs to one."""
    words = iter(_words(code)[1:])
    for word in words:
        if word.lower() in _WITH_WORD:
            next(words, "")
        elif not _SWITCH.fullmatch(word):
            yield word


def _makes_its_keyword(code: str, keyword: str) -> bool:
    """Whether another field writes the keyword, or the rest of one that acts."""
    begun = bool(keyword) and code.upper().startswith(keyword + _NESTED)
    acting = any(word.startswith(keyword) for word in _STARTS | _FETCHES)
    return (code.startswith(_NESTED) and len(code) > 1) or (begun and acting)


def _words(code: str) -> list[str]:
    return [quoted or plain for quoted, plain in _WORD.findall(code)]

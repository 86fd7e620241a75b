"""What a cell says, as the office keeps it; or in words why it cannot be accepted."""

import datetime
import re
import unicodedata
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop

from accounts.units_named import NO_CODE, is_code
from vietnamese import legacy_encodings
from vietnamese.text import fold, nfc

YEARS = range(1900, 2101)
AROUND_A_DAY = re.compile(r"ngay | 00:00(:00)?")  # as a decision writes it, and as other programs do
BETWEEN_NUMBERS = re.compile(r"(?<=\d)\s*(?:[/.-]|thang|nam)\s*(?=\d)")
DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4}|\d{2})")
ISO_DAY = re.compile(r"(\d{4})/(\d{1,2})/(\d{1,2})")
SEVERAL = re.compile(r"[,;/|&+]|\svà\s")  # a name may have a Và of its own
TWO_LINES = re.compile(r"\S[^\S\n]+\S+[^\S\n]*\n\s*\S+[^\S\n]+\S")  # two words or more on either
TITLE = re.compile(r"(?:dong chi|dc|pgs|gs|th\.?s|ts|bs|ks|cn)[\s.]")
USERNAME = re.compile(r"[A-Za-z0-9._@+-]+")


@dataclass(frozen=True)
class Problem:
    """Why a row cannot be accepted: the column it is in, a msgid and what it names. Translated when it is shown."""

    column: str
    sentence: str
    params: dict = field(default_factory=dict)

    def stored(self) -> list:
        return [self.column, self.sentence, self.params]


class Wrong(Exception):
    """A cell that cannot be accepted."""

    def __init__(self, sentence: str, **params):
        super().__init__(sentence)
        self.sentence, self.params = sentence, params


@dataclass(frozen=True)
class OddCell:
    """A cell whose text is not what it holds, or does not count."""

    text: str

    def __str__(self):
        return self.text


class Formula(OddCell):
    """A cell that holds a formula: nothing is ever evaluated."""


class Fault(OddCell):
    """A cell in which Excel shows an error such as #REF!."""


class Struck(OddCell):
    """A cell with a line through it, as offices mark who has left."""


def text(raw) -> str:
    """Words in NFC on one line; a number or a date is not text, however Excel shows it."""
    if raw is None:
        return ""
    if isinstance(raw, Formula):
        raise Wrong(gettext_noop("The cell holds a formula. Paste its value in its place (Paste Special, Values)."))
    if isinstance(raw, Fault):
        raise Wrong(gettext_noop("The cell holds an error of Excel: %(value)s."), value=raw.text[:20])
    if isinstance(raw, Struck):
        raise Wrong(
            gettext_noop("“%(value)s” is struck out. Please delete it, or remove the line through it."),
            value=raw.text[:40],
        )
    if isinstance(raw, bool | int | float):
        shown = str(int(raw) if isinstance(raw, float) and raw.is_integer() else raw)
        raise Wrong(
            gettext_noop(
                "The cell holds the number %(value)s where text is meant: zeros in front may be lost (007 becomes 7)."
                " Format the column as text and write it again."
            ),
            value=shown,
        )
    if isinstance(raw, datetime.date | datetime.time | datetime.timedelta):
        raise Wrong(gettext_noop("The cell holds a date or a time where text is meant."))
    _refuse_old_letters(unicodedata.normalize("NFC", raw))
    return " ".join(nfc(raw).split())


def _refuse_old_letters(words: str) -> None:
    """Before they are cleaned: one of the old letters is a soft hyphen. A sign that stands alone is no word."""
    several = legacy_encodings.LONE_SIGN.sub("", words)
    one = several.replace("\u00d0", "Đ")  # as many type it: HĐ is not an old “Hé”
    if encoding := legacy_encodings.detected(several) or legacy_encodings.detected(one, enough=1):
        raise Wrong(
            gettext_noop("This text seems to be in old letters (%(encoding)s): “%(before)s” would become “%(after)s”."),
            **encoding.described(words),
        )


def person(raw) -> str:
    """The name of one person alone: no second one beside it, and no title, which sorts and prints as a name."""
    value = text(raw)
    if value and (SEVERAL.search(value) or TITLE.match(fold(value)) or TWO_LINES.search(nfc(raw))):
        raise Wrong(
            gettext_noop("“%(value)s”: please write the full name of one person only, without a title."),
            value=value[:60],
        )
    return value


def code(raw) -> str:
    """A code without spaces, letter for letter."""
    value = text(raw)
    if value and not is_code(value):
        raise Wrong(NO_CODE, value=value[:40])
    return value


def username(raw) -> str:
    value = text(raw)
    if value and not USERNAME.fullmatch(value):
        raise Wrong(
            gettext_noop("“%(value)s”: a username may contain only letters without marks, digits and . _ - @ +"),
            value=value[:40],
        )
    return value


def email(raw) -> str:
    value = text(raw)
    if value:
        try:
            validate_email(value)
        except ValidationError:
            raise Wrong(gettext_noop("“%(value)s” is not an e-mail address."), value=value[:80]) from None
    return value


def day(raw) -> datetime.date | None:
    """A date of Excel's, or written dd/mm/yyyy."""
    if isinstance(raw, datetime.datetime):
        return _within(raw.date())
    if isinstance(raw, datetime.date):
        return _within(raw)
    if isinstance(raw, bool | int | float | datetime.time | datetime.timedelta):
        raise Wrong(
            gettext_noop("The cell holds %(value)s, which is not a date. Write it as dd/mm/yyyy."), value=str(raw)[:40]
        )
    value = text(raw)
    return _written(value) if value else None


def _written(value: str) -> datetime.date:
    plain = BETWEEN_NUMBERS.sub("/", AROUND_A_DAY.sub("", fold(value)))
    day_first, iso = DAY.fullmatch(plain), ISO_DAY.fullmatch(plain)
    if not (day_first or iso):
        raise Wrong(gettext_noop("“%(value)s” is not a date. Write it as dd/mm/yyyy."), value=value[:40])
    if day_first and len(day_first[3]) == 2:
        raise Wrong(gettext_noop("“%(value)s”: write the year with four digits."), value=value)
    year, month, number = map(int, iso.groups() if iso else reversed(day_first.groups()))
    try:
        return _within(datetime.date(year, month, number))
    except ValueError:
        raise Wrong(gettext_noop("“%(value)s”: there is no such day."), value=value) from None


def _within(value: datetime.date) -> datetime.date:
    if value.year not in YEARS:
        raise Wrong(gettext_noop("The year %(year)s cannot be meant."), year=str(value.year))
    return value


def choice(raw, labels: dict[str, str]) -> str:
    """The value behind a label (folded, so that case and marks do not matter) or behind its code."""
    label = text(raw)
    if label and fold(label) not in labels:
        raise Wrong(gettext_noop("“%(value)s” is not in the list."), value=label[:60])
    return labels[fold(label)] if label else ""


def sentence(problem: list) -> str:
    """A stored problem in the reader's language."""
    _column, msgid, params = problem
    return _(msgid) % params

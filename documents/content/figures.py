"""Typed figures: read as a Vietnamese office writes them, shown the same way, compared as the outline asks."""

import datetime
import operator
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from django.utils.translation import gettext as _

from vietnamese.text import fold, nfc, number

Figure = Decimal | int | bool | str


class BadFigure(ValueError):
    """What was typed cannot be taken as the figure asked for; its text is the sentence to show."""


MAX_DIGITS = 15
MAX_TEXT = 2000
FIRST_YEAR, LAST_YEAR = 1900, 2100

_PLAIN = r"\d+"
_GROUPED = r"[1-9]\d{0,2}(?:\.\d{3})+|[1-9]\d{0,2}(?: \d{3})+"  # never 0.500, which no one means as 500
_WHOLE = re.compile(rf"(?:{_PLAIN}|{_GROUPED})", re.ASCII)
_DECIMAL = re.compile(rf"({_PLAIN}|{_GROUPED})(?:,(\d+))?", re.ASCII)
_ONE_DOT = re.compile(r"(\d+)\.(\d+)", re.ASCII)
_EXPONENT = re.compile(r"[\d.,]+e[+-]?\d+", re.ASCII | re.IGNORECASE)
_DAY_FIRST = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})", re.ASCII)
_YEAR_FIRST = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_ASCII = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict.fromkeys(map(ord, "−–"), "-")
_YES, _NO = {"true", "yes", "co", "on", "1", "x"}, {"false", "no", "khong", "off", "0"}


def parse(text: str | None, type: str) -> Figure | None:
    """The figure typed, or None when nothing was: missing is never zero. Dates come as ISO text."""
    reader = _READERS[type]
    text = nfc(text or "").strip()
    return reader(text) if text else None


def _simplified(text: str) -> str:
    """Full-width digits and signs as ASCII, one kind of minus, single spaces."""
    return " ".join(text.translate(_ASCII).split())


def _whole(text: str) -> int:
    text = _simplified(text)
    _refuse_exponent(text)
    if text.startswith("-"):
        raise BadFigure(_("This figure cannot be negative."))
    if not _WHOLE.fullmatch(text):
        raise BadFigure(_why_not_whole(text))
    return int(_few_digits(text))


def _why_not_whole(text: str) -> str:
    if _DECIMAL.fullmatch(text):
        return _("Write a whole number; “%(typed)s” has a decimal part.") % {"typed": text[:40]}
    return _("“%(typed)s” is not a whole number. Write it as 1234 or 1.234.") % {"typed": text[:40]}


def _money(text: str) -> int:
    return _whole(re.sub(r"\s*(đồng|vnđ|vnd|đ)$", "", _simplified(text), flags=re.IGNORECASE))


def _decimal(text: str) -> Decimal:
    text = _simplified(text)
    _refuse_exponent(text)
    sign, digits = ("-", text[1:].lstrip()) if text.startswith("-") else ("", text)
    _refuse_one_dot(digits)
    match = _DECIMAL.fullmatch(digits)
    if not match:
        raise BadFigure(_("“%(typed)s” is not a number. Write it as 1234,5 or 1.234,5.") % {"typed": text[:40]})
    _few_digits(digits)
    return Decimal(f"{sign}{re.sub('[. ]', '', match[1])}.{match[2] or 0}")


def _percent(text: str) -> Decimal:
    value = _decimal(_simplified(text).removesuffix("%").rstrip())
    if not 0 <= value <= 100:
        raise BadFigure(_("A percentage must be between 0 and 100."))
    return value


def _refuse_exponent(text: str) -> None:
    if _EXPONENT.fullmatch(text):
        raise BadFigure(_("Write the number in full, without “e”."))


def _refuse_one_dot(text: str) -> None:
    """1.5 or 1.234 alone may mean a decimal or thousands; a figure on record must not be a guess."""
    if match := _ONE_DOT.fullmatch(text):
        _few_digits(text)
        choices = {"typed": text, "decimal": f"{match[1]},{match[2]}", "whole": match[1] + match[2]}
        raise BadFigure(
            _("“%(typed)s” can be read in two ways. Write %(decimal)s for a decimal or %(whole)s for a whole number.")
            % choices
        )


def _few_digits(text: str) -> str:
    digits = re.sub(r"\D", "", text)
    if len(digits.lstrip("0")) > MAX_DIGITS or len(digits) > 2 * MAX_DIGITS:
        raise BadFigure(_("The number is too large: at most %(limit)s digits.") % {"limit": MAX_DIGITS})
    return digits


def _bool(text: str) -> bool:
    answer = fold(text)
    if answer not in _YES | _NO:
        raise BadFigure(_("Answer yes or no."))
    return answer in _YES


def _text(text: str) -> str:
    if len(text) > MAX_TEXT:
        raise BadFigure(_("The text is too long: at most %(limit)s characters.") % {"limit": number(MAX_TEXT)})
    return text


def _date(text: str) -> str:
    text = _simplified(text)
    if match := _DAY_FIRST.fullmatch(text):
        day, month, year = map(int, match.groups())
    elif match := _YEAR_FIRST.fullmatch(text):
        year, month, day = map(int, match.groups())
    else:
        raise BadFigure(_("Write the date as day/month/year, such as 09/03/2021."))
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise BadFigure(
            _("The year must be between %(first)s and %(last)s.") % {"first": FIRST_YEAR, "last": LAST_YEAR}
        )
    try:
        return datetime.date(year, month, day).isoformat()
    except ValueError:
        raise BadFigure(_("There is no such day as %(typed)s.") % {"typed": text}) from None


_READERS = {
    "int": _whole,
    "decimal": _decimal,
    "percent": _percent,
    "money": _money,
    "bool": _bool,
    "text": _text,
    "date": _date,
}
FIGURE_TYPES = tuple(_READERS)


def display(value: Figure | None, type: str) -> str:
    """The figure as people read it: 1.234, 98,5%, 1.500.000 đồng, 09/03/2021; nothing when it is missing."""
    if value is None:
        return ""
    if type == "percent":
        return f"{number(value)}%"
    if type == "money":
        return _("%(amount)s dong") % {"amount": number(value)}
    if type == "bool":
        return _("Yes") if value else _("No")
    if type == "date":
        return datetime.date.fromisoformat(str(value)).strftime("%d/%m/%Y")
    return number(value) if type in ("int", "decimal") else str(value)


def typed(value: Figure | None, type: str) -> str:
    """The figure as one would type it, so that parse(typed(value)) gives it back."""
    if value is None:
        return ""
    if type in ("decimal", "percent"):
        return number(value).replace(".", "")  # a decimal 1234 shown as 1.234 would be refused as ambiguous
    if type == "bool":
        return "true" if value else "false"
    return number(value) if type in ("int", "money") else display(value, type)


@dataclass(frozen=True)
class Contradiction:
    """Two figures of a report that contradict each other."""

    code: str
    other: str
    message: str


_CHECK = re.compile(r"(<=|>=|==|<|>)\s*(\w+)", re.ASCII)
_COUNT = re.compile(r"count\((\w+)\)", re.ASCII)
_COMPARISONS = {
    "<=": operator.le,
    ">=": operator.ge,
    "==": operator.eq,
    "<": operator.lt,
    ">": operator.gt,
}


def checks(
    figures: Mapping[str, Decimal | int | None], indicators: Iterable[tuple[str, str | None, str]]
) -> list[Contradiction]:
    """What the outline's checks find wrong; one with a missing side says nothing, an unknown one raises ValueError."""
    indicators = list(indicators)
    labels = {code: label for code, _check, label in indicators}
    findings = []
    for code, check, label in indicators:
        if not check:
            continue
        sign, other = _comparison(check)
        value, limit = figures.get(code), figures.get(other)
        if value is None or limit is None or _COMPARISONS[sign](value, limit):
            continue
        sides = {"label": label, "value": number(value), "other": labels.get(other, other), "limit": number(limit)}
        findings.append(Contradiction(code, other, _contradiction(sign) % sides))
    return findings


def _comparison(check: str) -> tuple[str, str]:
    match = _CHECK.fullmatch(check.strip())
    if not match:
        raise ValueError(f"unknown check: {check!r}")
    return match[1], match[2]


def _contradiction(sign: str) -> str:
    return {
        "<=": _("%(label)s (%(value)s) exceeds %(other)s (%(limit)s)"),
        ">=": _("%(label)s (%(value)s) is less than %(other)s (%(limit)s)"),
        "==": _("%(label)s (%(value)s) differs from %(other)s (%(limit)s)"),
        "<": _("%(label)s (%(value)s) is not less than %(other)s (%(limit)s)"),
        ">": _("%(label)s (%(value)s) is not more than %(other)s (%(limit)s)"),
    }[sign]


def computed(formula: str, tables: Mapping[str, Sequence | None]) -> int | None:
    """The figure a formula such as count(mo_hinh) gives; None while its table is missing."""
    match = _COUNT.fullmatch(formula.strip())
    if not match:
        raise ValueError(f"unknown formula: {formula!r}")
    rows = tables.get(match[1])
    return None if rows is None else len(rows)

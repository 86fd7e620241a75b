"""What forms say, as rules read it and the record keeps it."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from vietnamese.text import nfc
from workflow.errors import Refused

MAX_NUMBER = 2**53 - 1  # whole numbers that every reader of JSON holds exactly
MAX_FACT_CHARACTERS = 200  # characters of a fact: a number of minutes, an outcome, a recipient
MAX_TEXT_CHARACTERS = 4000  # of a reason or a point


def plain(value: Any) -> Any:
    """Text in NFC without idle space or anything invisible, whole numbers, lists and dicts of these; else Refused."""
    if isinstance(value, str):
        return nfc(value).strip()
    if isinstance(value, dict):
        return {plain(name): plain(item) for name, item in value.items()}
    if isinstance(value, list | tuple):
        return [plain(item) for item in value]
    if value is None or isinstance(value, bool) or (isinstance(value, int) and abs(value) <= MAX_NUMBER):
        return value
    raise Refused(_("“%(value)s” is not a whole number.") % {"value": value})


def iso(day: date | None) -> str:
    """A date as facts carry it; empty where none was given."""
    return day.isoformat() if day else ""

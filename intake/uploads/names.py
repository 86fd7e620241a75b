"""The name a file is shown and saved under."""

import re
import unicodedata

MAX_NAME = 200
_FORBIDDEN = re.compile(r'[<>:"|?*]')  # Windows will not save a file with these in its name
_UNSEEN = {"Cc", "Cf", "Cs"}

_SUFFIX = re.compile(r"(\.[a-z0-9-]{1,20})?$", re.ASCII | re.IGNORECASE)


def display_name(name: str) -> str:
    """The last part of the name, composed, without hidden or forbidden characters, at most 200 characters."""
    last = re.split(r"[/\\]", _visible(name))[-1]
    last = " ".join(_FORBIDDEN.sub("_", last).split()).rstrip(". ")
    suffix = _SUFFIX.search(last)[0]
    stem = last.removesuffix(suffix).strip(". ")[: MAX_NAME - len(suffix)].rstrip(". ")
    return (stem or "file") + suffix


def extension(name: str) -> str:
    """The ending of the name as it will be shown, lower case, without its dot."""
    return _SUFFIX.search(display_name(name))[0].removeprefix(".").lower()


def _visible(name: str) -> str:
    seen = (c for c in " ".join(name.split()) if unicodedata.category(c) not in _UNSEEN)
    return unicodedata.normalize("NFC", "".join(seen))

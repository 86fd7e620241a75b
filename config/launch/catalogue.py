"""Collects what the pages say and brings the Vietnamese catalogue up to it. `python -m config.launch.catalogue`.

Django's own `makemessages` needs gettext's programs, which an office's machine does not have; Babel reads the sources.
"""

import io
import sys
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

from babel.messages.catalog import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po
from django.utils.translation.template import templatize

ROOT = Path(__file__).resolve().parent.parent.parent
ROOMS = (
    "config",
    "vietnamese",
    "intake",
    "accounts",
    "ledger",
    "workflow",
    "audit",
    "administration",
    "documents",
    "templates",
)
BORROWED = (  # libraries whose Vietnamese is missing or wrong: what our catalogue says of their words is kept
    "allauth",
    "django.contrib.admin",
    "django.contrib.auth",
    "django.core",
    "django.forms",
    "django.utils",
    "simple_history",
    "treebeard",
)
KEYWORDS = {
    "_": None,
    "gettext": None,
    "gettext_lazy": None,
    "gettext_noop": None,
    "ngettext": (1, 2),
    "ngettext_lazy": (1, 2),
    "pgettext": ((1, "c"), 2),
    "pgettext_lazy": ((1, "c"), 2),
}


def path(language: str) -> Path:
    return ROOT / "locale" / language / "LC_MESSAGES" / "django.po"


def own_messages() -> Catalog:
    """Every message of our own sources, with its places."""
    return _collected(file for room in ROOMS for file in _sources(ROOT / room))


def borrowed() -> Catalog:
    """Every message of the libraries we speak for."""
    return _collected(file for name in BORROWED for file in _sources(Path(find_spec(name).origin).parent))


def read(language: str) -> Catalog:
    with path(language).open("rb") as file:
        return read_po(file, locale=language)


def update(language: str) -> Catalog:
    """New messages come in empty, those nobody says any more go out, and translations stay as they are."""
    catalogue, ours, theirs = read(language), own_messages(), borrowed()
    kept = Catalog(
        locale=language,
        project=catalogue.project,
        header_comment=catalogue.header_comment,
        creation_date=catalogue.creation_date,
        fuzzy=False,
    )
    for message in ours:
        if message.id:
            known = catalogue.get(message.id, message.context)
            kept.add(message.id, known.string if known else None, context=message.context)
    for message in catalogue:
        if message.id and theirs.get(message.id, message.context) and not ours.get(message.id, message.context):
            kept.add(message.id, message.string, context=message.context, auto_comments=["a library's words"])
    with path(language).open("wb") as file:
        write_po(file, kept, width=120, sort_output=True, omit_header=False)
    return kept


def _sources(folder: Path) -> Iterator[Path]:
    return (file for suffix in ("py", "html", "txt") for file in sorted(folder.rglob(f"*.{suffix}")))


def _collected(files) -> Catalog:
    catalogue = Catalog()
    for file in files:
        for _line, message, _comments, context in extract("python", _python(file), keywords=KEYWORDS):
            catalogue.add(message, context=context)
    return catalogue


def _python(file: Path) -> io.BytesIO:
    """The source as Python: templates turned into calls of gettext, as Django's own tool does."""
    text = file.read_text(encoding="utf-8")
    if file.suffix != ".py":
        text = "\n".join(line.strip() for line in templatize(text).splitlines())
    return io.BytesIO(text.encode())


if __name__ == "__main__":
    empty = [message.id for message in update("vi") if message.id and not any(message.string or "")]
    print(f"{len(empty)} messages to translate", *empty, sep="\n  ")
    sys.exit(bool(empty))

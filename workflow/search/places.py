"""Where in a dossier a question was found: the words to be marked, the numbers and names that answer it."""

import re
from dataclasses import dataclass

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from workflow.models import Dossier
from workflow.search.tokens import Question

SPACE = re.compile(r"(\s+)")


@dataclass(frozen=True)
class Hit:
    """A dossier that was found, with the places to show beside its subject and unit."""

    dossier: Dossier
    numbers: list[str]
    names: list[str]


def hit(dossier: Dossier, question: Question) -> Hit:
    entry = getattr(dossier, "search_entry", None)  # a filter alone finds what is not indexed yet, too
    if entry is None:
        return Hit(dossier, [], [])
    return Hit(dossier, _that_fit(entry.numbers, question), _that_fit(entry.names, question))


def _that_fit(texts: list[str], question: Question) -> list[str]:
    return [text for text in texts if any(question.fits(word) for word in text.split())]


def marked(text: str, question: Question) -> SafeString:
    """The text with every word that was asked for inside <mark>."""
    pieces = SPACE.split(text)
    return format_html_join("", "{}", ((_piece(piece, question),) for piece in pieces))


def _piece(piece: str, question: Question):
    return format_html("<mark>{}</mark>", piece) if piece.strip() and question.fits(piece) else piece

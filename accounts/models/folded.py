"""Columns of folded words, made by the database, and the rows that hold what was typed."""

from string import punctuation

from django.db import models
from django.db.models.functions import Concat

from vietnamese.text import fold, unaddressed

MAX_WORDS = 12
SIGNS = punctuation + "“”‘’…—"


class Folded(models.Func):
    """Words as they are searched, made by the database however a row is written; `vietnamese.fold` in SQL."""

    function = "vietnamese_folded"
    output_field = models.TextField()


def folded(*fields: str) -> models.GeneratedField:
    """A stored column to search these fields in."""
    return models.GeneratedField(expression=words_of(*fields), output_field=models.TextField(), db_persist=True)


def words_of(*fields: str) -> Folded:
    """The folded words of these fields together."""
    parts = [part for name in fields for part in (models.F(name), models.Value(" "))]
    return Folded(Concat(*parts, output_field=models.TextField()))


def every_word(typed: str, column: str = "search_text") -> models.Q:
    """Rows whose column of folded words holds each word that was typed, marks or none; none without a word."""
    words = [word for word in (part.strip(SIGNS) for part in fold(unaddressed(typed)).split()) if word][:MAX_WORDS]
    return models.Q(*((f"{column}__contains", word) for word in words)) or models.Q(pk__in=[])

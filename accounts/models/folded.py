"""Columns of folded words, made by the database, and the rows that hold what was typed."""

from django.db import models
from django.db.models.functions import Concat

from vietnamese.text import fold


class Folded(models.Func):
    """Words as they are searched, made by the database however a row is written; `vietnamese.fold` in SQL."""

    function = "vietnamese_folded"
    output_field = models.TextField()


def folded(*fields: str) -> models.GeneratedField:
    """A stored column to search these fields in."""
    parts = [part for name in fields for part in (models.F(name), models.Value(" "))]
    words = Concat(*parts, output_field=models.TextField())
    return models.GeneratedField(expression=Folded(words), output_field=models.TextField(), db_persist=True)


def every_word(typed: str, column: str = "search_text") -> models.Q:
    """Rows whose column of folded words holds each word that was typed, marks or none."""
    condition = models.Q()
    for word in fold(typed).split()[:12]:
        condition &= models.Q(**{f"{column}__contains": word})
    return condition

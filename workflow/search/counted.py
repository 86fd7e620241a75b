"""How many rows, as one value of a larger query."""

from django.db.models import IntegerField, Subquery


class Counted(Subquery):
    """How many rows a subquery has, as one value."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()

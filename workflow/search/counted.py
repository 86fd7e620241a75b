"""How many rows, as one value of a larger query."""

from typing import Any

from django.db.models import IntegerField, Subquery
from django.db.models.expressions import RawSQL

from accounts.compiled import Query


class Counted(Subquery):
    """How many rows a subquery has, as one value."""

    template = "(SELECT count(*) FROM (%(subquery)s) AS counted)"
    output_field = IntegerField()


def counted(query: Query, *values: Any) -> RawSQL:
    """The same of a compiled query with these values: a page that asks every time need not have it composed anew."""
    compiled = query.compiled()
    sql = Counted.template % {"subquery": compiled.sql}
    return RawSQL(sql, compiled.bound(values), Counted.output_field)  # noqa: S611 - Django's own, its values bound

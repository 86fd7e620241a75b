"""Asking: the newest dossiers that hold every word, those with the marks that were typed first; units, people."""

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, F, Func, IntegerField, QuerySet

from accounts.models import Unit
from accounts.reach import reach
from accounts.units_named import nearest_first
from workflow.models import NameEntry, SearchEntry
from workflow.search.tokens import Question

MAX_MATCHES = 500  # dossiers one question finds; beyond, the page asks for another word
BESIDE = 6  # units and people shown with them


def matches(rows: QuerySet, question: Question) -> list[int]:
    """Primary keys among `rows` (what may be seen, narrowed), one more than MAX_MATCHES when there are more."""
    if not question:
        return list(rows.order_by("-pk").values_list("pk", flat=True)[: MAX_MATCHES + 1])
    exact = _newest(rows, question.tsquery(exact=True)) if question.has_marks else []
    return list(dict.fromkeys([*exact, *_newest(rows, question.tsquery())]))[: MAX_MATCHES + 1]


def _newest(rows: QuerySet, tsquery: str) -> list[int]:
    return list(holding(rows, tsquery, MAX_MATCHES + 1).order_by("-pk")[: MAX_MATCHES + 1])


def holding(rows: QuerySet, tsquery: str, most: int) -> QuerySet:
    """Keys of the newest among `rows` with these tokens: those that are few by the index of words alone."""
    few = 2 * most
    entries = SearchEntry.objects.filter(words__holds=tsquery).values("dossier")[: few + 1]
    number = Func(ArraySubquery(entries), function="cardinality", output_field=IntegerField())
    rows = rows.order_by("-pk").values_list("pk", flat=True).alias(number=number)
    some = rows.filter(AnyKey(F("pk"), ArraySubquery(entries)), number__lte=few)
    many = rows.filter(search_entry__words__holds=tsquery, number__gt=few)
    return some[:most].union(many[:most], all=True)


class AnyKey(Func):
    """`pk = ANY (array)`: the array is made once, and the rows are found by their key."""

    template, arg_joiner = "%(expressions)s)", " = ANY ("
    output_field = BooleanField()


def units(user, typed: str) -> list[Unit]:
    """Units within reach with these words in a name they bear or bore."""
    return list(nearest_first(Unit.objects.filter(reach(user.authorities, unit="")), typed)[:BESIDE])


def people(user, question: Question) -> list[NameEntry]:
    """People within reach with these words in their name, each once."""
    rows = NameEntry.objects.within_reach_of(user).filter(words__holds=question.tsquery())
    rows = rows.order_by("sort_key", "name", "user_id").distinct("sort_key", "name", "user_id")
    return list(rows.select_related("user", "unit")[:BESIDE])

"""Asking: the newest dossiers that hold every word, those with the marks that were typed first; units, people."""

from django.db.models import Q, QuerySet

from accounts.models import Unit
from accounts.models.folded import every_word
from workflow.models import NameEntry, UnitEntry
from workflow.models.dossier_query import units_within_reach
from workflow.search.tokens import Question

MOST = 500  # dossiers one question finds; beyond, the page asks for another word
BESIDE = 6  # units and people shown with them


def found(rows: QuerySet, question: Question) -> list[int]:
    """Primary keys among `rows` (what may be seen, narrowed), one more than MOST when there are more."""
    rows = rows.order_by("-pk").values_list("pk", flat=True)
    if not question:
        return list(rows[: MOST + 1])
    exact = rows.filter(search_entry__words__holds=question.tsquery(exact=True)) if question.has_marks else rows.none()
    folded = rows.filter(search_entry__words__holds=question.tsquery())
    return list(dict.fromkeys([*exact[: MOST + 1], *folded[: MOST + 1]]))[: MOST + 1]


def units(user, typed: str) -> list[Unit]:
    """Units within reach with these words in a name they bear or bore."""
    return list(units_named(typed).filter(units_within_reach(user)).order_by("path")[:BESIDE])


def units_named(typed: str) -> QuerySet[Unit]:
    """Units with these words in their name or code, or in a name they bore."""
    question = Question.of(typed)
    if not question:
        return Unit.objects.none()
    earlier = UnitEntry.objects.filter(words__holds=question.tsquery()).values("unit")
    return Unit.objects.filter(every_word(" ".join(question.folded)) | Q(pk__in=earlier))


def people(user, question: Question) -> list[NameEntry]:
    """People within reach with these words in their name, each once."""
    rows = NameEntry.objects.within_reach_of(user).filter(words__holds=question.tsquery())
    rows = rows.order_by("sort_key", "name", "user_id").distinct("sort_key", "name", "user_id")
    return list(rows.select_related("user", "unit")[:BESIDE])

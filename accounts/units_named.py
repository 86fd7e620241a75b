"""A unit by what somebody typed: its code, or words of a name it bears or bore, with tone marks or without."""

import re
import unicodedata
from collections.abc import Iterable

from django.db.models import Case, Exists, Q, QuerySet, When
from django.utils.translation import gettext_noop

from accounts.models import Unit
from accounts.models.folded import Folded, every_word
from accounts.reach import NOTHING
from vietnamese.text import OUR_MARKS, fold

# In NFD: the letters and digits of our alphabet, marks on vowels only.
CODE = re.compile(rf"(?:[A-Za-zĐđ0-9./_-]|(?<=[AEIOUYaeiouy{OUR_MARKS}])[{OUR_MARKS}])+")
NO_CODE = gettext_noop("“%(value)s”: a code may contain only letters, digits and . / - _")


def is_code(text: str) -> bool:
    """No letter that looks like one of ours and is another's, no digit of another width."""
    return bool(CODE.fullmatch(unicodedata.normalize("NFD", text)))


def named(typed: str, unit: str = "") -> Q:
    """Rows whose `unit` holds every word in its code or in its names; `unit=""` where the rows are units themselves."""
    return _of_units(every_word(typed), unit)


def meant(typed: str, unit: str = "") -> Q:
    """The same to narrow a list by: the unit of exactly this code alone, where there is one."""
    exactly = Unit.objects.filter(_of_code(typed))
    return _of_units(_of_code(typed) | named(typed) & Q(~Exists(exactly)), unit)


def nearest_first(units: QuerySet[Unit], typed: str) -> QuerySet[Unit]:
    """Those of `units` that are named: by exactly this code first, then in the order of the tree."""
    return units.filter(named(typed)).order_by(Case(When(_of_code(typed), then=0), default=1), "path")


def places(typed: str) -> list[str]:
    """Where in the tree the units meant stand, the topmost of each branch: all below it count too."""
    tops: list[str] = []
    for path in Unit.objects.filter(meant(typed)).order_by("path").values_list("path", flat=True):
        if not (tops and path.startswith(tops[-1])):
            tops.append(path)
    return tops


def with_codes(codes: Iterable[str]) -> QuerySet[Unit]:
    """The units of these codes, in whatever case and with whatever marks they are written."""
    plain = {fold(code) for code in codes if code}
    return Unit.objects.annotate(plain=Folded("code")).filter(plain__in=plain) if plain else Unit.objects.none()


def _of_code(typed: str) -> Q:
    """A code has no space in it, and the words of a unit begin with its code."""
    words = fold(typed).split()
    return Q(search_text__startswith=words[0] + " ") if len(words) == 1 else NOTHING


def _of_units(condition: Q, unit: str) -> Q:
    return Q(**{f"{unit}__in": Unit.objects.filter(condition).values("pk")}) if unit else condition

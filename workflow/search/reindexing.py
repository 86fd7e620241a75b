"""Search kept up with what happens elsewhere: renamed units and people, dossiers that came in by another way."""

from collections import defaultdict
from collections.abc import Iterable, Iterator

from django.apps import apps
from django.db.models import Exists, F, OuterRef, TextField, Value
from django.db.models.functions import Concat
from procrastinate.contrib.django import app

from accounts.models import Unit, User
from workflow.models import Dossier, NameEntry, SearchEntry, UnitEntry
from workflow.models.search import Tokens
from workflow.search import tokens
from workflow.search.index import index_all, joined, name_entry, names_of

MAX_DOSSIERS_PER_ROUND = 1000  # dossiers


@app.periodic(cron="* * * * *", periodic_id="search")
@app.task(name="workflow.search.refresh", queue="upkeep", queueing_lock="search", pass_context=False)
def every_minute(timestamp: int) -> None:
    refresh()


def refresh() -> None:
    """Whatever changed its name is found by the new one; the old one of a unit goes on to be found."""
    refresh_units()
    refresh_people()


# --- units ------------------------------------------------------------------------------------------------------------
def refresh_units() -> int:
    """Index the units that are new or renamed; their dossiers are found by the new name as well as the old."""
    now = Concat("code", Value("\n"), "name", Value("\n"), "short_name", output_field=TextField())
    same = UnitEntry.objects.filter(unit=OuterRef("pk"), said=OuterRef("said_now"))
    stale = list(Unit.objects.annotate(said_now=now).exclude(Exists(same)))
    known = UnitEntry.objects.filter(unit__in=stale).in_bulk()
    UnitEntry.objects.bulk_create(UnitEntry(unit=unit, said=unit.said_now) for unit in stale if unit.pk not in known)
    for unit in stale:
        if unit.pk in known:
            _rename(unit)
    return len(stale)


def _rename(unit: Unit) -> None:
    new = Tokens(tokens.words(" ".join(names_of(unit))))
    UnitEntry.objects.filter(unit=unit).update(said=unit.said_now)
    SearchEntry.objects.filter(dossier__unit=unit).update(words=joined("words", new))


# --- people -----------------------------------------------------------------------------------------------------------
def refresh_people() -> int:
    """Put those whose account was renamed in their new place of the index of names."""
    entries = NameEntry.objects.exclude(user__full_name=F("name"))
    renamed = list(User.objects.filter(pk__in=entries.filter(user__isnull=False).values("user")))
    for user in renamed:
        new = name_entry(0, user.full_name, user.pk)
        place = {"name": new.name, "sort_key": new.sort_key, "letter": new.letter, "words": new.words}
        NameEntry.objects.filter(user=user).update(**place)
        authored = SearchEntry.objects.filter(dossier__author=user)
        authored.update(words=joined("words", new.words))
    return len(renamed)


# --- dossiers ---------------------------------------------------------------------------------------------------------
def index_missing() -> int:
    """Index the dossiers that have no entry."""
    missing = Dossier.objects.exclude(Exists(SearchEntry.objects.filter(dossier=OuterRef("pk"))))
    return _index(missing)


def reindex() -> int:
    """Index every dossier anew."""
    return _index(Dossier.objects.all())


def _index(rows) -> int:
    number = 0
    for pks in _portions(rows.order_by("pk").values_list("pk", flat=True)):
        index_all(papers_of(pks))
        number += len(pks)
    return number


def _portions(pks) -> Iterator[list[int]]:
    last = 0
    while portion := list(pks.filter(pk__gt=last)[:MAX_DOSSIERS_PER_ROUND]):
        yield portion
        last = portion[-1]


def papers_of(dossiers: Iterable[int]) -> list[Dossier]:
    """The children of these dossiers, with what their search terms need."""
    papers, by_kind = [], defaultdict(list)
    for pk, kind in Dossier.objects.filter(pk__in=dossiers).values_list("pk", "kind"):
        by_kind[kind].append(pk)
    for kind, pks in by_kind.items():
        model = apps.get_model(kind)
        papers += model.objects.filter(pk__in=pks).select_related("unit", *model.search_related)
    return papers

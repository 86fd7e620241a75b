"""Why dossiers come back: counted by place, kind of fault, unit, campaign and officer; each share says of what."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Avg, CharField, Count, Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Left
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, Unit
from ledger.models import Event
from workflow import topics
from workflow.models import Point
from workflow.states import FOUR_EYES, Verb

COUNTED = [Verb.SUBMIT, Verb.RETURN, *sorted(FOUR_EYES)]
MAX_PLACES_SHOWN = 200
PLACES = {
    "section": gettext_lazy("Sections"),
    "figure": gettext_lazy("Figures"),
    "field": gettext_lazy("Fields"),
    "attestation": gettext_lazy("Attestations"),
    "file": gettext_lazy("Files"),
    "general": gettext_lazy("The whole paper"),
}


@dataclass
class StatisticsRow:
    """One line of a table: what it counts, where that is drilled into, and its numbers by name."""

    label: str
    asked: dict  # what the address of its points adds
    numbers: dict
    within: str = ""  # what stands under the label


def measures() -> dict:
    """Numbers of events: dossiers submitted, returned and accepted, returns, points, mean rounds until accepted."""
    later = Event.objects.filter(chain=OuterRef("chain"), verb=Verb.REVIEW, seq__gt=OuterRef("seq"))
    accepted = Q(verb=Verb.REVIEW) & ~Exists(later)
    return {
        "submitted": Count("chain", distinct=True, filter=Q(verb=Verb.SUBMIT)),
        "returned": Count("chain", distinct=True, filter=Q(verb=Verb.RETURN)),
        "returns": Count("pk", distinct=True, filter=Q(verb=Verb.RETURN)),
        "points": Count("points"),
        "accepted": Count("chain", distinct=True, filter=accepted),
        "rounds": Avg("version", filter=accepted, output_field=FloatField()),
    }


def summary(rows: QuerySet[Event]) -> dict:
    """The measures of everything asked for, and the share of dossiers returned."""
    return _shared(rows.filter(verb__in=COUNTED).aggregate(**measures()), "returned", "submitted")


def _shared(numbers: dict, part: str, whole: str) -> dict:
    """With the share in percent, 100 only where it is all; None where there is nothing to be a part of."""
    some, all_ = numbers[part], numbers[whole]
    share = round(100 * some / all_, 1) if all_ else None
    return numbers | {"share": 99.9 if share == 100 and some < all_ else share}


def by_place(rows: QuerySet[Event]) -> list[StatisticsRow]:
    """The places most often named."""
    points = points_of(rows)
    total = points.count()
    named = points.values("place_label", kind=_kind()).annotate(points=Count("pk"), returned=_dossiers())
    return [
        StatisticsRow(
            row["place_label"],
            {"place": row["place_label"]},
            _shared(row | {"all": total}, "points", "all"),
            str(PLACES.get(row["kind"], "")),
        )
        for row in named.order_by("-points", "place_label")[:MAX_PLACES_SHOWN]
    ]


def by_kind_of_place(rows: QuerySet[Event]) -> list[StatisticsRow]:
    found = points_of(rows).values(kind=_kind()).annotate(points=Count("pk"), returned=_dossiers())
    return _of_all(found, lambda row: (str(PLACES.get(row["kind"], row["kind"])), {"kind": row["kind"]}))


def by_reason(rows: QuerySet[Event]) -> list[StatisticsRow]:
    """Kinds of fault as the points say; those that say none stand apart."""
    found = points_of(rows).values("reason").annotate(points=Count("pk"), returned=_dossiers())
    labels = dict(Point.Reason.choices)
    return _of_all(
        found, lambda row: (str(labels.get(row["reason"], _("Not stated"))), {"reason": row["reason"] or "none"})
    )


def _of_all(found, named: Callable) -> list[StatisticsRow]:
    lines = sorted(found, key=lambda row: -row["points"])
    total = sum(row["points"] for row in lines)
    return [StatisticsRow(*named(row), _shared(row | {"all": total}, "points", "all")) for row in lines]  # type: ignore[call-arg]  # a pair


def by_unit(rows: QuerySet[Event], under: str) -> list[StatisticsRow]:
    """The units right below the place `under` in the tree, each with all below it, and that unit's own."""
    path = Left("unit__path", len(under) + Unit.steplen)
    found = rows.filter(verb__in=COUNTED).order_by().annotate(branch=path).values("branch").annotate(**measures())
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=[row["branch"] for row in found])}
    lines = [
        StatisticsRow(
            unit.name,
            {"unit": unit.code},
            _shared(row, "returned", "submitted"),
            _("its own") if unit.path == under else "",
        )
        for row in found
        if (unit := units.get(row["branch"]))
    ]
    return sorted(lines, key=lambda line: (-line.numbers["returns"], line.label))


def by_topic(rows: QuerySet[Event], known: list[tuple[str, str]]) -> list[StatisticsRow]:
    """Each of these campaigns, and whatever belongs to none of them."""
    found = rows.filter(verb__in=COUNTED).order_by().annotate(topic=topics.code_of("dossier", known))
    labels = dict(known)
    return [
        StatisticsRow(
            labels.get(row["topic"], _("None")), {"topic": row["topic"]}, _shared(row, "returned", "submitted")
        )
        for row in found.values("topic").annotate(**measures()).order_by("-returns")
    ]


def by_officer(rows: QuerySet[Event]) -> list[StatisticsRow]:
    """Who returned, of how many papers they decided on."""
    decided = rows.filter(verb__in=[Verb.RETURN, *FOUR_EYES]).order_by()
    found = decided.values("actor", "actor__full_name", "role").annotate(
        decided=Count("pk", distinct=True),
        returned=Count("chain", distinct=True, filter=Q(verb=Verb.RETURN)),
        returns=Count("pk", distinct=True, filter=Q(verb=Verb.RETURN)),
        points=Count("points"),  # type: ignore[no-redef]  # a number in the row, not the relation
    )
    return [
        StatisticsRow(
            row["actor__full_name"],
            {"officer": str(row["actor"])},
            _shared(row, "returns", "decided"),
            str(Role(row["role"]).label),
        )
        for row in found.filter(returns__gt=0).order_by("-returns", "actor__sort_key")
    ]


def points_of(rows: QuerySet[Event]) -> QuerySet[Point]:
    return Point.objects.filter(event__in=rows.filter(verb=Verb.RETURN).order_by().values("pk")).order_by()


def _kind() -> Func:
    """What a place is: the word before its colon."""
    return Func(F("place"), Value(":"), Value(1), function="split_part", output_field=CharField())


def _dossiers() -> Count:
    return Count("dossier", distinct=True)

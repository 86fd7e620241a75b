"""The numbers behind the statistics of returns, from what is kept of whole units, or from the events of any choice.

Both give the same where both can be asked; what is kept costs the same however many dossiers there are.
"""

from typing import Any

from django.db.models import Avg, CharField, Count, Exists, F, FloatField, Func, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Left

from accounts.models import Unit, User
from ledger.models import Event
from workflow import topics
from workflow.models import Point, ReturnCount
from workflow.return_counts import MEASURES, VERBS, standing
from workflow.search.counted import Counted
from workflow.states import FOUR_EYES, Verb

MAX_PLACES = 200  # the most often named
By = ReturnCount.By
Numbers = dict[str, Any]


class FromCounts:
    """Of all that ever happened at some units."""

    def __init__(self, units: QuerySet[Unit]):
        self.units = units

    def in_all(self) -> Numbers:
        [row] = standing(By.ALL, self.units, "by") or [dict.fromkeys(MEASURES, 0)]
        return _with_mean(row)

    def by_place(self) -> list[Numbers]:
        return standing(By.PLACE, self.units, "key, kind", most=MAX_PLACES)

    def by_kind_of_place(self) -> list[Numbers]:
        return standing(By.PLACE, self.units, "kind")

    def by_reason(self) -> list[Numbers]:
        return standing(By.REASON, self.units, "key")

    def by_branch(self, characters: int) -> list[Numbers]:
        rows = standing(By.ALL, self.units, "branch", branch=characters)
        return [{"branch": row["branch"]} | _with_mean(row) for row in rows]

    def by_officer(self) -> list[Numbers]:
        rows = [row for row in standing(By.OFFICER, self.units, "key, kind") if row["returns"]]
        return _with_officers([row | {"actor": int(row["key"]), "role": row["kind"]} for row in rows])


def _with_mean(row: Numbers) -> Numbers:
    """What `measures` gives: the mean of rounds in place of their sum; None where nothing was accepted."""
    rounds = row["rounds"] / row["accepted"] if row["accepted"] else None
    return {name: row[name] for name in MEASURES if name != "decided"} | {"rounds": rounds}


class FromEvents:
    """Of these events alone: within a period or a campaign."""

    def __init__(self, rows: QuerySet[Event]):
        self.rows = rows.filter(verb__in=VERBS).order_by()

    def in_all(self) -> Numbers:
        return self.rows.aggregate(**measures())

    def by_place(self) -> list[Numbers]:
        return list(self._points("key", "kind", key=F("place_label"))[:MAX_PLACES])

    def by_kind_of_place(self) -> list[Numbers]:
        return list(self._points("kind"))

    def by_reason(self) -> list[Numbers]:
        return list(self._points("key", key=F("reason")))

    def _points(self, *group: str, **named: F) -> QuerySet:
        """The points and dossiers of each group, the most points first, with the points of all."""
        points = points_of(self.rows)
        groups = points.annotate(**named).values(*group)
        counted = groups.annotate(points=Count("pk"), returned=Count("dossier", distinct=True))
        return counted.annotate(all_points=Counted(points.values("pk"))).order_by("-points", *group)

    def by_branch(self, characters: int) -> list[Numbers]:
        rows = self.rows.annotate(branch=Left("unit__path", characters))
        return list(rows.values("branch").annotate(**measures()))

    def by_topic(self, known: list[tuple[str, str]]) -> list[Numbers]:
        rows = self.rows.annotate(topic=topics.code_of("dossier", known))
        return list(rows.values("topic").annotate(**measures()).order_by("-returns"))

    def by_officer(self) -> list[Numbers]:
        rows = self.rows.filter(verb__in=[Verb.RETURN, *FOUR_EYES]).values("actor", "role")
        rows = rows.annotate(
            decided=Count("pk", distinct=True),
            returned=Count("chain", distinct=True, filter=Q(verb=Verb.RETURN)),
            returns=Count("pk", distinct=True, filter=Q(verb=Verb.RETURN)),
            points=Count("points"),  # type: ignore[no-redef]  # a number in the row, not the relation
        ).filter(returns__gt=0)
        return _with_officers(list(rows))


def _with_officers(rows: list[Numbers]) -> list[Numbers]:
    people = User.objects.only("full_name", "sort_key").in_bulk({row["actor"] for row in rows})
    return [row | {"officer": people[row["actor"]]} for row in rows]


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


def points_of(rows: QuerySet[Event]) -> QuerySet[Point]:
    """With the kind of each place: the word before its colon."""
    kind = Func(F("place"), Value(":"), Value(1), function="split_part", output_field=CharField())
    points = Point.objects.filter(event__in=rows.filter(verb=Verb.RETURN).order_by().values("pk")).order_by()
    return points.annotate(kind=kind)

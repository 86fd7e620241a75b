"""Why dossiers come back: counted by place, kind of fault, unit, campaign and officer; each share says of what."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts.models import Role, Unit
from audit.return_numbers import FromCounts, FromEvents, Numbers
from workflow.models import Point

Source = FromCounts | FromEvents
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
    query: dict  # what the address of its points adds
    numbers: dict
    within: str = ""  # what stands under the label


def summary(numbers: Source) -> dict:
    """The measures of everything asked for, and the share of dossiers returned."""
    return _shared(numbers.in_all(), "returned", "submitted")


def _shared(numbers: dict, part: str, whole: str) -> dict:
    """With the share in percent, cut off to tenths; None where there is nothing to be a part of."""
    some, all_ = numbers[part], numbers[whole]
    return numbers | {"share": 1000 * some // all_ / 10 if all_ else None}


def by_place(numbers: Source) -> list[StatisticsRow]:
    """The places most often named."""
    return [
        StatisticsRow(row["key"], {"place": row["key"]}, _of_all(row), str(PLACES.get(row["kind"], "")))
        for row in numbers.by_place()
    ]


def by_kind_of_place(numbers: Source) -> list[StatisticsRow]:
    return [
        StatisticsRow(str(PLACES.get(row["kind"], row["kind"])), {"kind": row["kind"]}, _of_all(row))
        for row in numbers.by_kind_of_place()
    ]


def by_reason(numbers: Source) -> list[StatisticsRow]:
    """Kinds of fault as the points say; those that say none stand apart."""
    labels = dict(Point.Reason.choices)
    return [
        StatisticsRow(str(labels.get(row["key"], _("Not stated"))), {"reason": row["key"] or "none"}, _of_all(row))
        for row in numbers.by_reason()
    ]


def _of_all(row: Numbers) -> Numbers:
    return _shared(row, "points", "all_points")


def by_unit(numbers: Source, under: str) -> list[StatisticsRow]:
    """The units right below the place `under` in the tree, each with all below it, and that unit's own."""
    rows = numbers.by_branch(len(under) + Unit.steplen)
    units = {unit.path: unit for unit in Unit.objects.filter(path__in=[row["branch"] for row in rows])}
    lines = [
        StatisticsRow(
            unit.name,
            {"unit": unit.code},
            _shared(row, "returned", "submitted"),
            _("its own") if unit.path == under else "",
        )
        for row in rows
        if (unit := units.get(row["branch"]))
    ]
    return sorted(lines, key=lambda line: (-line.numbers["returns"], line.label))


def by_topic(numbers: FromEvents, known: list[tuple[str, str]]) -> list[StatisticsRow]:
    """Each of these campaigns, and whatever belongs to none of them."""
    labels = dict(known)
    return [
        StatisticsRow(
            labels.get(row["topic"], _("None")), {"topic": row["topic"]}, _shared(row, "returned", "submitted")
        )
        for row in numbers.by_topic(known)
    ]


def by_officer(numbers: Source) -> list[StatisticsRow]:
    """Who returned, of how many papers they decided on."""
    rows = sorted(numbers.by_officer(), key=lambda row: (-row["returns"], row["officer"].sort_key))
    return [
        StatisticsRow(
            row["officer"].full_name,
            {"officer": str(row["officer"].pk)},
            _shared(row, "returns", "decided"),
            str(Role(row["role"]).label),
        )
        for row in rows
    ]

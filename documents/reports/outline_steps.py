"""A report's outline as a drafter goes through it: each section with how far it has come."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from documents.reports.parts import label
from documents.reports.report import Report
from workflow.drafting.editing import Missing
from workflow.models import Point
from workflow.paper.place import Place

STAR = "★"  # marks what belongs to no section


@dataclass(frozen=True)
class Stop:
    """One section to fill in, and its state of completeness: "", some, most, all, or error."""

    code: str
    title: str
    url: str
    fill: str
    depth: int
    current: bool = False


def stops(report: Report, current: str = "") -> list[Stop]:
    """The sections that want something, in reading order; mere headings are left out."""
    return list(_stops(report, current))


def _stops(report: Report, current: str) -> Iterator[Stop]:
    missing = {it.place for it in report.missing()}
    contradicted = {finding.code for finding in report.findings()}
    for row in report.parts.section_rows:
        figures = [figure["code"] for figure in report.parts.figures_of(row["code"])]
        if row["has_parts"] and not figures:
            continue
        places = [f"section:{row['code']}"] * (not row["has_parts"]) + [f"figure:{code}" for code in figures]
        yield Stop(
            code=row["code"],
            title=label(row),
            url=section_url(report, row["code"]),
            fill=_fill(places, missing, contradicted.intersection(figures)),
            depth=row["code"].count("."),
            current=row["code"] == current,
        )


def _fill(places: list[str], missing: set[str], contradicted: set[str]) -> str:
    done = sum(place not in missing for place in places)
    if contradicted:
        return "error"
    if done == len(places):
        return "all"
    return "" if not done else "most" if done * 4 >= len(places) * 3 else "some"


def section_url(report: Report, code: str) -> str:
    return reverse("documents:report-section", args=[report.ref, code])


def place_url(report: Report, place: str) -> str:
    """Where in the editor a place of the paper is filled in."""
    kind, code = Place.of(place)
    if kind == "attestation":
        return reverse("documents:report-attestations", args=[report.ref]) + f"#id_{code}-given"
    if kind == "file":
        return reverse("documents:attachments", args=[report.ref])
    if kind == "section":
        return section_url(report, code) + "#id_text"
    if kind == "figure":
        return section_url(report, report.parts.section_of[code]) + f"#figure-{code}"
    return reverse("workflow:points", args=[report.ref])


@dataclass(frozen=True)
class Task:
    """A line of what is still to do before submitting, with a link to its place; a contradiction is a warning only."""

    url: str
    mark: str
    sentence: str
    things: int = 1  # that it stands for
    is_warning: bool = False


def tasks(report: Report) -> list[Task]:
    """What is still missing, a line a section, then what contradicts itself."""
    sections = report.parts.section_of
    merged: dict[str, list[Missing]] = {}
    for it in report.missing():
        merged.setdefault(_mark(it.place, sections), []).append(it)
    warnings = [
        Task(place_url(report, f"figure:{it.code}"), sections[it.code], it.message, is_warning=True)
        for it in report.findings()
    ]
    return [*(task for mark, missing in merged.items() for task in _told(report, mark, missing)), *warnings]


def _told(report: Report, mark: str, missing: list[Missing]) -> Iterator[Task]:
    """One thing in its own words, several of a section in one line; attestations each by itself."""
    if len(missing) == 1 or mark == STAR:
        yield from (Task(place_url(report, it.place), mark, it.sentence) for it in missing)
        return
    figures = sum(it.place.startswith("figure:") for it in missing)
    words = [_("text")] * (figures < len(missing)) + [ngettext("%d figure", "%d figures", figures) % figures]
    sentence = _("Still missing: %(things)s") % {"things": ", ".join(words)}
    yield Task(place_url(report, missing[0].place), mark, sentence, things=len(missing))


def _mark(place: str, sections: dict[str, str]) -> str:
    kind, code = Place.of(place)
    return {"section": code, "figure": sections.get(code, "")}.get(kind, STAR)


def point_tasks(report: Report, points: list[Point]) -> list[Task]:
    """A line for each point of the last return that has no answer yet, leading to where it is answered."""
    sections = report.parts.section_of
    return [
        Task(
            point_url(report, point),
            _mark(point.place, sections),
            _("Point %(number)s of the return is not answered.") % {"number": point.number},
        )
        for point in points
        if not point.answer
    ]


def point_url(report: Report, point: Point) -> str:
    """Where in the editor a point is answered; a place the outline no longer has is answered among all points."""
    page, _hash, _anchor = place_url(report, point.place).partition("#")
    return f"{page}#point-{point.number}"

"""What the unit has said before under the same heading: sealed versions of this report and of its earlier ones."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from documents.campaigns.outline import Indicator, Section
from documents.content.column_labels import column_label
from documents.reports.comparing import figure_part
from documents.reports.parts import title
from documents.reports.report import Report
from vietnamese.text import fold
from workflow.models import Version
from workflow.paper.parts import RunningText

REPORTS, VERSIONS = 3, 8  # at most so many earlier reports, and versions in all


@dataclass(frozen=True)
class Earlier:
    """One heading of a sealed version: its text and its figures in words."""

    report: Report
    number: int
    sealed_at: datetime
    html: str
    figures: list[tuple[str, str]]


def earlier_texts(report: Report, section: Section, user) -> list[Earlier]:
    """The last versions first, of this report, then of the unit's reports in earlier campaigns, as far as visible."""
    reports = [report, *_earlier_reports(report, user)]
    sections = {section.outline_id: section} | {
        it.outline_id: it for it in _same_heading(section, {other.outline_id for other in reports})
    }
    by_pk = {it.pk: it for it in reports if it.outline_id in sections}
    versions = Version.objects.filter(dossier__in=by_pk).select_related("wording")
    last_first = versions.order_by("-dossier", "-number")[:VERSIONS]
    own_first = sorted(last_first, key=lambda version: version.dossier_id != report.pk)
    read = [_read(by_pk[it.dossier_id], it, sections[by_pk[it.dossier_id].outline_id]) for it in own_first]
    return [it for it in read if it.html or it.figures]


def _earlier_reports(report: Report, user) -> list[Report]:
    others = Report.objects.visible_to(user).filter(unit=report.unit, version__gt=0, pk__lt=report.pk)
    others = others.exclude(campaign=report.campaign)
    return list(others.select_related("campaign").order_by("-campaign__plan_date", "-pk")[:REPORTS])


def _same_heading(section: Section, outlines: set[int]) -> Iterator[Section]:
    """In another version of the outline the same code, in another outline the same words."""
    rows = Section.objects.filter(outline__in=outlines).select_related("outline").prefetch_related("indicators")
    title, outline = fold(section.title_vi), section.outline
    for row in rows:
        same_outline = row.outline.code == outline.code
        if row.code == section.code if same_outline else fold(row.title_vi) == title:
            yield row


def _read(report: Report, version: Version, section: Section) -> Earlier:
    content, under = json.loads(bytes(version.content))["content"], version.wording.by_place()
    parts, files = content["parts"], content["attachments"]
    figures = [
        (title(place, under.get(place, {})) or it.label, _in_words(parts.get(place), under.get(place, {}), files))
        for it in section.indicators.all()
        for place in [f"figure:{it.code}"]
    ]
    html = parts.get(f"section:{section.code}", {}).get("html", "")
    return Earlier(
        report, version.number, version.sealed_at, html, [(label, words) for label, words in figures if words]
    )


def _in_words(part: dict | None, words: dict, files: list[dict]) -> str:
    """The figure with the unit it was read under; a table with the name of each column at its cell."""
    if part is None:
        return ""
    value = part.get("value")
    if value is None:
        return part.get("missing", "")
    if part["type"] == Indicator.Type.TABLE:
        return "\n".join(_row(row) for row in value)
    read = figure_part(words, part, files)
    return "\n".join(read.paragraphs) if isinstance(read, RunningText) else read.shown


def _row(row: dict) -> str:
    return "; ".join(f"{column_label(column)}: {cell}" for column, cell in row.items() if cell)

"""A report set out for reading: what stands at every place, what stood there before, and what is asked of it."""

from dataclasses import dataclass, field

from documents.campaigns.outline import Attestation, Indicator
from documents.content.column_labels import column_label
from documents.content.places import by_place
from documents.reports.figure_words import in_words, of_version
from documents.reports.parts import label

UNNUMBERED = "0"


@dataclass
class ReadSection:
    """One heading of a report with its text, its figures and its longer answers."""

    place: str
    code: str
    title: str
    html: str
    wants_text: bool
    points: list
    rows: list[dict] = field(default_factory=list)  # of papers/figures.html
    answers: list[dict] = field(default_factory=list)  # {place, label, html | columns + table, why, points}

    @property
    def depth(self) -> int:
        return self.code.count(".")

    @property
    def heading(self) -> str:
        """As a printed paper has it: what stands before section 1 has no number."""
        return self.title if self.code == UNNUMBERED else f"{self.code}. {self.title}"


def report_sections(report, previous: dict | None = None, points=()) -> list[ReadSection]:
    """The report by section; `previous` is the content of an older sealed version."""
    before = previous or {"parts": {}, "attachments": []}
    findings = {finding.code: finding.message for finding in report.findings()}
    points_by_place = by_place(points)
    read = []
    for row in report.parts.section_rows:
        place = f"section:{row['code']}"
        section = ReadSection(
            place, row["code"], label(row), row["html"] or "", not row["has_parts"], points_by_place.get(place, [])
        )
        for figure in report.parts.figures_of(row["code"]):
            _add_figure(section, report, figure, before, findings, points_by_place)
        read.append(section)
    return read


def _add_figure(section, report, row, before, findings, points_by_place) -> None:
    place, value = f"figure:{row['code']}", report.parts.values[row["code"]]
    line = {
        "place": place,
        "label": label(row),
        "unit": row["unit"],
        "why": report.parts.reason(row),
        "points": points_by_place.get(place, []),
    }
    if row["type"] == Indicator.Type.TABLE:
        columns = [column_label(column) for column in row["columns"]]
        table = None if value is None else [[line.get(column, "") for column in row["columns"]] for line in value]
        section.answers.append(line | {"columns": columns, "table": table})
    elif row["type"] == Indicator.Type.RICHTEXT:
        section.answers.append(line | {"html": value or ""})
    else:
        line["value"] = in_words(value, row["type"], report.parts.attachments)
        then = before["parts"].get(place, {"type": row["type"]})
        line["before"] = in_words(of_version(then), then["type"], before["attachments"])
        if row["code"] in findings:
            line["check"] = {"kind": "warn", "text": findings[row["code"]]}
        section.rows.append(line)


def report_attestations(report, points=()) -> list[dict]:
    """What the unit was asked to attest, and what it said."""
    points_by_place = by_place(points)
    return [
        {
            "place": f"attestation:{row['code']}",
            "label": label(row),
            "applies": Attestation.applies(row["when"], report.unit),
            "attested": row["attested"] or {},
            "points": points_by_place.get(f"attestation:{row['code']}", []),
        }
        for row in report.parts.attestation_rows
    ]

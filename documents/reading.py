"""A paper set out for reading: every place with what stands there, what stood there before, and what is asked of it."""

from dataclasses import dataclass, field
from decimal import Decimal

from django.urls import reverse
from django.utils.translation import gettext as _

from documents import figures
from documents.column_labels import column_label
from documents.models import Attachment, Attestation, Indicator
from documents.models.nomination_parts import ABOUT, MEETING, MERITS, OPINIONS, PUBLISHED
from documents.models.report_parts import label

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
    rows: list[dict] = field(default_factory=list)  # of components/figures_table.html
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
    before = (previous or {}).get("parts", {})
    findings = {found.code: found.message for found in report.findings()}
    by_place = _by_place(points)
    read = []
    for row in report.parts.section_rows:
        place = f"section:{row['code']}"
        section = ReadSection(
            place, row["code"], label(row), row["html"] or "", not row["has_parts"], by_place.get(place, [])
        )
        for figure in report.parts.figure_rows:
            if figure["section"] == row["code"]:
                _add_figure(section, report, figure, before, findings, by_place)
        read.append(section)
    return read


def _add_figure(section, report, row, before, findings, by_place) -> None:
    place, value = f"figure:{row['code']}", report.parts.values[row["code"]]
    line = {
        "place": place,
        "label": label(row),
        "unit": row["unit"],
        "why": report.parts.reason(row),
        "points": by_place.get(place, []),
    }
    if row["type"] == Indicator.Type.TABLE:
        columns = [column_label(column) for column in row["columns"]]
        table = None if value is None else [[line.get(column, "") for column in row["columns"]] for line in value]
        section.answers.append(line | {"columns": columns, "table": table})
    elif row["type"] == Indicator.Type.RICHTEXT:
        section.answers.append(line | {"html": value or ""})
    else:
        line["value"] = _shown(value, row["type"], report)
        line["before"] = _shown(_stored(before.get(place, {}).get("value"), row["type"]), row["type"], report)
        if row["code"] in findings:
            line["check"] = {"kind": "warn", "text": findings[row["code"]]}
        section.rows.append(line)


def _shown(value, type: str, report) -> str | None:
    """The figure in words, without the unit that has its own column; None while there is none."""
    if value is None:
        return None
    if type == Indicator.Type.FILE:
        return next((file["name"] for file in report.parts.attachments if file["sha256"] == value), value)
    return figures.display(value, type)


def _stored(value, type: str):
    """A figure as a sealed version keeps it: numbers are text there."""
    return Decimal(value) if isinstance(value, str) and type in ("int", "decimal", "percent", "money") else value


def _by_place(points) -> dict[str, list]:
    found: dict[str, list] = {}
    for point in points or ():
        found.setdefault(point.place, []).append(point)
    return found


def report_attestations(report, points=()) -> list[dict]:
    """What the unit was asked to attest, and what it said."""
    by_place = _by_place(points)
    return [
        {
            "place": f"attestation:{row['code']}",
            "label": label(row),
            "applies": Attestation.applies(row["when"], report.unit),
            "said": row["attested"] or {},
            "points": by_place.get(f"attestation:{row['code']}", []),
        }
        for row in report.parts.attestation_rows
    ]


def files(paper, points=()) -> list[dict]:
    """The files as components/files.html lists them."""
    by_place = _by_place(points)
    kinds = dict(Attachment.Kind.choices)
    return [
        {
            "place": f"file:{file['sha256']}",
            "url": reverse("documents:attachment", args=[paper.ref, file["sha256"]]),
            "name": file["name"],
            "size": file["size"],
            "note": _with_points(kinds.get(file["kind"], ""), by_place.get(f"file:{file['sha256']}", [])),
        }
        for file in paper.parts.attachments
    ]


def _with_points(kind, points) -> str:
    return " · ".join([str(kind), *(point.text for point in points)])


def nomination_groups(nomination, points=(), previous: dict | None = None) -> list[tuple[str, list[dict]]]:
    """(heading, fields) of a nomination: each field its place, label, value in words, and what stood there before."""
    by_place = _by_place(points)
    before = (previous or {}).get("parts", {})
    groups = [
        (_("Who is proposed"), ABOUT[nomination.target]),
        (_("Achievements"), MERITS),
        (_("The unit's meeting"), MEETING),
        (_("Opinions and posting"), [*_opinions(nomination), *PUBLISHED]),
    ]
    return [(heading, [_field(nomination, name, by_place, before) for name in names]) for heading, names in groups]


def _opinions(nomination) -> list[str]:
    return [name for name, body in OPINIONS.items() if getattr(nomination.unit, body) or getattr(nomination, name)]


def _field(nomination, name: str, by_place, before) -> dict:
    column = nomination._meta.get_field(name)
    display = getattr(nomination, f"get_{name}_display", None)
    value, then = getattr(nomination, name), before.get(f"field:{name}", {}).get("value")
    if isinstance(value, bool):
        value = figures.display(value, "bool")
    elif hasattr(value, "isoformat"):
        value = figures.display(value, "date")
        then = figures.display(then, "date") if then else then
    return {
        "place": f"field:{name}",
        "label": column.verbose_name,
        "value": display() if display else value,
        "is_html": name == "achievement_report",
        "changed": bool(before) and then not in (None, "", value, getattr(nomination, name)),
        "before": then,
        "points": by_place.get(f"field:{name}", []),
    }

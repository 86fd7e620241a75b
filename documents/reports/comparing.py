"""How the parts of a report read when two versions are compared: figures by value, tables by row."""

from django.utils.translation import pgettext

from documents.campaigns.outline import Indicator
from documents.content import figures
from documents.content.column_labels import column_label
from documents.content.labels import label
from documents.reports.figure_words import in_words, is_number, of_version
from documents.reports.rows import ReportAttestation
from workflow.decisions.sealing import READ_UNDER
from workflow.paper.parts import Amount, CellTable, Facts, Part, RunningText, plain
from workflow.paper.place import Place


def report_part(report, place: str, part: dict) -> Part:
    """A section as text, a figure by its type, an attestation by what was given."""
    what, code = Place.of(place)
    words, part = part.get(READ_UNDER), {name: value for name, value in part.items() if name != READ_UNDER}
    if what == "figure":
        row = next((row for row in report.parts.figure_rows if row["code"] == code), {})
        return figure_part(row if words is None else words, part, report.parts.attachments)
    if what == "attestation":
        return _attestation(part)
    return Facts({pgettext("dossier", "Subject"): part["subject"]}) if what == "general" else plain(part)


def figure_part(row: dict, part: dict, attachments: list[dict]) -> Part:
    """A sealed figure as it reads: `row` has its unit and columns, `part` what was sealed; a file by its name."""
    type, value = part["type"], of_version(part)
    if type == Indicator.Type.TABLE:
        return _table(row.get("columns") or [], value or [])
    if value is None:
        return Amount(why=part.get("missing", ""))
    if type == Indicator.Type.RICHTEXT:
        return RunningText.of_html(value)
    shown, unit = in_words(value, type, attachments), row.get("unit", "")
    if not is_number(type):
        return Amount(shown=shown)
    with_unit = shown if type in ("percent", "money") or not unit else f"{shown} {unit}"
    return Amount(shown=with_unit, number=value, is_share=type == "percent")


def _table(columns: list[str], rows: list[dict]) -> CellTable:
    names = columns or list(dict.fromkeys(name for row in rows for name in row))
    cells = [[str(row.get(name) or "") for name in names] for row in rows]
    return CellTable([str(column_label(name)) for name in names], cells)


def _attestation(part: dict) -> Facts:
    given_on = part.get("given_on")
    shown = {
        "given": figures.display(bool(part.get("given")), "bool"),
        "person_name": part.get("person_name", ""),
        "given_on": figures.display(given_on, "date") if given_on else "",
        "note": part.get("note", ""),
    }
    return Facts({label(ReportAttestation, name): value for name, value in shown.items()})

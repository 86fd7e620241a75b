"""How the parts of reports and nominations read when two versions are compared: figures by value, tables by row."""

from decimal import Decimal

from django.utils.text import capfirst
from django.utils.translation import pgettext

from documents import figures
from documents.column_labels import column_label
from documents.models.outline import Indicator
from documents.models.report_rows import ReportAttestation
from workflow.parts import Amount, Facts, Part, Table, Words, plain

NUMBERS = frozenset({"int", "decimal", "percent", "money"})


# --- reports ----------------------------------------------------------------------------------------------------------
def report_part(report, place: str, part: dict) -> Part:
    """A section as text, a figure by its type, an attestation by what was given."""
    what, _colon, code = place.partition(":")
    if what == "figure":
        row = next((row for row in report.parts.figure_rows if row["code"] == code), {})
        return _figure(row, part, report.parts.attachments)
    if what == "attestation":
        return _attestation(part)
    return Facts({pgettext("dossier", "Subject"): part["subject"]}) if what == "general" else plain(part)


def _figure(row: dict, part: dict, attachments: list[dict]) -> Part:
    type, value = part.get("type", "text"), part.get("value")
    if type == Indicator.Type.TABLE:
        return _table(row.get("columns") or [], value or [])
    if value is None:
        return Amount(why=part.get("missing", ""))
    if type == Indicator.Type.RICHTEXT:
        return Words.of_html(value)
    if type == Indicator.Type.FILE:
        return Amount(shown=next((file["name"] for file in attachments if file["sha256"] == value), value[:8]))
    return _amount(value, type, row.get("unit", ""))


def _amount(value, type: str, unit: str) -> Amount:
    if type not in NUMBERS:
        return Amount(shown=figures.display(value, type))
    number = Decimal(value)
    shown = figures.display(number, type)
    with_unit = shown if type in ("percent", "money") or not unit else f"{shown} {unit}"
    return Amount(shown=with_unit, number=number, is_share=type == "percent")


def _table(columns: list[str], rows: list[dict]) -> Table:
    names = columns or list(dict.fromkeys(name for row in rows for name in row))
    cells = [[str(row.get(name) or "") for name in names] for row in rows]
    return Table([str(column_label(name)) for name in names], cells)


def _attestation(part: dict) -> Facts:
    given_on = part.get("given_on")
    said = {
        "given": figures.display(bool(part.get("given")), "bool"),
        "person_name": part.get("person_name", ""),
        "given_on": figures.display(given_on, "date") if given_on else "",
        "note": part.get("note", ""),
    }
    return Facts({_label(ReportAttestation, name): value for name, value in said.items()})


# --- nominations ------------------------------------------------------------------------------------------------------
def nomination_part(nomination, place: str, part: dict) -> Part:
    """A field by its value, the ballot count by count, earlier awards row by row."""
    name = place.partition(":")[2]
    if place == "general":
        target = dict(nomination._meta.get_field("target").flatchoices).get(part["target"], part["target"])
        return Facts({pgettext("dossier", "Subject"): part["subject"], _label(type(nomination), "target"): str(target)})
    if name == "ballot":
        return Facts({_ballot_label(nomination, count): _counted(value) for count, value in part.items()})
    if name == "previous_awards":
        return _previous(nomination, part["rows"])
    if set(part) != {"value"}:
        return plain(part)
    return _field(nomination._meta.get_field(name), part["value"])


def _field(column, value) -> Part:
    if column.name == "achievement_report":
        return Words.of_html(value)
    if column.get_internal_type() == "TextField":
        return Words(value)
    if isinstance(value, bool):
        return Amount(shown=figures.display(value, "bool"))
    if column.get_internal_type() == "DateField":
        return Amount(shown=figures.display(value, "date"))
    if column.get_internal_type() == "PositiveIntegerField":
        return Amount(shown=figures.display(value, "int"), number=Decimal(value))
    return Amount(shown=str(dict(column.flatchoices).get(value, value)))


def _previous(nomination, rows: list[dict]) -> Table:
    model, names = nomination.previous_awards.model, ["year", "form", "decision_no", "decided_by"]
    return Table(
        [_label(model, name) for name in names], [[str(row.get(name) or "") for name in names] for row in rows]
    )


def _ballot_label(nomination, count: str) -> str:
    return _label(type(nomination), f"ballot_{count}")


def _counted(value) -> str:
    return "" if value is None else figures.display(value, "int")


def _label(model, name: str) -> str:
    return capfirst(str(model._meta.get_field(name).verbose_name))

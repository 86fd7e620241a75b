"""What a drafter writes into a report, called inside `workflow.drafting.editing.edit`; only what changed is saved."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal

from documents.campaigns.outline import Indicator
from documents.content.richtext import clean, is_blank
from documents.reports.edit_history import keep
from documents.reports.report import Report
from documents.reports.rows import Figure, ReportAttestation, ReportSection
from vietnamese.text import nfc

Value = Decimal | int | bool | str | list | None


@dataclass(frozen=True)
class Given:
    """An attestation as the form takes it."""

    given: bool
    person_name: str = ""
    given_on: date | None = None
    note: str = ""


def write_sections(report: Report, texts: Mapping[str, str], *, quietly: bool = False) -> None:
    """Section code -> HTML as typed. KeyError for a section that is not there or has parts; TooLong (richtext)."""
    sections = {section.code: section for section in report.outline.sections.filter(has_parts=False)}
    existing = {row.section_id: row for row in report.section_texts.all()}
    for code, html in texts.items():
        section = sections[code]
        row = existing.get(section.pk) or ReportSection(report=report, section=section)
        new = _clean(html)
        if row.html != new:
            row.html = new
            keep(row, quietly)


def write_figures(
    report: Report, values: Mapping[str, Value], reasons: Mapping[str, str] | None = None, *, quietly: bool = False
) -> None:
    """Code -> value as `figures.parse` gives it (a table: rows), None where there is none, with the reason if given.

    A table of no rows says that there are none; None says nothing. KeyError for a figure that is unknown or computed.
    """
    indicators = {indicator.code: indicator for indicator in report.outline.indicators.filter(computed="")}
    existing = {row.indicator_id: row for row in report.figures.all()}
    for code in {**values, **(reasons or {})}:
        indicator = indicators[code]
        row = existing.get(indicator.pk) or Figure(report=report, indicator=indicator)
        reason = nfc((reasons or {}).get(code, "")).strip()
        if row.put(indicator.type, _value(indicator, values.get(code)), reason):
            keep(row, quietly)


def write_attestations(report: Report, given: Mapping[str, Given]) -> None:
    """Code -> what the form says of it."""
    attestations = {attestation.code: attestation for attestation in report.outline.attestations.all()}
    for code, answer in given.items():
        fields = asdict(answer) | {"person_name": nfc(answer.person_name).strip(), "note": nfc(answer.note).strip()}
        ReportAttestation.objects.update_or_create(report=report, attestation=attestations[code], defaults=fields)


def _clean(html: str) -> str:
    html = clean(html)
    return "" if is_blank(html) else html


def _value(indicator: Indicator, value: Value) -> Value:
    if value is None:
        return None
    if indicator.type == Indicator.Type.TABLE:
        return _rows(indicator.columns, value)
    if indicator.type == Indicator.Type.RICHTEXT:
        return _clean(value)
    return nfc(value).strip() if isinstance(value, str) else value


def _rows(columns: list[str], rows: list[dict]) -> list[dict[str, str]]:
    """Each row as text by column, rows with nothing in them left out."""
    cells = [{column: nfc(str(row.get(column, ""))).strip() for column in columns} for row in rows]
    return [row for row in cells if any(row.values())]

"""A unit's report, written through the forms' own functions from its file of data."""

from collections.abc import Mapping
from datetime import timedelta
from uuid import uuid4

from django.utils import timezone

from accounts.models import Authority, Unit
from documents.content import figures
from documents.content.richtext import from_plain
from documents.demo.data import read
from documents.models import Campaign, Indicator, Report
from documents.reports.writing import Given, write_attestations, write_figures, write_sections
from workflow.drafting import editing, points

ATTESTED_BEFORE = timedelta(days=2)


def written(campaign: Campaign, code: str, by: Authority, *, file: str = "", **fields) -> Report:
    """A new draft of this unit with what its file says: texts, figures, tables and attestations."""
    report = Report(campaign=campaign, unit=Unit.objects.get(code=code), **fields)
    editing.create(report, by=by, key=uuid4())
    data = read(f"demo/{file or code}.yaml")
    with editing.edit(report, by=by) as paper:
        write_sections(paper, {code: from_plain(text) for code, text in data["sections"].items()})
        write_figures(paper, _figures(paper, data), _reasons(paper, data))
        write_attestations(paper, _attestations(paper.unit, data.get("attestations", {})))
    return report


def correct(report: Report, by: Authority, *, values: Mapping[str, str], answer: str = "") -> None:
    """Type other figures, and answer the points of the last return."""
    with editing.edit(report, by=by) as paper:
        types = dict(paper.outline.indicators.values_list("code", "type"))
        write_figures(paper, {code: figures.parse(text, types[code]) for code, text in values.items()})
    if left := [point.number for point in points.last_return(report) if not point.answer]:
        points.answer(report, dict.fromkeys(left, answer), by=by)


def _figures(paper: Report, data: dict) -> dict:
    typed, tables = _head_count(paper.unit) | data["figures"], _tables(data)
    return {
        indicator.code: _value(indicator, typed, tables)
        for indicator in paper.outline.indicators.filter(computed="")
        if indicator.code in typed or indicator.code in tables
    }


def _value(indicator: Indicator, typed: dict, tables: dict):
    if indicator.type == Indicator.Type.TABLE:
        return [dict(zip(indicator.columns, row, strict=True)) for row in tables[indicator.code]]
    text = typed[indicator.code]
    if indicator.type == Indicator.Type.RICHTEXT:
        return from_plain(text)
    return figures.parse(str(text).lower() if isinstance(text, bool) else str(text), indicator.type)


def _tables(data: dict) -> dict:
    """The tables as rows; `years` (year: [classes, attendances]) with the themes that every unit studied."""
    themes = read("demo.yaml")["themes"]
    years = {"chuyen_de_nam": [[year, themes[year], *counts] for year, counts in data.get("years", {}).items()]}
    return data.get("tables", {}) | (years if data.get("years") else {})


def _head_count(unit: Unit) -> dict:
    """What every part of the office knows of a grassroots unit; the district counts its units' in its own file."""
    counts = {
        "lao_dong_total": "employees",
        "lao_dong_nu": "female",
        "doan_vien_total": "members",
        "dang_vien_total": "party_members",
        "co_to_chuc_dang": "has_party_org",
    }
    for row in read("demo.yaml")["units"]:
        if row["code"] == unit.code:
            return {code: row[field] for code, field in counts.items()}
    return {}


def _reasons(paper: Report, data: dict) -> dict:
    """Why there is no figure: said one by one, or by `missing_all` for whatever else is left."""
    if reason := data.get("missing_all"):
        required = paper.outline.indicators.filter(computed="", optional=False)
        return {code: reason for code in required.values_list("code", flat=True) if code not in data["figures"]}
    return data.get("missing", {})


def _attestations(unit: Unit, notes: dict) -> dict:
    people = {"thong_nhat_chuyen_mon": unit.employer_head, "y_kien_cap_uy": unit.party_secretary}
    day = timezone.localdate() - ATTESTED_BEFORE
    return {code: Given(True, people[code], day, note) for code, note in notes.items()}

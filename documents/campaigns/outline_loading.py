"""Outlines come from data: a YAML file becomes one published version, the same file always the same row."""

import hashlib
from collections.abc import Iterator
from datetime import date
from itertools import count
from pathlib import Path

import yaml
from django.db import transaction
from django.utils import timezone

from accounts.models import Authority, Recorded
from administration.reference import record
from documents.campaigns.outline import Attestation, Indicator, Outline, Section
from documents.content.figures import checks, computed
from vietnamese.text import nfc

DATA = Path(__file__).parent.parent / "data" / "outline.yaml"


def load_outline(path: Path = DATA, *, by: Authority) -> Outline:
    """The published outline of this file, on record as this person's act.

    ValueError on bad data, and when its version was published otherwise.
    """
    text = nfc(Path(path).read_text(encoding="utf-8"))
    data = yaml.safe_load(text)
    digest = hashlib.sha256(text.encode()).hexdigest()
    head = data["template"]
    with transaction.atomic():
        outline, is_new = Outline.objects.get_or_create(
            code=head["code"], version=head.get("version", 1), defaults=_head(data) | {"source_hash": digest}
        )
        if is_new:
            _fill(outline, data)
            record(*_whole(outline), by=by)
        elif outline.source_hash != digest:
            raise ValueError(f"{outline} was published with other content: give this one a new version")
    return outline


def _head(data: dict) -> dict:
    head = data["template"]
    return {
        "title_vi": head["title_vi"],
        "title_en": head.get("title_en", ""),
        "document_type": head["document_type"],
        "period_from": date.fromisoformat(head["period"]["from"]),
        "period_to": date.fromisoformat(head["period"]["to"]),
        "legal_basis": head.get("legal_basis", []),
        "guidance_vi": head.get("general_guidance_vi", ""),
        "guidance_en": head.get("general_guidance_en", ""),
        "annexes": data.get("annexes", []),
        "checklists": data.get("checklists", {}),
        "consolidation": data.get("consolidation", {}),
    }


def _fill(outline: Outline, data: dict) -> None:
    positions = count()
    for section in data["sections"]:
        _add_section(outline, section, positions)
    for position, attestation in enumerate(data.get("attestations", [])):
        _add_attestation(outline, attestation, position)
    _check_references(outline)
    outline.published_at = timezone.now()
    outline.save()


def _whole(outline: Outline) -> list[Recorded]:
    """The outline with every part of it, as stored."""
    return [outline, *outline.sections.all(), *outline.indicators.all(), *outline.attestations.all()]


def _add_section(outline: Outline, data: dict, positions: Iterator[int], parent: Section | None = None) -> None:
    section = Section.objects.create(
        outline=outline,
        parent=parent,
        code=data["code"],
        title_vi=data["title_vi"],
        title_en=data.get("title_en", ""),
        guidance_vi=data.get("guidance_vi", ""),
        position=next(positions),
        has_parts=bool(data.get("children")),
        optional=data.get("optional", False),
        origin=data["origin"],
    )
    for indicator in data.get("indicators", []):
        _add_indicator(section, indicator, next(positions))
    for part in data.get("children", []):
        _add_section(outline, part, positions, parent=section)


def _add_indicator(section: Section, data: dict, position: int) -> None:
    Indicator.objects.create(
        outline=section.outline,
        section=section,
        code=data["code"],
        label_vi=data["vi"],
        label_en=data.get("en", ""),
        type=Indicator.Type(data["type"]),
        unit=data.get("unit", ""),
        check_rule=data.get("check", ""),
        computed=data.get("computed", ""),
        columns=data.get("columns", []),
        optional=data.get("optional", False),
        position=position,
        origin=data["origin"],
    )


def _add_attestation(outline: Outline, data: dict, position: int) -> None:
    condition = data.get("required", "").removeprefix("if unit.") or Attestation.When.ALWAYS
    Attestation.objects.create(
        outline=outline,
        code=data["code"],
        label_vi=data["vi"],
        label_en=data.get("en", ""),
        applies_when=Attestation.When(condition),
        position=position,
    )


def _check_references(outline: Outline) -> None:
    """A check or formula that cannot be read must be found before the outline is fixed for ever."""
    indicators = list(outline.indicators.all())
    checks({}, [(indicator.code, indicator.check_rule, "") for indicator in indicators])
    for indicator in indicators:
        if indicator.computed:
            computed(indicator.computed, {})

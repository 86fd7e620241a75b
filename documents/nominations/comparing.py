"""How the parts of a nomination read when two versions are compared: fields by value, the ballot count by count."""

from decimal import Decimal

from django.utils.translation import pgettext

from documents.awards.award import AwardType
from documents.content import figures
from documents.content.bilingual import in_readers_language
from documents.content.labels import label
from workflow.decisions.sealing import READ_UNDER
from workflow.paper.parts import Amount, CellTable, Facts, Part, RunningText, plain
from workflow.paper.place import Place


def nomination_part(nomination, place: str, part: dict) -> Part:
    """A field by its value, the ballot count by count, earlier awards row by row."""
    name = Place.of(place).code
    words, part = part.get(READ_UNDER, {}), {field: value for field, value in part.items() if field != READ_UNDER}
    if place == "general":
        target = dict(nomination._meta.get_field("target").flatchoices).get(part["target"], part["target"])
        return Facts({pgettext("dossier", "Subject"): part["subject"], label(type(nomination), "target"): str(target)})
    if name == "ballot":
        return Facts({_ballot_label(nomination, count): _counted(value) for count, value in part.items()})
    if name == "previous_awards":
        return _previous(nomination, part["rows"])
    if name == "award" and words:
        called = in_readers_language(words["vi"], words.get("en", ""))
        return Facts({label(AwardType, "name_vi"): called, label(AwardType, "decided_by"): words["decided_by"]})
    if set(part) != {"value"}:
        return plain(part)
    return _field(nomination._meta.get_field(name), part["value"])


def _field(column, value) -> Part:
    if column.name == "achievement_report":
        return RunningText.of_html(value)
    if column.get_internal_type() == "TextField":
        return RunningText(value)
    if isinstance(value, bool):
        return Amount(shown=figures.display(value, "bool"))
    if column.get_internal_type() == "DateField":
        return Amount(shown=figures.display(value, "date"))
    if column.get_internal_type() == "PositiveIntegerField":
        return Amount(shown=figures.display(value, "int"), number=Decimal(value))
    return Amount(shown=str(dict(column.flatchoices).get(value, value)))


def _previous(nomination, rows: list[dict]) -> CellTable:
    model, names = nomination.previous_awards.model, ["year", "form", "decision_no", "decided_by"]
    return CellTable(
        [label(model, name) for name in names], [[str(row.get(name) or "") for name in names] for row in rows]
    )


def _ballot_label(nomination, count: str) -> str:
    return label(type(nomination), f"ballot_{count}")


def _counted(value) -> str:
    return "" if value is None else figures.display(value, "int")

"""A report's places: what stands there, what is still missing, what a point of a return can name."""

from collections.abc import Iterator
from decimal import Decimal

from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from documents.campaigns.outline import Attestation, Indicator
from documents.content import figures
from documents.content.bilingual import in_readers_language
from documents.reports.rows import Figure
from workflow.drafting.editing import Missing
from workflow.models import Point
from workflow.paper.place import Place

LABEL = Point._meta.get_field("place_label").max_length
QUESTION = ("unit", "check", "computed", "columns")
IN_WORDS = frozenset({Indicator.Type.TEXT, Indicator.Type.RICHTEXT})


def label(row: dict) -> str:
    return in_readers_language(row["vi"], row["en"])


def _words(row: dict, *more: str) -> dict:
    """What is said of this place in the outline, without what it leaves empty."""
    return {name: row[name] for name in ("vi", "en", *more) if row[name]}


def value(row: dict):
    """What stands in a figure's row, in Python's type; None while there is none."""
    figure = row["figure"]
    if figure is None:
        return None
    stored = figure[Figure.column(row["type"])]
    if stored is None or stored == "":
        return None
    if Figure.column(row["type"]) == "number":
        number = Decimal(stored).normalize()
        return int(number) if row["type"] in ("int", "money") else number
    return stored


class ReportParts:
    """The rows of `report_query`, read as content, as what is missing and as places."""

    def __init__(self, section_rows, figure_rows, attestation_rows, attachments):
        self.section_rows, self.figure_rows = section_rows, figure_rows
        self.attestation_rows, self.attachments = attestation_rows, attachments

    @cached_property
    def values(self) -> dict:
        """Code -> value of every indicator, computed ones computed; None while missing."""
        tables = {row["code"]: value(row) for row in self.figure_rows if row["type"] == Indicator.Type.TABLE}
        return {
            row["code"]: figures.computed(row["computed"], tables) if row["computed"] else value(row)
            for row in self.figure_rows
        }

    @cached_property
    def section_of(self) -> dict[str, str]:
        """Code of each figure -> of its section."""
        return {row["code"]: row["section"] for row in self.figure_rows}

    def numbers(self) -> dict[str, Decimal | int | None]:
        """Code -> number of the indicators that are numbers."""
        return {
            row["code"]: self.values[row["code"]] for row in self.figure_rows if Figure.column(row["type"]) == "number"
        }

    def content(self) -> dict[str, dict]:
        """Place -> what stands there; places where nothing stands are left out."""
        texts = {f"section:{row['code']}": {"html": row["html"]} for row in self.section_rows if row["html"]}
        numbers = {f"figure:{row['code']}": self._figure(row) for row in self.figure_rows if self._is_answered(row)}
        given = {
            f"attestation:{row['code']}": row["attested"]
            for row in self.attestation_rows
            if row["attested"] is not None
        }
        return texts | numbers | given

    def read_under(self) -> dict[str, dict]:
        """Place -> its title; a figure's label, unit of measure and question; the sentence attested to."""
        return {
            **{f"section:{row['code']}": _words(row) for row in self.section_rows},
            **{f"figure:{row['code']}": _words(row, *QUESTION) for row in self.figure_rows},
            **{f"attestation:{row['code']}": _words(row) for row in self.attestation_rows},
        }

    def _is_answered(self, row) -> bool:
        return self.values[row["code"]] is not None or bool(self.reason(row))

    def _figure(self, row) -> dict:
        figure = self.values[row["code"]]
        if figure is None:
            return {"type": row["type"], "missing": self.reason(row)}
        if isinstance(figure, Decimal):
            figure = format(figure, "f")  # 98.5, never 9.85E+1 and never a float
        elif isinstance(figure, int) and not isinstance(figure, bool):
            figure = str(figure)
        return {"type": row["type"], "value": figure}

    @staticmethod
    def reason(row: dict) -> str:
        """Why there is no figure, as the unit says; empty when it does not."""
        return (row["figure"] or {}).get("missing_reason", "")

    def missing(self, unit) -> Iterator[Missing]:
        """As the paper goes: each section, then its figures; the attestations last."""
        for row in self.section_rows:
            if not (row["has_parts"] or row["optional"] or row["html"]):
                yield Missing(
                    f"section:{row['code']}", _("Section %(section)s has no text.") % {"section": heading(row)}
                )
            yield from self._missing_figures(row["code"])
        for row in self.attestations_for(unit):
            if not (row["attested"] or {}).get("given"):
                yield Missing(
                    f"attestation:{row['code']}", _("Not attested: %(attestation)s") % {"attestation": label(row)}
                )

    def _missing_figures(self, section: str) -> Iterator[Missing]:
        for row in self.figures_of(section):
            if row["optional"] or row["computed"] or self._is_answered(row):
                continue
            sentence = (
                _("“%(figure)s” (section %(section)s) has no text, nor a reason why there is none.")
                if row["type"] in IN_WORDS
                else _("“%(figure)s” (section %(section)s) has neither a figure nor a reason why there is none.")
            )
            yield Missing(f"figure:{row['code']}", sentence % {"figure": label(row), "section": section})

    def figures_of(self, section: str) -> list[dict]:
        return [row for row in self.figure_rows if row["section"] == section]

    def attestations_for(self, unit) -> list[dict]:
        return [row for row in self.attestation_rows if Attestation.applies(row["when"], unit)]

    def places(self, unit) -> Iterator[tuple[str, str]]:
        """(code, label) of every section, figure and applicable attestation, each section followed by its figures."""
        for row in self.section_rows:
            yield f"section:{row['code']}", heading(row)
            for figure in self.figures_of(row["code"]):
                yield f"figure:{figure['code']}", label(figure)[:LABEL]
        for row in self.attestations_for(unit):
            yield f"attestation:{row['code']}", label(row)[:LABEL]

    def file_places(self) -> list[tuple[str, str]]:
        return [(f"file:{file['sha256']}", file["name"]) for file in self.attachments]


def heading(row: dict) -> str:
    return f"{row['code']}. {label(row)}"[:LABEL]


def title(place: str, words: dict) -> str:
    """A place by the words a version was read under; empty where those do not name it."""
    what, code = Place.of(place)
    name = in_readers_language(words.get("vi", ""), words.get("en", ""))
    return {"section": f"{code}. {name}", "figure": name, "attestation": name}.get(what, "")[:LABEL] if name else ""

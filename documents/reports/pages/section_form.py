"""One section of a report: its text and its figures, saved together or not at all."""

from dataclasses import dataclass

from django import forms
from django.forms.utils import ErrorDict
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from documents.campaigns.outline import Indicator, Section
from documents.content import figures
from documents.content.figure_field import ReasonField
from documents.content.in_words import FormInWords
from documents.content.rich_text_field import RichTextField
from documents.content.table_rows import BLANK_ROWS, count
from documents.reports.pages.indicator_field import field_for
from documents.reports.report import Report
from documents.reports.writing import write_figures, write_sections
from ledger.canonical import canonical, sha256
from workflow.errors import Stale


@dataclass(frozen=True)
class IndicatorEntry:
    """One indicator on the page: its fields (none when it is computed), and what the outline's checks say of it."""

    indicator: Indicator
    points: list  # of the last return, that name this figure
    field: forms.BoundField | None
    reason: forms.BoundField | None
    computed: str
    findings: list[str]

    @property
    def is_wide(self) -> bool:
        return self.indicator.type in {"table", "richtext", "text", "bool", "file"}


class SectionForm(FormInWords, forms.Form):
    """Fields follow the outline: `text`, and `figure-<code>` with `reason-<code>` for each indicator.

    `seen` is what the page was made from; `over`, which only the button beside both texts sends, what it replaces.
    """

    quiet = True
    points: list = []  # of the last return, shown at the figures they name
    seen = forms.CharField(required=False, widget=forms.HiddenInput)
    over = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, report: Report, section: Section, data=None):
        super().__init__(data, initial={"seen": digest(report, section)})
        self.report, self.section = report, section
        self.indicators = list(section.indicators.all())
        if section.wants_text:
            text = saved_text(report, section)
            self.fields["text"] = RichTextField(label=gettext_lazy("Content"), required=False, initial=text)
        for indicator in self.indicators:
            if not indicator.computed:
                self._add(indicator)

    def _add(self, indicator: Indicator) -> None:
        value, row = self.report.parts.values[indicator.code], self._rows[indicator.code]
        self.fields[f"figure-{indicator.code}"] = field_for(indicator, value, self.report.parts.attachments)
        self.fields[f"reason-{indicator.code}"] = ReasonField(initial=self.report.parts.reason(row))

    @cached_property
    def _rows(self) -> dict[str, dict]:
        return {row["code"]: row for row in self.report.parts.figure_rows}

    @cached_property
    def entries(self) -> list[IndicatorEntry]:
        """The indicators as a page shows them."""
        findings = self.report.findings()
        return [
            IndicatorEntry(
                indicator=indicator,
                points=[point for point in self.points if point.place == f"figure:{indicator.code}"],
                field=None if indicator.computed else self[f"figure-{indicator.code}"],
                reason=None if indicator.computed else self[f"reason-{indicator.code}"],
                computed=self._computed(indicator),
                findings=[finding.message for finding in findings if finding.code == indicator.code],
            )
            for indicator in self.indicators
        ]

    def _computed(self, indicator: Indicator) -> str:
        return figures.display(self.report.parts.values[indicator.code], indicator.type) if indicator.computed else ""

    def clean(self):
        for indicator in self.indicators:
            value = self.cleaned_data.get(f"figure-{indicator.code}")
            reason = self.cleaned_data.get(f"reason-{indicator.code}")
            if value not in (None, "") and reason:
                self.add_error(
                    f"reason-{indicator.code}", _("Enter either the figure or the reason why there is none, not both.")
                )

    def add_rows(self, code: str) -> "SectionForm":
        """The same form as typed, not judged yet, with more rows in one table."""
        data = self.data.copy()
        name = f"figure-{code}-rows"
        data[name] = str(count(data.get(name, "")) + BLANK_ROWS)
        return SectionForm(self.report, self.section, data).unjudged()

    def unjudged(self) -> "SectionForm":
        """This form as typed, no fault found in it: nothing has been sent to be saved."""
        self._errors, self.cleaned_data = ErrorDict(), {}
        return self

    def save(self, report: Report, *, quietly: bool = False) -> None:
        """Write what is sound into the report locked by `drafting.edit`. Raises Stale when it is not what was shown.

        `quietly`: one of many saves while somebody types; the history keeps one row for them all.
        """
        if digest(report, self.section) not in {self.cleaned_data["over"], self.cleaned_data["seen"]}:
            raise Stale(
                _("Somebody else has saved this section since you opened it. Nothing of yours has been saved yet.")
            )
        if "text" in self.cleaned_data:
            write_sections(report, {self.section.code: self.cleaned_data["text"]}, quietly=quietly)
        sound = [code for code in self._typed_codes() if not self._is_faulty(code)]
        write_figures(report, self._typed("figure", sound), self._typed("reason", sound), quietly=quietly)

    def _typed_codes(self) -> list[str]:
        return [indicator.code for indicator in self.indicators if not indicator.computed]

    def _is_faulty(self, code: str) -> bool:
        return f"figure-{code}" in self.errors or f"reason-{code}" in self.errors

    def _typed(self, kind: str, codes: list[str]) -> dict:
        return {code: self.cleaned_data[f"{kind}-{code}"] for code in codes}


def saved_text(report: Report, section: Section) -> str:
    return next((row["html"] or "" for row in report.parts.section_rows if row["code"] == section.code), "")


def digest(report: Report, section: Section) -> str:
    """What stands in this section now: a page carries it so that nobody overwrites what they did not see."""
    rows = [(row["code"], row["figure"]) for row in report.parts.figures_of(section.code)]
    return sha256(canonical({"text": saved_text(report, section), "figures": rows})).hex()

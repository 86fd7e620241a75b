"""An outline and what a report says at each of its places, as subqueries that one statement brings."""

from django.db.models import F, OuterRef, Subquery, TextField
from django.db.models.functions import Cast, JSONObject

from documents.campaigns.outline import Attestation, Indicator, Section
from documents.reports.rows import Figure, ReportAttestation, ReportSection


def sections():
    """A row {code, vi, en, has_parts, optional, html} for every section of the outer report's outline."""
    html = ReportSection.objects.filter(report=OuterRef(OuterRef("pk")), section=OuterRef("pk")).values("html")
    return _in_order(
        Section,
        code=F("code"),
        vi=F("title_vi"),
        en=F("title_en"),
        has_parts=F("has_parts"),
        optional=F("optional"),
        html=Subquery(html),
    )


def figures():
    """A row for every indicator; its `figure` is {number, text, truth, rows, missing_reason} or None."""
    number = Cast("number", TextField())  # a JSON number would reach Python as a float
    figure = Figure.objects.filter(report=OuterRef(OuterRef("pk")), indicator=OuterRef("pk")).values(
        row=JSONObject(
            number=number, text=F("text"), truth=F("truth"), rows=F("rows"), missing_reason=F("missing_reason")
        )
    )
    return _in_order(
        Indicator,
        code=F("code"),
        section=F("section__code"),
        vi=F("label_vi"),
        en=F("label_en"),
        type=F("type"),
        unit=F("unit"),
        check=F("check_rule"),
        computed=F("computed"),
        columns=F("columns"),
        optional=F("optional"),
        figure=Subquery(figure),
    )


def attestations():
    """A row for every attestation of the outline; `attested` is {given, person_name, given_on, note} or None."""
    attestation = ReportAttestation.objects.filter(report=OuterRef(OuterRef("pk")), attestation=OuterRef("pk")).values(
        row=JSONObject(given=F("given"), person_name=F("person_name"), given_on=F("given_on"), note=F("note"))
    )
    return _in_order(
        Attestation,
        code=F("code"),
        vi=F("label_vi"),
        en=F("label_en"),
        when=F("applies_when"),
        attested=Subquery(attestation),
    )


def _in_order(places, **row):
    """A row for each of the `places` (sections, indicators, attestations) of the outer report's outline."""
    ordered = places.objects.filter(outline=OuterRef("outline")).order_by("position")
    return ordered.values(row=JSONObject(**row))

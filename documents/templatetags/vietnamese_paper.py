"""Forms of an official Vietnamese page, whatever the reader's language: its own words are not translated."""

from django import template

from vietnamese import text as vietnamese

register = template.Library()
TYPES = {"BC": "BÁO CÁO", "TTr": "TỜ TRÌNH", "QĐ": "QUYẾT ĐỊNH", "CV": "CÔNG VĂN"}


@register.filter
def long_date(day) -> str:
    """ngày 09 tháng 3 năm 2021"""
    return vietnamese.long_date(day)


@register.filter
def official_date(day) -> str:
    """09/3/2021, in the running text of a paper."""
    return vietnamese.short_official_date(day) if day else ""


@register.filter
def type_in_full(document_type: str) -> str:
    return TYPES.get(document_type, document_type)


@register.filter
def paragraphs(text: str) -> list[str]:
    """A text by its lines; blank ones count for nothing."""
    return [line.strip() for line in text.splitlines() if line.strip()]

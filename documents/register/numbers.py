"""Numbers without gaps: taken under the series' row lock, in the transaction that uses them."""

from dataclasses import dataclass
from datetime import date

from accounts.models import Unit
from documents.register.number_series import DocumentType, NumberSeries


@dataclass(frozen=True)
class Number:
    year: int
    number: int
    symbol: str  # 27/TTr-LĐLĐ
    series: NumberSeries  # as it stands with this number taken; its event is that of whoever uses the number


def take_number(unit: Unit, document_type: DocumentType, on: date) -> Number:
    """The next number of this series. Call inside the transaction that stores it: a rollback gives it back."""
    series = _locked(unit, document_type, on.year)
    number = series.next_number
    series.next_number += 1
    series.save(update_fields=["next_number"])
    return Number(on.year, number, series.written(number), series)


def _locked(unit: Unit, document_type: str, year: int) -> NumberSeries:
    rows = NumberSeries.objects.filter(unit=unit, document_type=document_type, year=year)
    locking = rows.select_related("unit").select_for_update(of=("self",))
    series = locking.first()
    if series is None:  # the first paper of the year; another clerk may be opening the book at this moment
        opened = NumberSeries(unit=unit, document_type=document_type, year=year, pattern=_pattern(unit, document_type))
        NumberSeries.objects.bulk_create([opened], ignore_conflicts=True)
        series = locking.get()
    return series


def _pattern(unit: Unit, document_type: str) -> str:
    """As in the last year, else as usual: an official letter has no abbreviation of its type."""
    earlier = NumberSeries.objects.filter(unit=unit, document_type=document_type).order_by("-year")
    usual = "{number}/{symbol}" if document_type == DocumentType.LETTER else NumberSeries.PATTERN
    return earlier.values_list("pattern", flat=True).first() or usual

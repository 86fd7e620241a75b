"""What a report's figure says, in words: one answer for the page, the comparison, the earlier texts and the paper."""

from decimal import Decimal

from documents.campaigns.outline import Indicator
from documents.content import figures
from documents.reports.rows import Figure


def is_number(type: str) -> bool:
    return Figure.column(type) == "number"


def of_version(part: dict):
    """What a sealed version keeps of a figure, in Python's type: numbers are text there. None while there is none."""
    value = part.get("value")
    return Decimal(value) if value is not None and is_number(part["type"]) else value


def in_words(value, type: str, files: list[dict]) -> str:
    """Without its unit of measure; a file by its name among those of the same version. Empty while there is none."""
    if type == Indicator.Type.FILE and value is not None:
        return next((file["name"] for file in files if file["sha256"] == value), value[:8])
    return figures.display(value, type)

"""Word and Excel files: a zip whose parts are found by its relations, and none of which may act or fetch."""

from collections.abc import Callable

from intake.uploads.kinds import FileKind
from intake.uploads.ooxml.package import Budget, Package


def inspect(data: bytes, weigh: Callable[[bytes], None] | None = None) -> FileKind:
    """Docx or xlsx; raises Unacceptable for anything a plain document does not hold."""
    return Package(data, Budget(weigh)).kind()

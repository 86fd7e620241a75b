"""What an uploaded file is, and what it may not hold: judged by its bytes and parts, and refused in words."""

from collections.abc import Callable
from typing import BinaryIO

from intake.uploads import ooxml, pdf, picture, reasons, signatures
from intake.uploads.kinds import ENDINGS, FileKind, Misnamed, TooMuch, Unacceptable
from intake.uploads.names import display_name, extension

__all__ = ["ENDINGS", "MAX_BYTES", "FileKind", "Misnamed", "TooMuch", "Unacceptable", "display_name", "inspect"]

MAX_BYTES = 25 * 1024 * 1024


def inspect(file: BinaryIO, name: str, *, weigh: Callable[[bytes], None] | None = None) -> FileKind:
    """The kind of an uploaded file, by its content; raises Unacceptable with why. Leaves the file at its start.

    `weigh` is shown every bite that a Word or Excel file unpacks to, and may refuse by limits of its own.
    """
    whole, suffix = _contents(file), extension(name)
    signatures.refuse_disguised(whole, suffix)
    data = whole[signatures.stray_before(whole) :]
    signatures.refuse_disguised(data, suffix)
    signatures.refuse_extension(suffix)
    kind = _kind(data, weigh)
    if kind is not FileKind.of(suffix):
        raise Misnamed(reasons.misnamed(kind, suffix))
    return kind


def _contents(file: BinaryIO) -> bytes:
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    if not data:
        raise Unacceptable(reasons.empty())
    if len(data) > MAX_BYTES:
        raise Unacceptable(reasons.too_large())
    return data


def _kind(data: bytes, weigh: Callable[[bytes], None] | None) -> FileKind:
    if data.startswith(signatures.ZIP):
        return ooxml.inspect(data, weigh)
    if data.startswith(picture.PNG):
        return picture.inspect_png(data)
    if data.startswith(picture.JPEG):
        return picture.inspect_jpeg(data)
    if data.startswith(signatures.RICH_TEXT):
        raise Unacceptable(reasons.other_document())
    if signatures.is_other_picture(data):
        raise Unacceptable(reasons.other_picture())
    if (start := pdf.start(data)) >= 0:
        return pdf.inspect(data[start:])
    raise Unacceptable(reasons.unknown())

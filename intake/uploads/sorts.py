"""What sort of file was sent where a workbook is meant: told by its first bytes, even when the rest is damaged."""

import re

from django.utils.translation import gettext_lazy as _

from intake.uploads import pdf, picture, signatures

WORD, SLIDES, ARCHIVE = _("a Word document"), _("a PowerPoint presentation"), _("an archive (.zip, .rar or the like)")
_BEGINNINGS = (
    ((picture.PNG, picture.JPEG), _("a picture")),
    ((signatures.RICH_TEXT,), WORD),
    (signatures.PROGRAMS, _("a program")),
    (signatures.ARCHIVES, ARCHIVE),
)
_OLD_SORTS = {"doc": WORD, "ppt": SLIDES, "msg": _("a file of an unknown kind"), "": _("an old Office file")}
_PART = re.compile(rb"PK\x03\x04.{26}(\w+/|\[content_types\]|mimetypeapplication/vnd\.oasis|[^\x00])", re.DOTALL | re.I)
_NO_TEXT = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_HEAD = 4096  # bytes that show whether it is text


def other_than_workbook(data: bytes) -> str:
    """A name for the sort of file; "" for what may be a workbook, of any age, whole or damaged."""
    data = data[signatures.stray_before(data) :]
    for beginnings, sort in _BEGINNINGS:
        if data.startswith(beginnings):
            return str(sort)
    if data.startswith(signatures.ZIP):
        return str(_packed(data))
    if data.startswith(signatures.OLE):
        return str(_OLD_SORTS.get(signatures.old_kind(data), ""))
    return str(_by_its_head(data))


def _packed(data: bytes) -> str:
    """By the names of the parts, which stand before each of them and are not packed."""
    parts = {name.lower() for name in _PART.findall(data)}
    if b"xl/" in parts:
        return ""
    if b"word/" in parts:
        return WORD
    if b"ppt/" in parts:
        return SLIDES
    if any(name.startswith(b"mimetype") for name in parts):
        return _("an OpenDocument file (LibreOffice)")
    return ARCHIVE if parts and b"[content_types]" not in parts else ""


def _by_its_head(data: bytes) -> str:
    if pdf.start(data) >= 0:
        return _("a PDF file")
    if signatures.is_other_picture(data):
        return _("a picture")
    if signatures.is_tar(data):
        return ARCHIVE
    if signatures.is_markup(data):
        return _("a web page or other markup (HTML, XML)")
    if data.startswith((b"\xff\xfe", b"\xfe\xff")) or not _NO_TEXT.search(data[:_HEAD]):
        return _("plain text (such as .csv)") if data else ""
    return _("a file of an unknown kind")

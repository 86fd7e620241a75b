"""What may be attached: a file is taken for what its bytes are, and refused in words."""

from typing import BinaryIO

from django.utils.translation import gettext as _

from documents.inspection import image, office, pdf, signatures
from documents.inspection.kinds import Kind, Unacceptable
from documents.inspection.names import display_name, extension

__all__ = ["MAX_BYTES", "Kind", "Unacceptable", "display_name", "inspect"]

MAX_BYTES = 25 * 1024 * 1024


def inspect(file: BinaryIO, name: str) -> Kind:
    """The kind of an uploaded file, by its content; raises Unacceptable with why. Leaves the file at its start."""
    data = _contents(file)
    suffix = extension(name)
    signatures.refuse_disguised(data, suffix)
    signatures.refuse_extension(suffix)
    kind = _kind(data)
    if kind is not Kind.of(suffix):
        raise Unacceptable(
            _("The file is a .%(kind)s inside, but its name ends in .%(extension)s. Give it the right name.")
            % {"kind": kind, "extension": suffix}
        )
    return kind


def _contents(file: BinaryIO) -> bytes:
    file.seek(0)
    data = file.read(MAX_BYTES + 1)
    file.seek(0)
    if not data:
        raise Unacceptable(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise Unacceptable(_("The file is larger than 25 MB."))
    return data


def _kind(data: bytes) -> Kind:
    if data.startswith(signatures.ZIP):
        return office.inspect(data)
    if data.startswith(pdf.SIGNATURE):
        return pdf.inspect(data)
    if data.startswith(image.PNG):
        return image.inspect_png(data)
    if data.startswith(image.JPEG):
        return image.inspect_jpeg(data)
    raise Unacceptable(_("The content is not that of a .docx, .xlsx, .pdf, .jpg or .png file."))

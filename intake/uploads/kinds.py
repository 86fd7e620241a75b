"""The five kinds of file a dossier may carry, and the endings their names may have."""

from enum import StrEnum


class Unacceptable(ValueError):
    """A file that may not be attached; its text is the reason to show."""


class TooMuch(Unacceptable):
    """A file that unpacks beyond measure."""


class Misnamed(Unacceptable):
    """A good file of one kind under a name that ends like another's."""


class FileKind(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @classmethod
    def of(cls, extension: str) -> "FileKind | None":
        return ENDINGS.get(extension)


ENDINGS = {str(kind): kind for kind in FileKind} | dict.fromkeys(
    ("jpeg", "jpe", "jfif", "jif", "pjpeg", "pjp"), FileKind.JPG
)

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    FileKind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    FileKind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    FileKind.PDF: "application/pdf",
    FileKind.JPG: "image/jpeg",
    FileKind.PNG: "image/png",
}

"""The five kinds of file a dossier may carry, and the endings their names may have."""

from enum import StrEnum


class Unacceptable(ValueError):
    """A file that may not be attached; its text is the reason to show."""


class TooMuch(Unacceptable):
    """A file that unpacks beyond measure."""


class Misnamed(Unacceptable):
    """A good file of one kind under a name that ends like another's."""


class Kind(StrEnum):
    DOCX = "docx"
    XLSX = "xlsx"
    PDF = "pdf"
    JPG = "jpg"
    PNG = "png"

    @property
    def media_type(self) -> str:
        return _MEDIA_TYPES[self]

    @classmethod
    def of(cls, extension: str) -> "Kind | None":
        return ENDINGS.get(extension)


ENDINGS = {str(kind): kind for kind in Kind} | dict.fromkeys(("jpeg", "jpe", "jfif", "jif"), Kind.JPG)

_OFFICE = "application/vnd.openxmlformats-officedocument"
_MEDIA_TYPES = {
    Kind.DOCX: f"{_OFFICE}.wordprocessingml.document",
    Kind.XLSX: f"{_OFFICE}.spreadsheetml.sheet",
    Kind.PDF: "application/pdf",
    Kind.JPG: "image/jpeg",
    Kind.PNG: "image/png",
}

"""What a file is whatever its name says, by its first bytes."""

from django.utils.translation import gettext as _

from documents.inspection.kinds import Kind, Unacceptable

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"\x00asm", b"dex\n",
)  # fmt: skip
_ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF")
_TAR = slice(257, 262)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")

_MACRO_EXTENSIONS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam"}
_ARCHIVE_EXTENSIONS = {"zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "zst", "cab", "iso"}


def refuse_disguised(data: bytes, extension: str) -> None:
    """Refuse what is never a document: programs, archives, pages, and the old Office container."""
    if data.startswith(PROGRAMS):
        raise Unacceptable(_("This is a program, despite its name. Only documents and pictures are accepted."))
    if data.startswith(OLE):
        raise Unacceptable(_old_office(data, extension))
    if data.startswith(_ARCHIVES) or data[_TAR] == b"ustar":
        raise Unacceptable(archive())
    if _is_markup(data):
        raise Unacceptable(_("This is a web page or other markup (HTML, SVG, XML), despite its name."))


def refuse_extension(extension: str) -> None:
    """Refuse a name that does not end like an accepted file, with advice where there is some."""
    if extension in _MACRO_EXTENSIONS:
        raise Unacceptable(macros())
    if extension in _ARCHIVE_EXTENSIONS:
        raise Unacceptable(archive())
    if extension in {"doc", "xls"}:
        raise Unacceptable(_save_as(extension))
    if not Kind.of(extension):
        raise Unacceptable(_("Only .docx, .xlsx, .pdf, .jpg and .png files are accepted."))


def archive() -> str:
    return _("Archives are not accepted. Attach the documents one by one.")


def macros() -> str:
    return _("The file holds macros. Save it as .docx or .xlsx without macros and attach it again.")


def password() -> str:
    return _("The file is locked by a password. Remove the password and attach it again.")


def _old_office(data: bytes, extension: str) -> str:
    # Word and Excel wrap a password-protected .docx or .xlsx in the old container.
    return password() if _ENCRYPTED_PACKAGE in data else _save_as(extension)


def _save_as(extension: str) -> str:
    return {
        "doc": _("This is an old Word file. Save it as .docx and attach it again."),
        "xls": _("This is an old Excel file. Save it as .xlsx and attach it again."),
    }.get(extension, _("This is an old Office file. Save it as .docx or .xlsx and attach it again."))


def _is_markup(data: bytes) -> bool:
    head = data[:1024].replace(b"\x00", b"").removeprefix(b"\xef\xbb\xbf").lstrip(b"\xff\xfe \t\r\n")
    return head.startswith(b"<")


def holds_zip(data: bytes) -> bool:
    """Whether a zip reader, which looks from the end, would open these bytes as an archive."""
    end = data.rfind(b"PK\x05\x06", -(22 + 0xFFFF))
    if end < 0:
        return False
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    return size == 0 or data[end - size : end - size + 4] == b"PK\x01\x02"

"""What a file is whatever its name says, by its first bytes; and what may stand before and after it."""

import re

from intake.uploads import reasons
from intake.uploads.kinds import FileKind, Unacceptable

ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
PROGRAMS = (
    b"MZ", b"\x7fELF", b"#!", b"\xfe\xed\xfa\xce", b"\xfe\xed\xfa\xcf", b"\xce\xfa\xed\xfe", b"\xcf\xfa\xed\xfe",
    b"\xca\xfe\xba\xbe", b"\x00asm", b"dex\n", b"L\x00\x00\x00\x01\x14\x02\x00",
)  # fmt: skip
ARCHIVES = (b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b", b"BZh", b"\xfd7zXZ\x00", b"\x28\xb5\x2f\xfd", b"MSCF")
_TAR = slice(257, 262)
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
_OLD_KINDS = {"WordDocument": "doc", "Workbook": "xls", "Book": "xls", "PowerPoint Document": "ppt",
              "__properties_version1.0": "msg"}  # fmt: skip
_OLD_STREAMS = {f"{name}\0\0".encode("utf-16-le"): kind for name, kind in _OLD_KINDS.items()}

_STRAY = re.compile(rb"(?:\xef\xbb\xbf|[\x00\t\n\f\r ])*")
_MAX_STRAY_BYTES = 1024
_SECOND = (*ZIP, *PROGRAMS, *ARCHIVES, OLE, b"%PDF-", b"<")
_SECOND_ANYWHERE = re.compile(
    rb"%PDF-|Rar!\x1a\x07|7z\xbc\xaf\x27\x1c|" + re.escape(OLE) + rb"|cannot be run in DOS mode"
)
_PAGE = re.compile(rb"<script\b|<!doctype\s+html|<\?php\b|<html\b", re.IGNORECASE)

MACRO_EXTENSIONS = {"docm", "dotm", "xlsm", "xltm", "xlsb", "xlam", "xla"}
ARCHIVE_EXTENSIONS = {"zip", "rar", "7z", "gz", "tgz", "tar", "bz2", "xz", "zst", "cab", "iso"}
PROGRAM_EXTENSIONS = {
    "exe", "com", "scr", "pif", "bat", "cmd", "ps1", "vbs", "vbe", "js", "jse", "wsf", "wsh", "hta", "msi", "msp",
    "dll", "cpl", "jar", "lnk", "reg", "inf", "chm", "sh", "command", "app", "apk", "dmg", "scf", "url", "iqy", "slk",
    "xll", "wll", "msc", "wsc", "sct", "vb", "psm1", "psd1", "ps1xml", "py", "pyw", "pyz", "iso", "img", "vhd", "vhdx",
    "diagcab", "application", "jnlp", "msix", "msixbundle", "appx", "appxbundle", "appinstaller", "gadget", "hlp",
    "ocx", "mst", "xbap", "rdp", "one", "website", "webloc", "terminal", "pkg", "settingcontent-ms", "appref-ms",
    "library-ms", "search-ms", "searchconnector-ms", "theme", "themepack", "deskthemepack",
}  # fmt: skip
RICH_TEXT = b"{\\rtf"
_PICTURES = re.compile(
    rb"GIF8|BM....\x00\x00\x00\x00|II\*\x00|MM\x00\*|RIFF....WEBP|.{0,4}ftyp(?:hei|hev|mif1|msf1|avi)", re.DOTALL
)
_OTHER_DOCUMENTS = ("odt", "ods", "rtf", "ppt", "pptx", "xps", "pages", "numbers", "csv")
_OTHER_PICTURES = ("heic", "heif", "webp", "gif", "bmp", "tif", "tiff", "avif")
_ADVICE = {
    **dict.fromkeys(MACRO_EXTENSIONS, reasons.macros),
    **dict.fromkeys(ARCHIVE_EXTENSIONS, reasons.archive),
    "doc": reasons.old_word,
    "xls": reasons.old_excel,
    **dict.fromkeys(("dotx", "dot", "xltx", "xlt"), reasons.template),
    **dict.fromkeys(_OTHER_DOCUMENTS, reasons.other_document),
    **dict.fromkeys(_OTHER_PICTURES, reasons.other_picture),
}


def refuse_disguised(data: bytes, extension: str) -> None:
    """Refuse what is never a document: programs, archives, pages, and the old Office container."""
    if data.startswith(PROGRAMS):
        raise Unacceptable(reasons.program())
    if data.startswith(OLE):
        raise Unacceptable(_old_office(data, extension))
    if data.startswith(ARCHIVES) or is_tar(data):
        raise Unacceptable(reasons.archive())
    if is_markup(data):
        raise Unacceptable(reasons.markup())


def refuse_extension(extension: str) -> None:
    """Refuse a name that does not end like an accepted file, with advice where there is some."""
    if not FileKind.of(extension):
        raise Unacceptable(_ADVICE.get(extension, reasons.endings)())


def old_kind(data: bytes) -> str:
    """doc, xls or ppt by the first stream in the old container that tells; `locked` behind a password; else ""."""
    # Word and Excel wrap a password-protected .docx or .xlsx in the old container.
    if _ENCRYPTED_PACKAGE in data:
        return "locked"
    places = {place: kind for name, kind in _OLD_STREAMS.items() if (place := data.find(name)) >= 0}
    return places[min(places)] if places else ""


def _old_office(data: bytes, extension: str) -> str:
    kind = old_kind(data)
    advice = {"locked": reasons.password, "doc": reasons.old_word, "xls": reasons.old_excel}
    return advice.get(kind or extension, reasons.other_document if kind else reasons.old_office)()


def is_other_picture(data: bytes) -> bool:
    """A picture of a kind that is not accepted: of a telephone, of a page, of a scanner."""
    return bool(_PICTURES.match(data))


def is_tar(data: bytes) -> bool:
    return data[_TAR] == b"ustar"


def is_markup(data: bytes) -> bool:
    head = data[:1024].replace(b"\x00", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n")
    return head.startswith(b"<")


def stray_before(data: bytes) -> int:
    """How many blanks and byte-order marks stand before the file."""
    return _STRAY.match(data, 0, _MAX_STRAY_BYTES).end()


def is_second_file(data: bytes) -> bool:
    """Whether what stands after the end of a file is, or holds, another one: a leftover is let be."""
    return (
        data[stray_before(data) :].startswith(_SECOND)
        or bool(_SECOND_ANYWHERE.search(data))
        or holds_page(data)
        or holds_zip(data)
    )


def holds_page(data: bytes) -> bool:
    return bool(_PAGE.search(data))


def holds_zip(data: bytes) -> bool:
    """Whether a zip reader, which looks from the end, would open these bytes as an archive."""
    end = data.rfind(b"PK\x05\x06", -(22 + 0xFFFF))
    if end < 0:
        return False
    size = int.from_bytes(data[end + 12 : end + 16], "little")
    return size == 0 or data[end - size : end - size + 4] == b"PK\x01\x02"

"""Is an upload one plain .xlsx? Unpacked in small bites, without believing what its headers promise."""

import io
import re
import zipfile
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _

from workflow.errors import Refused

MAX_BYTES = 5 * 2**20
MAX_UNPACKED = 40 * 2**20  # ten thousand rows unpack to some five megabytes
MAX_TAGS, MAX_ROW_TAGS = 2_000_000, 60_000  # what takes time to parse; ten thousand rows take 400,000
MAX_ENTRIES = 500
BITE = 2**16
OLD_OR_LOCKED = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # .xls, or the envelope Excel puts round a locked workbook
LOCKED = "EncryptedPackage".encode("utf-16-le")
MACRO_PARTS = re.compile(r"(^|/)(vbaproject|vbadata|macrosheets/|dialogsheets/|activex)", re.IGNORECASE)
MACRO_TYPES = re.compile(rb"macroenabled|vbaproject|macrosheet", re.IGNORECASE)
DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY)", re.IGNORECASE)
ENCODING = re.compile(rb"<\?xml[^>]{0,200}?encoding\s*=\s*[\"']([^\"']{1,40})")
ROW_TAG = re.compile(rb"<(?:\w{1,20}:)?row[\s/>]")
ENCODINGS = {b"utf-8", b"utf-16", b"us-ascii"}


def inspect(data: bytes) -> None:
    """Raises Refused, in words, for everything but a plain workbook of a sane size."""
    if not data:
        raise Refused(_("The file is empty."))
    if len(data) > MAX_BYTES:
        raise Refused(_("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 2**20})
    if data.startswith(OLD_OR_LOCKED):
        raise Refused(
            _locked() if LOCKED in data else _("This is an old Excel file. Save it as .xlsx and send it again.")
        )
    if not data.startswith(b"PK\x03\x04"):
        raise Refused(_("This is not an Excel workbook (.xlsx), despite its name."))
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            _check(package)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError):
        raise Refused(_damaged()) from None


def _check(package: zipfile.ZipFile) -> None:
    entries = package.infolist()
    names = [entry.filename for entry in entries]
    if len(entries) > MAX_ENTRIES:
        raise Refused(_too_much())
    if any(entry.flag_bits & 0x41 for entry in entries):
        raise Refused(_locked())
    if any(MACRO_PARTS.search(name) for name in names):
        raise Refused(_macros())
    if len({name.lower() for name in names}) != len(names) or "xl/workbook.xml" not in names:
        raise Refused(_("This is not an Excel workbook (.xlsx), despite its name."))
    allowance = Allowance()
    for entry in entries:
        _read_through(package, entry, allowance)


@dataclass
class Allowance:
    """What a whole file may come to once it is unpacked."""

    bytes: int = MAX_UNPACKED
    tags: int = MAX_TAGS
    row_tags: int = MAX_ROW_TAGS

    def spend(self, size: int, text: bytes) -> None:
        self.bytes -= size
        self.tags -= text.count(b"<")
        self.row_tags -= len(ROW_TAG.findall(text))
        if min(self.bytes, self.tags, self.row_tags) < 0:
            raise Refused(_too_much())


def _read_through(package: zipfile.ZipFile, entry: zipfile.ZipInfo, allowance: Allowance) -> None:
    """Unpack one part a bite at a time, and look at what no plain workbook holds."""
    tail = b""
    with package.open(entry) as part:
        while bite := part.read(BITE):
            text = bite.replace(b"\x00", b"")  # so that UTF-16 reads like ASCII
            allowance.spend(len(bite), text)
            text = tail + text
            if not tail:
                _check_encoding(text)
            if DECLARATION.search(text):
                raise Refused(_("The file declares a document type or entities, which no office document needs."))
            if entry.filename == "[Content_Types].xml" and MACRO_TYPES.search(text):
                raise Refused(_macros())
            tail = text[-64:]


def _check_encoding(head: bytes) -> None:
    declared = ENCODING.search(head[:400])
    if declared and declared[1].lower() not in ENCODINGS:
        raise Refused(_damaged())


def _damaged() -> str:
    return _("The file is damaged: it cannot be read as an Excel workbook.")


def _locked() -> str:
    return _("The file is locked by a password. Remove the password and send it again.")


def _macros() -> str:
    return _("The file holds macros. Save it as .xlsx without macros and send it again.")


def _too_much() -> str:
    return _(
        "The workbook unpacks to far more than its rows need: often thousands of empty rows that only carry a format."
        " Copy the filled rows into a fresh template and send that."
    )

"""PDF files: read object by object, and refused when one of them acts, or carries a program or an archive."""

import io

import pikepdf
from pikepdf import settings

from uploads import reasons, signatures
from uploads.kinds import Kind, Unacceptable
from uploads.pdf import actions, damage
from uploads.pdf.carried import Carried
from uploads.pdf.objects import dictionaries

SIGNATURE = b"%PDF-"
MAX_UNPACKED = 50 * 1024 * 1024
MAX_OBJECTS = 300_000
_HEAD = 1024  # readers look for the beginning within so many bytes, and for the end as well
_END = b"%%EOF"
_MENDED = "Resources is missing"  # a page without pictures or letters, of which nothing was lost

settings.set_qpdf_limits(  # for the whole process; nothing else here reads PDF
    flate_max_memory=MAX_UNPACKED, png_max_memory=MAX_UNPACKED, run_length_max_memory=MAX_UNPACKED,
    tiff_max_memory=MAX_UNPACKED, dct_max_memory=MAX_UNPACKED, max_stream_filters=5, doc_max_warnings=1000,
)  # fmt: skip


def start(data: bytes) -> int:
    """Where a PDF begins in this file; less than nothing when it is none."""
    return data.find(SIGNATURE, 0, _HEAD + len(SIGNATURE))


def inspect(data: bytes) -> Kind:
    """Raises Unacceptable unless the file is one plain PDF from its first byte to its last."""
    end = data.rfind(_END)
    if end < 0 or signatures.is_second_file(data[end + len(_END) :]):
        raise Unacceptable(reasons.unended_pdf())
    if signatures.holds_zip(data):
        raise Unacceptable(reasons.two_in_one())
    if data.count(b"obj") > 2 * MAX_OBJECTS or data.count(b"trailer") > MAX_OBJECTS // 100:
        raise Unacceptable(reasons.too_much())
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            _judge(document)
            if any(_MENDED not in warning for warning in map(str, document.get_warnings())):
                damage.judge(data)
    except pikepdf.PasswordError:
        raise Unacceptable(reasons.password()) from None
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError, TypeError, RecursionError) as error:
        if isinstance(error, Unacceptable):
            raise
        raise Unacceptable(reasons.damaged_pdf()) from error
    return Kind.PDF


def _judge(document: pikepdf.Pdf) -> None:
    carried = Carried()
    if isinstance(document.Root.get("/Collection"), pikepdf.Dictionary):
        raise Unacceptable(reasons.carried())
    for dictionary in dictionaries(document):
        actions.judge(dictionary)
        carried.note(dictionary)
    carried.judge()

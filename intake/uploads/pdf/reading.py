"""Reads a PDF and names what is wrong with it."""

import io

import pikepdf
from pikepdf import settings

from intake.uploads.pdf import actions, damage
from intake.uploads.pdf.carried import Carried
from intake.uploads.pdf.faults import Rejected
from intake.uploads.pdf.objects import dictionaries

MAX_UNPACKED = 50 * 1024 * 1024
MAX_ITEMS = 200_000  # in one array or dictionary
_MENDED = "Resources is missing"  # a page without pictures or letters, of which nothing was lost

settings.set_qpdf_limits(
    flate_max_memory=MAX_UNPACKED, png_max_memory=MAX_UNPACKED, run_length_max_memory=MAX_UNPACKED,
    tiff_max_memory=MAX_UNPACKED, dct_max_memory=MAX_UNPACKED, max_stream_filters=5, doc_max_warnings=1000,
    parser_max_container_size=MAX_ITEMS,
)  # fmt: skip


def fault(data: bytes) -> list[str] | None:
    """The name of a reason and its words, or nothing."""
    try:
        with pikepdf.open(io.BytesIO(data), suppress_warnings=True) as document:
            _judge(document)
            warnings = [str(warning) for warning in document.get_warnings()]
        if settings.qpdf_limit_errors() or any("bad_alloc" in warning for warning in warnings):
            return ["too_much"]  # what was too large to be read may hold anything
        if any(_MENDED not in warning for warning in warnings):
            damage.judge(data)
    except Rejected as rejected:
        return list(rejected.args)
    except pikepdf.PasswordError:
        return ["password"]
    except (pikepdf.PdfError, pikepdf.DataDecodingError, RuntimeError, ValueError, TypeError) as error:
        if "encryption" in str(error):  # a lock that opens with a card, not with a password
            return ["password"]
        return ["too_much" if settings.qpdf_limit_errors() else "damaged_pdf"]
    return None


def _judge(document: pikepdf.Pdf) -> None:
    carried = Carried()
    if isinstance(document.Root.get("/Collection"), pikepdf.Dictionary):
        raise Rejected("carried")
    for item, entries in dictionaries(document):
        actions.judge(item, entries)
        carried.note(item, entries)
    carried.judge()

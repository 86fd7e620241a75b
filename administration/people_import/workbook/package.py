"""Is an upload one plain .xlsx that is cheap to read? What a workbook may not hold is the same for every upload."""

import io
import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from intake.uploads import Misnamed, TooMuch, Unacceptable, sorts
from intake.uploads import inspect as inspect_upload
from workflow.errors import Refused

MAX_BYTES = 5 * 2**20
MAX_UNPACKED = 40 * 2**20  # ten thousand rows unpack to some five megabytes
MAX_TAGS, MAX_ROW_TAGS = 2_000_000, 60_000  # what takes time to parse; ten thousand rows take 400,000
ROW_TAG = re.compile(rb"<(?:\w{1,20}:)?row[\s/>]")


def inspect(data: bytes) -> None:
    """Raises Refused, in words, for everything but a plain workbook of a sane size."""
    if sort := sorts.other_than_workbook(data):
        raise Refused(_of_another_sort(sort))
    if len(data) > MAX_BYTES:
        raise Refused(_("The file is larger than %(limit)d MB.") % {"limit": MAX_BYTES // 2**20})
    try:
        inspect_upload(io.BytesIO(data), "workbook.xlsx", weigh=Allowance().spend)
    except TooMuch as reason:
        raise Refused(_too_much()) from reason
    except Misnamed as reason:  # a Word document that looks like none from outside
        raise Refused(_of_another_sort(str(sorts.WORD))) from reason
    except Unacceptable as reason:
        raise Refused(str(reason)) from reason


@dataclass
class Allowance:
    """What a whole file may come to once it is unpacked."""

    bytes: int = MAX_UNPACKED
    tags: int = MAX_TAGS
    row_tags: int = MAX_ROW_TAGS

    def spend(self, bite) -> None:
        text = bite.replace(b"\x00", b"")  # so that UTF-16 reads like ASCII
        self.bytes -= len(bite)
        self.tags -= text.count(b"<")
        self.row_tags -= len(ROW_TAG.findall(text))
        if min(self.bytes, self.tags, self.row_tags) < 0:
            raise Refused(_too_much())


def _of_another_sort(sort: str) -> str:
    return _(
        "An Excel workbook (.xlsx) is meant here, but this file is %(sort)s. Enter the rows in the template and send"
        " that."
    ) % {"sort": sort}


def _too_much() -> str:
    return _(
        "The workbook unpacks to far more than its rows need: often thousands of empty rows that only carry a format."
        " Copy the filled rows into a fresh template and send that."
    )

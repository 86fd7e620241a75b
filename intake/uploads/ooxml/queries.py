"""Power Query: what a workbook says about where its queries read, packed within one of its parts."""

import base64
import binascii
import re

from intake.uploads import reasons
from intake.uploads.kinds import TooMuch, Unacceptable
from intake.uploads.ooxml.container import Container
from intake.uploads.targets import leads_outside

MAX_PACKED, MAX_CODE = 8 * 1024 * 1024, 4 * 1024 * 1024
_HEAD = 8  # bytes: the version, the length of the package
# The workbook itself and files of this disk are read by other names; the last two make names while they run.
_ELSEWHERE = re.compile(
    r"(?<![\w.])(?:(?:ActiveDirectory|AdoDotNet|AnalysisServices|AzureStorage|Cdm|CommonDataService|DB2|Dataverse"
    r"|Exchange|GoogleSheets|Hdfs|HdInsight|Informix|MySQL|OData|Odbc|OleDb|Oracle|PostgreSQL|PowerBI|PowerPlatform"
    r"|Salesforce|SapBusinessWarehouse|SapHana|SharePoint|Snowflake|Soda|Sql|Sybase|Teradata|Web|WebAction)\.[A-Z]"
    r"|Expression\.Evaluate)|#shared\b"
)
_FILES = re.compile(r"(?<![\w.])(?:File|Folder)\.[A-Z]")
_WORDS = re.compile(r'"((?:[^"]|"")*)"')


def judge(text: str) -> None:
    """Raises Unacceptable when a query reads from another machine."""
    code = _code(text)
    bare = _WORDS.sub('""', code)
    shares = (word for word in _WORDS.findall(code) if word.startswith(("\\", "/")) and leads_outside(word))
    if _ELSEWHERE.search(bare) or (_FILES.search(bare) and any(shares)):
        raise Unacceptable(reasons.outside_data())


def _code(text: str) -> str:
    if len(text) > MAX_PACKED:
        raise TooMuch(reasons.too_much())
    try:
        data = base64.b64decode(text)
    except (binascii.Error, ValueError):
        raise Unacceptable(reasons.damaged_office()) from None
    container = Container(data[_HEAD : _HEAD + int.from_bytes(data[4:_HEAD], "little")])
    code = bytearray()
    for name in container.entries:
        if name.endswith(".m"):
            for bite in container.unpack(name):
                code += bite
                if len(code) > MAX_CODE:
                    raise TooMuch(reasons.too_much())
    return code.decode("utf-8", errors="replace")

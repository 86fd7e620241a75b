"""PDF files: read object by object, and refused when one of them acts, or carries a program or an archive."""

import json
import re
import subprocess
import sys
from pathlib import Path

from intake.uploads import reasons, signatures
from intake.uploads.kinds import FileKind, Unacceptable

SIGNATURE = b"%PDF-"
MAX_OBJECTS = 300_000
MAX_WAIT = 60
_HEAD = 1024  # readers look for the beginning within so many bytes
_END = b"%%EOF"
_ANOTHER = re.compile(rb"%%EOF[\s\x00]*%PDF-")
_REMARK = re.compile(rb"<!--[^<>]*-->")  # which a server adds to every page it passes on
_ROOT = Path(__file__).resolve().parents[3]


def start(data: bytes) -> int:
    """Where a PDF begins in this file; less than nothing when it is none."""
    return data.find(SIGNATURE, 0, _HEAD + len(SIGNATURE))


def inspect(data: bytes) -> FileKind:
    """Raises Unacceptable unless the file is one plain PDF from its first byte to its last."""
    end = data.rfind(_END)
    rest = _REMARK.sub(b"", data[end + len(_END) :])
    if end < 0 or signatures.is_second_file(rest) or _ANOTHER.search(data):
        raise Unacceptable(reasons.unended_pdf())
    if signatures.holds_zip(data):
        raise Unacceptable(reasons.two_in_one())
    if data.count(b"obj") > 2 * MAX_OBJECTS or data.count(b"trailer") > MAX_OBJECTS // 100:
        raise Unacceptable(reasons.too_much())
    if fault := _fault(data):
        reason, *words = fault
        raise Unacceptable(getattr(reasons, reason)(*words))
    return FileKind.PDF


def _fault(data: bytes) -> list[str] | None:
    """The reason to refuse the file and its words, found by a process that a malicious file may bring down."""
    command = [sys.executable, "-m", "intake.uploads.pdf.apart"]
    try:
        done = subprocess.run(command, input=data, capture_output=True, cwd=_ROOT, timeout=MAX_WAIT, check=False)
    except subprocess.TimeoutExpired:
        return ["too_much"]
    return json.loads(done.stdout) if done.returncode == 0 else ["too_much"]

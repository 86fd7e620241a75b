"""A damaged PDF is mended by each reader in its own way: what we could not read is searched as it stands."""

import re

from intake.uploads.pdf.faults import Rejected


def _spelled(name: str) -> str:
    """The name, each letter written plainly or as #xx."""
    return "".join(rf"(?:{letter}|#(?i:{ord(letter):x}))" for letter in name)


def _any(*names: str) -> str:
    return f"(?:{'|'.join(map(_spelled, names))})"


_ACTS = re.compile(
    rf"/S\s*/{_any('JavaScript', 'Launch', 'SubmitForm', 'ImportData')}(?!\w)"
    rf"|/{_spelled('JS')}\s*(?:[(<]|\d+\s+\d+\s+R)"
    rf"|/{_spelled('Subtype')}\s*/{_any('RichMedia', '3D')}(?!\w)".encode()
)
_CARRIES = re.compile(rf"/{_spelled('EF')}\s*(?:<<|\d+\s+\d+\s+R)|/{_spelled('EmbeddedFile')}(?!\w)".encode())


def judge(data: bytes) -> None:
    if _ACTS.search(data):
        raise Rejected("scripts")
    if _CARRIES.search(data):
        raise Rejected("carried")

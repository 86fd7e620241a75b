"""Outgoing papers: prepared by a clerk, signed by a signatory, then numbered, dated and sent with all they carry."""

from documents.letters.preparing import cancel, prepare, why_not_prepare
from documents.letters.replies import record_reply, why_not_reply
from documents.letters.sending import send, why_not_send
from documents.letters.signing import sign, why_not_sign
from documents.register.lines import COLUMNS, line, outgoing_register
from documents.register.numbers import take_number

__all__ = [
    "COLUMNS",
    "cancel",
    "line",
    "outgoing_register",
    "prepare",
    "record_reply",
    "send",
    "sign",
    "take_number",
    "why_not_prepare",
    "why_not_reply",
    "why_not_send",
    "why_not_sign",
]

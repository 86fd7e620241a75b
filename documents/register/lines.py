"""The register of outgoing papers, with the ten columns of Decree 30/2020, annex IV."""

from dataclasses import astuple, dataclass
from datetime import date

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import Unit
from documents.content.signature_block import in_whose_stead
from documents.register.dispatch import Dispatch

COLUMNS = [
    _("Number and symbol"),
    _("Date of the paper"),
    _("Type and subject"),
    _("Signed by"),
    _("Recipients"),
    _("Holder of the file copy"),
    _("Copies"),
    _("Date sent"),
    _("Receipt signed"),
    _("Note"),
]


@dataclass(frozen=True)
class RegisterRow:
    """One line of the register, in the order of its columns."""

    symbol: str
    issued_on: date
    subject: str
    signer: str
    recipients: str
    file_copy: str
    copies: int
    sent_on: date
    receipt: str
    note: str

    def cells(self) -> tuple:
        return astuple(self)


def outgoing_register(unit: Unit, year: int):
    """The year's sent papers by type and number, in two queries; `line(paper)` makes each a row."""
    sent = Dispatch.objects.filter(unit=unit, year=year, state=Dispatch.State.SENT)
    return sent.select_related("unit").prefetch_related("addresses__recipient").order_by("document_type", "number")


def line(paper: Dispatch) -> RegisterRow:
    """A sent paper as a line of the register."""
    addresses = list(paper.addresses.all())
    return RegisterRow(
        symbol=paper.symbol,
        issued_on=paper.issued_on,
        subject=f"{paper.get_document_type_display()}: {paper.subject}",
        signer=f"{paper.signer_name} ({stead})" if (stead := in_whose_stead(paper.signature)) else paper.signer_name,
        recipients="; ".join(str(address.recipient) for address in addresses),
        file_copy=paper.unit.file_keeper,
        copies=len(addresses) + 1,  # and the file copy
        sent_on=timezone.localdate(paper.sent_at),
        receipt="",  # signed by hand in the printed book
        note=paper.note,
    )

"""What papers of every kind ask at the end of the road: the letter that carries them and the answers to it."""

from collections.abc import Iterator

from django.utils.translation import gettext as _

from documents.register.dispatch import Dispatch, DispatchItem, Purpose
from documents.register.referral import Referral


def carried_by_a_letter(paper, facts: dict | None) -> Iterator[str]:
    """Forwarding belongs to sending: as a button it wants a signed letter, in the act the sent one that names it."""
    carrying = DispatchItem.objects.filter(dossier=paper.pk)
    if facts is None:
        if not carrying.filter(dispatch__state=Dispatch.State.SIGNED).exists():
            yield _("It is not in an outgoing paper that has been prepared and signed.")
        return
    sent = carrying.filter(dispatch__state=Dispatch.State.SENT, dispatch__symbol=facts.get("dispatch", ""))
    # A letter that has its referrals was sent before; it does not carry the dossier a second time.
    if not sent.exclude(dispatch__referrals__dossier=paper.pk).exists():
        yield _("It is forwarded by sending the outgoing paper that encloses it.")


def every_recipient_answered(paper) -> Iterator[str]:
    """Every referral for action of the last letter must be settled."""
    waiting = last_referrals(paper).filter(purpose=Purpose.ACTION, settled=False)
    for referral in waiting.select_related("recipient"):
        yield _("No outcome yet from: %(recipient)s") % {"recipient": referral.recipient}


def last_referrals(paper):
    """The referrals of the letter that forwarded this dossier last."""
    last = DispatchItem.objects.filter(dossier=paper.pk, dispatch__state=Dispatch.State.SENT).order_by(
        "-dispatch__sent_at"
    )
    return Referral.objects.filter(dossier=paper.pk, dispatch__in=last.values("dispatch")[:1])

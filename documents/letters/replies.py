"""What the recipients answered, dossier by dossier."""

from datetime import date
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Authority
from documents.letters.preparing import lock
from documents.register.referral import Referral, ReferralOutcome
from documents.register.road_end import last_referrals
from ledger.models import Event
from vietnamese.text import nfc
from workflow.decisions.catalogue import why_not
from workflow.decisions.onward.record_reply import record_reply as decide_record_reply
from workflow.errors import Refused
from workflow.states import Verb


def record_reply(
    referral: Referral, *, by: Authority, outcome: str, receipt_no: str, replied_on: date, key: UUID, note: str = ""
) -> Referral:
    """Record one recipient's answer to one dossier. Raises Refused; the same key and values give the first result."""
    with transaction.atomic():
        [dossier] = lock([referral.dossier_id])
        rows = Referral.objects.select_related("recipient", "dispatch").select_for_update(of=("self",))
        locked = rows.get(pk=referral.pk)
        reply = {"outcome": str(outcome), "receipt_no": nfc(receipt_no).strip(), "replied_on": replied_on}
        if not Event.objects.filter(key=key).exists():
            if reasons := _why_not(locked, dossier, outcome, replied_on):
                raise Refused(*reasons)
            vars(locked).update(reply, settled=settles(outcome, dossier), recorded_by_id=by.person.pk)
            locked.save(update_fields=["outcome", "receipt_no", "replied_on", "settled", "recorded_by"])
        seen = dossier.situation.sealed_hash
        to = {"recipient": locked.recipient.name_vi, "rows": (locked,)}
        decide_record_reply(dossier, by=by, seen=seen, key=key, note=note, **to, **reply)
    return locked


def settles(outcome: str, dossier) -> bool:
    """A report asks to be received; a nomination asks for an award, so a mere receipt leaves it waiting."""
    return outcome != ReferralOutcome.ACKNOWLEDGED or not dossier.paper().nominations_only


def why_not_reply(referral: Referral, by: Authority) -> list[str]:
    """Why no reply of this recipient is recorded any more, whatever it says."""
    return [*_overtaken(referral, referral.dossier), *why_not(Verb.RECORD_REPLY, referral.dossier.paper(), by)]


def _overtaken(referral: Referral, dossier) -> list[str]:
    if last_referrals(dossier).filter(pk=referral.pk).exists():
        return []
    return [_("The dossier has since been forwarded again; please record the reply to the later paper.")]


def _why_not(referral: Referral, dossier, outcome: str, replied_on: date) -> list[str]:
    reasons = _overtaken(referral, dossier)
    if outcome not in ReferralOutcome.values:
        reasons.append(_("The outcome is required."))
    if replied_on is None or replied_on > timezone.localdate():
        reasons.append(_("The date of the reply is required and cannot be in the future."))
    elif replied_on < referral.dispatch.issued_on:
        reasons.append(_("The reply cannot be older than the paper it answers."))
    return reasons

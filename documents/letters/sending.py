"""The clerk sends a signed paper: number, date and every dossier's step in one transaction, or nothing."""

from datetime import date
from uuid import UUID, uuid5

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Authority, Role
from documents.letters.preparing import lock
from documents.letters.signing import changed_since, is_signed_on_record
from documents.register.dispatch import Dispatch, DispatchItem
from documents.register.number_series import NumberSeries
from documents.register.numbers import take_number
from documents.register.referral import Referral, ReferralOutcome
from ledger.append import append_to_registry
from workflow.decisions.onward.conclude import conclude
from workflow.decisions.onward.forward import forward
from workflow.decisions.rules import lock_authority
from workflow.errors import Refused


def send(paper: Dispatch, *, by: Authority, key: UUID) -> Dispatch:
    """Number, date and send. A decision concludes its nominations, any other paper forwards its dossiers: all or none.

    Raises Refused with every reason; the same key gives the first result.
    """
    with transaction.atomic():
        lock(paper.items.values_list("dossier", flat=True))  # dossiers before the paper, in every transaction alike
        locked = Dispatch.objects.select_related("unit").select_for_update(of=("self",)).get(pk=paper.pk)
        if locked.send_key == key and locked.sent_by_id == by.person.pk:
            return locked
        if reasons := why_not_send(locked, by):
            raise Refused(*reasons)
        lock_authority(by)
        series = _number(locked, by, key)
        for item in locked.items.select_related("dossier"):
            _move(item, locked, by, uuid5(key, str(item.dossier.ref)))
        recorded = {"facts": _facts(locked), "texts": _texts(locked), "rows": [locked, series, *_refer(locked)]}
        append_to_registry("dispatched", by=by, key=key, unit=locked.unit, **recorded)
    return locked


def why_not_send(paper: Dispatch, by: Authority) -> list[str]:
    if by.role != Role.CLERK or by.unit.pk != paper.unit_id:
        return [_("Only a records clerk of %(unit)s sends this.") % {"unit": paper.unit.name}]
    if paper.state != Dispatch.State.SIGNED:
        return [_("It is not signed and waiting to be sent.")]
    if not is_signed_on_record(paper):
        return [_("No signature of this paper is on record; please prepare it again.")]
    return changed_since(paper)


def _number(paper: Dispatch, by: Authority, key: UUID) -> NumberSeries:
    """Number and date it; the series that the number was taken from."""
    today: date = timezone.localdate()
    claimed = take_number(paper.unit, paper.document_type, today)
    paper.year, paper.number, paper.symbol, paper.issued_on = claimed.year, claimed.number, claimed.symbol, today
    paper.state, paper.sent_by, paper.sent_at, paper.send_key = Dispatch.State.SENT, by.person, timezone.now(), key
    paper.save()
    return claimed.series


def _move(item: DispatchItem, paper: Dispatch, by: Authority, key: UUID) -> None:
    """Take one dossier's step at the version that was signed for; a refusal says which dossier it was."""
    step = {"by": by, "seen": item.content_hash, "key": key}
    try:
        if paper.is_decision:
            number = {"decision_no": paper.symbol, "decided_on": paper.issued_on}
            conclude(item.dossier, outcome=ReferralOutcome.AWARDED.value, **number, **step)
        else:
            forward(item.dossier, dispatch=paper.symbol, **step)
    except Refused as refused:
        raise type(refused)(*(f"{item.dossier.subject}: {reason}" for reason in refused.reasons)) from refused


def _refer(paper: Dispatch) -> list[Referral]:
    if paper.is_decision:
        return []
    addresses = list(paper.addresses.all())
    return Referral.objects.bulk_create(
        Referral(dispatch=paper, dossier_id=dossier, recipient_id=address.recipient_id, purpose=address.purpose)
        for dossier in paper.items.values_list("dossier", flat=True)
        for address in addresses
    )


def _facts(paper: Dispatch) -> dict:
    return {
        "dispatch": str(paper.ref),
        "symbol": paper.symbol,
        "issued_on": paper.issued_on.isoformat(),
        "dossiers": [str(ref) for ref in paper.items.values_list("dossier__ref", flat=True)],
        "recipients": {
            address.recipient.code: address.purpose for address in paper.addresses.select_related("recipient")
        },
        "signed_by": str(paper.signed_by.ref),
        "signed_for": str(paper.signed_for.ref) if paper.signed_for else "",
    }


def _texts(paper: Dispatch) -> dict:
    return {"subject": paper.subject, "body": paper.body, "signer": paper.signer_name, "signer_post": paper.signer_post}

"""The clerk puts endorsed dossiers into one outgoing paper."""

from collections.abc import Iterator, Mapping
from uuid import UUID, uuid4

from django.db import transaction
from django.utils.translation import gettext as _

from accounts.models import Authority, Recorded, Role
from accounts.reach import reaches
from documents.awards.recipient import Recipient
from documents.letters.covered import covered
from documents.nominations.nomination import AwardNomination
from documents.register.dispatch import Dispatch, DispatchItem, DispatchRecipient, Purpose
from documents.register.number_series import DocumentType
from ledger.append import append_to_registry
from ledger.models import Event
from vietnamese.text import nfc
from workflow.decisions.facts import plain
from workflow.decisions.rules import lock_authority
from workflow.errors import AlreadyRecorded, Refused
from workflow.models import Dossier
from workflow.states import State

PREPARED = "dispatch_prepared"
MAX_REFERRALS_PER_LETTER = 400  # dossiers times recipients: the event that sends it names each
UNSENT = [Dispatch.State.PREPARED, Dispatch.State.SIGNED]


def prepare(
    dossiers: list[Dossier],
    *,
    by: Authority,
    recipients: Mapping[Recipient, Purpose],
    document_type: DocumentType,
    subject: str,
    key: UUID,
    body: str = "",
) -> Dispatch:
    """Put dossiers into a new outgoing paper; the same form gives the first. Raises Refused with every reason."""
    with transaction.atomic():
        locked = lock(dossier.pk for dossier in dossiers)
        earlier = Dispatch.objects.filter(prepare_key=key, prepared_by=by.person).first()
        if earlier:
            return _same(earlier, locked, recipients, document_type, subject, body)
        reasons = why_not_prepare(locked, by, recipients, document_type)
        if not nfc(subject).strip():
            reasons.append(_("The subject is required."))
        if reasons:
            raise Refused(*reasons)
        lock_authority(by)
        paper = Dispatch.objects.create(
            unit=by.unit,
            document_type=document_type,
            subject=nfc(subject).strip(),
            body=nfc(body),
            prepared_by=by.person,
            prepare_key=key,
        )
        parts = _filled(paper, locked, recipients)
        facts, texts = covered(paper), {"subject": paper.subject, "body": paper.body}
        append_to_registry(PREPARED, by=by, key=key, unit=paper.unit, facts=facts, texts=texts, rows=[paper, *parts])
    return paper


def _same(earlier: Dispatch, dossiers, recipients, document_type: str, subject: str, body: str) -> Dispatch:
    """What this key made before, where the form says the same again."""
    carried = set(earlier.items.values_list("dossier", flat=True))
    addressed = dict(earlier.addresses.values_list("recipient", "purpose"))
    first = earlier.document_type, earlier.subject, earlier.body, carried, addressed
    chosen = {recipient.pk: purpose for recipient, purpose in recipients.items()}
    if first != (document_type, nfc(subject).strip(), nfc(body), {dossier.pk for dossier in dossiers}, chosen):
        raise AlreadyRecorded(Event.objects.get(key=earlier.prepare_key))
    return earlier


def lock(pks) -> list[Dossier]:
    """Lock these dossiers' rows, always in the same order so that two clerks cannot hold each other up."""
    rows = Dossier.objects.select_for_update(of=("self",)).filter(pk__in=list(pks)).order_by("pk")
    locked = [row.pk for row in rows]
    return list(Dossier.objects.filter(pk__in=locked).with_situation().select_related("unit").order_by("pk"))


def _filled(paper: Dispatch, dossiers: list[Dossier], recipients: Mapping[Recipient, Purpose]) -> list[Recorded]:
    """What it carries and whom it goes to, saved."""
    items = DispatchItem.objects.bulk_create(
        DispatchItem(
            dispatch=paper, dossier=dossier, version=dossier.version, content_hash=dossier.situation.sealed_hash
        )
        for dossier in dossiers
    )
    addresses = DispatchRecipient.objects.bulk_create(
        DispatchRecipient(dispatch=paper, recipient=recipient, purpose=purpose)
        for recipient, purpose in recipients.items()
    )
    return [*items, *addresses]


def why_not_prepare(dossiers, by: Authority, recipients: Mapping[Recipient, Purpose], document_type: str) -> list[str]:
    """Every reason against this outgoing paper; empty when it may be prepared."""
    if by.role != Role.CLERK:
        return [_("Only a records clerk prepares an outgoing paper.")]
    if not dossiers:
        return [_("Please select at least one dossier.")]
    if len(dossiers) * len(recipients) > MAX_REFERRALS_PER_LETTER:
        return [_("Too many dossiers for one outgoing paper with so many recipients; please prepare several.")]
    return [
        *_not_ready(dossiers, by),
        *(
            _not_for_decision(dossiers, by)
            if document_type == DocumentType.DECISION
            else _not_for(dossiers, recipients)
        ),
    ]


def _not_ready(dossiers, by) -> Iterator[str]:
    claimed = set(
        DispatchItem.objects.filter(dossier__in=dossiers, dispatch__state__in=UNSENT).values_list("dossier", flat=True)
    )
    for dossier in dossiers:
        named = {"subject": dossier.subject}
        if not reaches(by, dossier):
            yield _("“%(subject)s” does not belong to your unit or one below it.") % named
        elif dossier.state != State.ENDORSED:
            yield _("“%(subject)s” is not endorsed.") % named
        elif dossier.pk in claimed:
            yield _("“%(subject)s” is already in another outgoing paper that has not been sent.") % named


def _nominations(dossiers) -> dict[int, AwardNomination]:
    rows = AwardNomination.objects.filter(pk__in=[dossier.pk for dossier in dossiers])
    return {row.pk: row for row in rows.select_related("award__deciding_unit")}


def _not_for_decision(dossiers, by) -> Iterator[str]:
    nominations = _nominations(dossiers)
    for dossier in dossiers:
        nomination = nominations.get(dossier.pk)
        if nomination is None or nomination.award.deciding_unit_id != by.unit.pk:
            yield _("“%(subject)s” is not an award that %(unit)s decides.") % {
                "subject": dossier.subject,
                "unit": by.unit.name,
            }


def _not_for(dossiers, recipients) -> Iterator[str]:
    for_action = {recipient.kind for recipient, purpose in recipients.items() if purpose == Purpose.ACTION}
    if not for_action:
        yield _("Please choose at least one recipient for action.")
    for nomination in _nominations(dossiers).values():
        named = {"subject": nomination.subject, "body": nomination.award.decided_by}
        if nomination.award.is_own:
            yield _("“%(subject)s” is within the authority of %(body)s: please issue a decision instead.") % named
        elif for_action and nomination.award.forwarded_to not in for_action:
            yield _("“%(subject)s” is decided by %(body)s, which is not among the recipients for action.") % named


def cancel(paper: Dispatch, *, by: Authority, reason: str) -> Dispatch:
    """Give up an outgoing paper that has not been sent; its dossiers may go into another."""
    reason = plain(reason)
    with transaction.atomic():
        locked = Dispatch.objects.select_related("unit").select_for_update(of=("self",)).get(pk=paper.pk)
        if reasons := list(_not_cancelled(locked, by, reason)):
            raise Refused(*reasons)
        lock_authority(by)
        locked.state, locked.note = Dispatch.State.CANCELLED, reason
        locked.save(update_fields=["state", "note"])
        facts, texts = {"dispatch": str(locked.ref)}, {"subject": locked.subject, "note": reason}
        recorded = {"facts": facts, "texts": texts, "rows": [locked]}
        append_to_registry("dispatch_cancelled", by=by, key=uuid4(), unit=locked.unit, **recorded)
    return locked


def _not_cancelled(paper: Dispatch, by: Authority, reason: str) -> Iterator[str]:
    longest = Dispatch._meta.get_field("note").max_length
    if by.role != Role.CLERK or by.unit.pk != paper.unit_id:
        yield _("Only a records clerk of the issuing unit can cancel it.")
    elif paper.state not in UNSENT:
        yield _("An outgoing paper that has been sent or cancelled cannot be cancelled.")
    elif not reason:
        yield _("Please give the reason.")
    elif len(reason) > longest:
        yield _("Longer than %(most)d characters: “%(start)s…”") % {"most": longest, "start": reason[:40]}

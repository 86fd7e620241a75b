"""The signatory signs an outgoing paper: its words and the sealed versions it carries."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.models import Authority, Role
from documents.content.signature_block import body_of, of_authority
from documents.letters.covered import covered
from documents.register.dispatch import Dispatch
from ledger.append import append_to_registry
from ledger.models import Event
from workflow.decisions.rules import lock_authority
from workflow.errors import Refused
from workflow.states import State

SIGNED = "dispatch_signed"


def sign(paper: Dispatch, *, by: Authority, key: UUID) -> Dispatch:
    """Sign for the unit. Raises Refused with every reason; the same key gives the first result."""
    with transaction.atomic():
        locked = Dispatch.objects.select_related("unit").select_for_update(of=("self",)).get(pk=paper.pk)
        if locked.sign_key == key and locked.signed_by_id == by.person.pk:
            return locked
        if reasons := why_not_sign(locked, by):
            raise Refused(*reasons)
        lock_authority(by)
        locked.state, locked.sign_key = Dispatch.State.SIGNED, key
        locked.signed_by, locked.signed_for, locked.signed_at = by.person, by.acting_for, timezone.now()
        locked.signer_name, locked.signer_post = by.person.full_name, by.post
        locked.signature = of_authority(by, body_of(locked.unit))
        locked.save()
        append_to_registry(
            SIGNED, by=by, key=key, unit=locked.unit, facts=covered(locked), texts=_texts(locked), rows=[locked]
        )
    return locked


def is_signed_on_record(paper: Dispatch) -> bool:
    """Did the person it names really sign it? The row alone is not believed."""
    signed = Event.objects.filter(key=paper.sign_key, verb=SIGNED, actor=paper.signed_by_id)
    return signed.filter(facts__dispatch=str(paper.ref)).exists()


def _texts(paper: Dispatch) -> dict:
    return {"subject": paper.subject, "body": paper.body, "signature": "\n".join(paper.signature)}


def why_not_sign(paper: Dispatch, by: Authority) -> list[str]:
    if by.role != Role.SIGNATORY or by.unit.pk != paper.unit_id:
        return [_("Only a signatory of %(unit)s signs this.") % {"unit": paper.unit.name}]
    if paper.state != Dispatch.State.PREPARED:
        return [_("It is not waiting for a signature.")]
    return changed_since(paper)


def changed_since(paper: Dispatch) -> list[str]:
    """Dossiers that are no longer what they were when the paper was prepared."""
    return [
        _("“%(subject)s” is no longer endorsed as it was when this paper was prepared.")
        % {"subject": item.dossier.subject}
        for item in paper.items.select_related("dossier")
        if item.dossier.state != State.ENDORSED or item.dossier.version != item.version
    ]

"""The signatory signs an outgoing paper: its words and the sealed versions it carries."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from accounts.authority import Authority
from accounts.models import Role
from documents.models import Dispatch
from workflow.errors import Refused
from workflow.states import State


def sign(paper: Dispatch, *, by: Authority, key: UUID) -> Dispatch:
    """Sign for the unit. Raises Refused with every reason; the same key gives the first result."""
    with transaction.atomic():
        held = Dispatch.objects.select_for_update(of=("self",)).get(pk=paper.pk)
        if held.sign_key == key and held.signed_by_id == by.person.pk:
            return held
        reasons = why_not_sign(held, by)
        if reasons or not by.still_holds():
            raise Refused(*(reasons or [_("Your appointment no longer allows this.")]))
        held.state, held.sign_key = Dispatch.State.SIGNED, key
        held.signed_by, held.signed_for, held.signed_at = by.person, by.acting_for, timezone.now()
        held.signer_name, held.signer_post = by.person.full_name, by.post
        held.save()
    return held


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

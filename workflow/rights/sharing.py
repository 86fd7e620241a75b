"""Sharing a dossier with one person until a day, and ending it."""

from datetime import date, timedelta
from uuid import UUID

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from guardian.shortcuts import assign_perm

from accounts.models import Authority, User
from accounts.reach import reaches
from ledger.append import append_to_registry, head_of
from ledger.envelope import REGISTRY
from ledger.models import Event
from workflow.decisions.rules import lock_authority
from workflow.errors import Refused
from workflow.models import Dossier, DossierUserObjectPermission
from workflow.recording import recorded

MAX_SHARED_TIME = timedelta(days=90)


@recorded
def share(dossier: Dossier, *, person: User, until: date, by: Authority, key: UUID, note: str = "") -> Event:
    """Let one person read one dossier until a day (a guardian grant on the dossier row)."""
    _only_where_it_belongs(dossier, by)
    if reasons := why_not(dossier, person, until):
        raise Refused(*reasons)
    grant = assign_perm("workflow.view_dossier", person, Dossier.objects.get(pk=dossier.pk))  # never on the child's row
    grant.expires_on, grant.ended_at = until, None
    grant.save(update_fields=["expires_on", "ended_at"])
    return append_to_registry(
        "shared",
        by=by,
        key=key,
        unit=dossier.unit,
        facts={"dossier": str(dossier.ref), "person": str(person.ref), "until": until.isoformat()},
        texts={"person": person.full_name, "note": note},
        rows=[grant],
    )


@recorded
def unshare(dossier: Dossier, *, person: User, by: Authority, key: UUID, note: str = "") -> Event:
    """End a share before its day: the person reads nothing more from the next click on."""
    _only_where_it_belongs(dossier, by)
    given = DossierUserObjectPermission.objects.to_read().filter(content_object_id=dossier.pk, ended_at=None)
    grant = given.select_for_update(of=("self",)).filter(user=person).first()
    if grant is None:
        raise Refused(_("This dossier is not shared with %(person)s.") % {"person": person})
    grant.ended_at = head_of(REGISTRY).moment
    grant.save(update_fields=["ended_at"])
    return append_to_registry(
        "unshared",
        by=by,
        key=key,
        unit=dossier.unit,
        facts={"dossier": str(dossier.ref), "person": str(person.ref)},
        texts={"person": person.full_name, "note": note},
        rows=[grant],
    )


def may_share(by: Authority, dossier: Dossier) -> bool:
    """Whose own office reaches the dossier; who was only given it to read passes it to nobody."""
    return reaches(by, dossier)


def why_not(dossier: Dossier, person: User, until: date) -> list[str]:
    """Every reason against letting this person read this dossier until that day."""
    today, reasons = timezone.localdate(), []
    if not person.is_active:
        reasons.append(_("The account of %(person)s is closed.") % {"person": person})
    elif any(may_share(by, dossier) for by in person.authorities):
        reasons.append(
            _("%(person)s can already read this dossier through their own appointment.") % {"person": person}
        )
    if until < today:
        reasons.append(_("The last day cannot be in the past."))
    elif until > today + MAX_SHARED_TIME:
        latest = date_format(today + MAX_SHARED_TIME, "SHORT_DATE_FORMAT")
        reasons.append(_("At most %(days)d days: until %(day)s.") % {"days": MAX_SHARED_TIME.days, "day": latest})
    return reasons


def _only_where_it_belongs(dossier: Dossier, by: Authority) -> None:
    if not by.person.has_perm("workflow.view_dossier", dossier):
        raise Refused(_("You cannot share what you cannot read."))
    if not may_share(by, dossier):
        raise Refused(_("Only someone whose own appointment covers this dossier can share it."))
    lock_authority(by)

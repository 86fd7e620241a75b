"""What a person's offices reach in the record: never more than the dossiers they may see."""

from django.db.models import Q, QuerySet

from accounts.models import Authority, Role, Unit
from accounts.reach import OWN_UNIT, WHOLE_BRANCH, reach
from accounts.reach import reaches as office_reaches
from ledger.envelope import REGISTRY
from ledger.models import Event
from workflow.models import DossierUserObjectPermission

READS_THE_OFFICE = frozenset({Role.AUDITOR, Role.COMMITTEE, Role.ADMINISTRATOR})


def offices(user) -> list[Authority]:
    """The capacities that reach dossiers, the widest first; an administrator's reaches none."""
    reaching = [by for by in user.authorities if by.role in OWN_UNIT | WHOLE_BRANCH]
    return sorted(reaching, key=lambda by: by.role in OWN_UNIT)


def reaches(user, dossier) -> bool:
    """By an office of theirs, not by a grant made by hand."""
    return any(office_reaches(by, dossier) for by in user.authorities)


def units(user) -> QuerySet[Unit]:
    """The units whose dossiers the offices reach."""
    return Unit.objects.filter(reach(user.authorities, unit=""))


def events(user) -> QuerySet[Event]:
    """Events of the dossiers that the offices reach. An event's unit is its dossier's, as the database sees to."""
    return Event.objects.filter(reach(user.authorities)).exclude(chain=REGISTRY)


def readable(user) -> QuerySet[Event]:
    """These, those of dossiers shared by hand, and the registry chain for those who answer for the office."""
    shared = DossierUserObjectPermission.objects.in_force().filter(user=user)
    seen = Q(reach(user.authorities), ~Q(chain=REGISTRY)) | Q(
        chain__in=list(shared.values_list("content_object__ref", flat=True))
    )
    for by in user.authorities:
        if by.role in READS_THE_OFFICE:
            seen |= Q(chain=REGISTRY, unit__path__startswith=by.unit.path)
    return Event.objects.filter(seen)


def exporter(user) -> Authority | None:
    """In what capacity a person takes a list out: their widest office."""
    return next(iter([*offices(user), *user.authorities]), None)

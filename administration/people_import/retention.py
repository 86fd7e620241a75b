"""How long a workbook is kept: for as long as somebody may still ask what stood in it, and not for ever."""

from datetime import timedelta

from django.utils import timezone

from administration.models import RosterImport, RosterRow
from administration.people_import.importing import fell

KEPT_DAYS = 30
State = RosterImport.State
ENDED = (State.IMPORTED, State.REFUSED)


def kept_until(roster: RosterImport):
    """When the workbook and its rows go; what is under way stays."""
    return (roster.finished_at or roster.checked_at) + timedelta(days=KEPT_DAYS)


def forget() -> None:
    """Empty what ended long ago, and drop what was never imported; the record keeps the hash of what was."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    ended = RosterImport.objects.filter(state__in=ENDED, finished_at__lt=before).exclude(workbook=b"")
    RosterRow.objects.filter(roster__in=ended).delete()
    ended.update(workbook=b"")
    never = RosterImport.objects.filter(checked_at__lt=before).exclude(state__in=ENDED).defer("workbook")
    over = [roster.pk for roster in never if not roster.is_under_way or fell(roster)]
    RosterImport.objects.filter(pk__in=over).delete()

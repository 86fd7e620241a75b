"""How long a workbook is kept: for as long as somebody may still ask what stood in it, and not for ever."""

from datetime import timedelta

from django.utils import timezone

from administration.models import PeopleImport, PeopleImportRow
from administration.people_import.importing import fell

KEPT_DAYS = 30
State = PeopleImport.State
ENDED = (State.IMPORTED, State.REFUSED)


def kept_until(people_import: PeopleImport):
    """When the workbook and its rows go; what is under way stays."""
    return (people_import.finished_at or people_import.checked_at) + timedelta(days=KEPT_DAYS)


def forget() -> None:
    """Empty what ended long ago, and drop what was never imported; the record keeps the hash of what was."""
    before = timezone.now() - timedelta(days=KEPT_DAYS)
    ended = PeopleImport.objects.filter(state__in=ENDED, finished_at__lt=before).exclude(workbook=b"")
    PeopleImportRow.objects.filter(people_import__in=ended).delete()
    ended.update(workbook=b"")
    never = PeopleImport.objects.filter(checked_at__lt=before).exclude(state__in=ENDED).defer("workbook")
    over = [people_import.pk for people_import in never if not people_import.is_under_way or fell(people_import)]
    PeopleImport.objects.filter(pk__in=over).delete()

"""One person's notices as the page shows them."""

from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Coalesce

from accounts.compiled import compiled
from workflow.models import AccessLog, Notice

MAX_COUNTED = 99  # the masthead says 99+ beyond


def opened(user) -> Exists:
    """Has the dossier of a notice been looked into since by this person (or `OuterRef` to one)?"""
    looks = AccessLog.objects.filter(
        user=user,
        dossier=Coalesce(OuterRef("event__dossier__pk"), OuterRef("reminder__dossier")),
        at__gte=Coalesce(OuterRef("event__at"), OuterRef("created_at")),
    )
    return Exists(looks)


def notices_of(user) -> QuerySet[Notice]:
    """All, the newest first, each with whether its dossier was `opened` since."""
    rows = Notice.objects.filter(user=user).annotate(opened=opened(user))
    return rows.select_related("event__opening", "event__dossier__unit", "reminder__unit").order_by("-pk")


def unread(user) -> QuerySet[Notice]:
    """Neither put away nor looked into since."""
    return notices_of(user).filter(read_at=None, opened=False)


@compiled(int)
def unread_counted(user: int) -> QuerySet[Notice]:
    """As many of them as the masthead counts."""
    return unread(user).order_by().values_list("pk")[: MAX_COUNTED + 1]

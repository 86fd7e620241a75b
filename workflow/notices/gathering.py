"""From notices to mails, each person's as they chose: a notice goes into one mail at most."""

from collections import defaultdict
from datetime import datetime

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from workflow.models import Mail, Notice, NoticeChoice
from workflow.notices.inbox import opened

BATCH = 2000  # rows a statement
ONE_AT_A_TIME = 8117_0004  # of PostgreSQL's advisory locks
Way, Occasion, NotMailed = NoticeChoice.Way, Mail.Occasion, Notice.NotMailed


@transaction.atomic
def gather(now: datetime | None = None) -> None:
    """Put into mails what is due to go: at once, or where someone's hour of the day has come."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_AT_A_TIME])
    _leave_in_the_page()
    now = timezone.localtime(now)
    parcels = defaultdict(list)
    for notice in _due(now):
        parcels[notice.user_id, _occasion(notice)].append(notice)
    mails = Mail.objects.bulk_create(
        Mail(user_id=user, occasion=occasion, day=None if occasion == Occasion.NOTICES else now.date())
        for user, occasion in parcels
    )
    for mail, notices in zip(mails, parcels.values(), strict=True):
        for notice in notices:
            notice.mail = mail
    Notice.objects.bulk_update([notice for parcel in parcels.values() for notice in parcel], ["mail"], batch_size=BATCH)


def _pending():
    return Notice.objects.filter(mail=None, not_mailed="")


def _leave_in_the_page() -> None:
    """Settle those that no mail is wanted for any more."""
    read = Q(read_at__isnull=False) | Q(opened(OuterRef("user")))
    _pending().filter(read).update(not_mailed=NotMailed.READ)
    _pending().filter(user__notice_choice__way=Way.NONE).update(not_mailed=NotMailed.CHOICE)
    _pending().filter(user__email="").update(not_mailed=NotMailed.ADDRESS)


def _due(now: datetime):
    """Reminders go once a day even to those who want each notice at once."""
    today = Mail.objects.filter(user=OuterRef("user"), day=now.date())
    at_once = Q(way=Way.EACH) & (Q(reminder=None) | ~Exists(today.filter(occasion=Occasion.REMINDERS)))
    hour_has_come = Q(way=Way.DAILY, user__notice_choice__hour__lte=now.hour)
    daily = hour_has_come & ~Exists(today.filter(occasion=Occasion.DIGEST))
    way = Coalesce("user__notice_choice__way", Value(Way.EACH))
    return _pending().annotate(way=way).filter(at_once | daily).only("user", "reminder").order_by("pk")


def _occasion(notice: Notice) -> Mail.Occasion:
    if notice.way == Way.DAILY:
        return Occasion.DIGEST
    return Occasion.REMINDERS if notice.reminder_id else Occasion.NOTICES

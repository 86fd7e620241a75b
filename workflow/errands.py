"""What follows from decisions but may wait a moment: search learns of them, they are counted, people are told.

An errand commits with its decision and is taken away with what it brought: nothing is lost, nothing done twice.
"""

import contextlib
import logging

from django.db import connection, transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from ledger.models import Event, Opening
from workflow import return_counts
from workflow.models.errand import Errand
from workflow.notices.mailing import AGAIN
from workflow.notices.telling import tell
from workflow.search.index import learn_all

AT_ONCE = 300
LOCK = "errands"
ONE_ROUND = 8117_0005  # of PostgreSQL's advisory locks

logger = logging.getLogger(__name__)


@app.periodic(cron="* * * * *", periodic_id="errands")
@app.task(name="workflow.errands", queue="notices", queueing_lock=LOCK, retry=AGAIN)
def errands(timestamp: int = 0) -> None:
    """Every minute, for whoever committed and died before they could ask, and whenever somebody asks."""
    run()


def run() -> int:
    """Do all that waits, hundreds at a time; how many. One that fails is left, and its error raised at the end."""
    number, last, failure = 0, 0, None
    while pks := list(_waiting().filter(pk__gt=last).values_list("pk", flat=True)[:AT_ONCE]):
        last = pks[-1]
        try:
            number += _do(pks)
        except Exception:  # each alone: one that cannot be done must not keep the others
            for pk in pks:
                try:
                    number += _do([pk])
                except Exception as error:
                    logger.exception("Errand %d failed.", pk)
                    failure = error
    if failure:
        raise failure
    return number


def _waiting():
    return Errand.objects.order_by("pk")


@transaction.atomic
def _do(pks: list[int]) -> int:
    """Those of these still to be done, in one transaction; two rounds would only wait for each other's names."""
    _alone()
    locked = list(_waiting().select_for_update(skip_locked=True).filter(pk__in=pks).values_list("pk", flat=True))
    if locked:
        Opening.objects.filter(pk__in=locked, indexed=False).update(indexed=True)
        learn_all(list(Event.objects.filter(pk__in=locked).select_related("actor", "acting_for").order_by("pk")))
        return_counts.keep(locked)
        tell(locked)
        Errand.objects.filter(pk__in=locked).delete()
    return len(locked)


@transaction.atomic
def count_returns_anew() -> int:
    """Count anew, between two rounds, what the statistics of returns keep; how many of the counts were otherwise."""
    _alone()
    return return_counts.keep_anew()


def _alone() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ONE_ROUND])


# Whether a round that has not begun will come. One that begins before the asking decision commits misses its errand,
# which then waits for the next decision's round, or for that of the minute.
ROUND_WAITS = f"EXISTS (SELECT FROM procrastinate_jobs WHERE queueing_lock = '{LOCK}' AND status = 'todo')"


def round_waits() -> bool:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {ROUND_WAITS}")
        return cursor.fetchone()[0]


def ask_for_a_round() -> None:
    """Once this transaction is committed, have the worker come."""
    transaction.on_commit(_ask, robust=True)


def _ask() -> None:
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        errands.defer()

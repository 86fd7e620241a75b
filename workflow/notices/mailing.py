"""The job that brings notices to their people by mail."""

import contextlib

from django.db import transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from workflow.notices.gathering import gather
from workflow.notices.posting import post

AGAIN = RetryStrategy(max_attempts=20, exponential_wait=4)
EVERY_FIVE_MINUTES = "*/5 * * * *"


@app.periodic(cron=EVERY_FIVE_MINUTES, periodic_id="post")
@app.task(name="workflow.post", queue="notices", queueing_lock="post", retry=AGAIN)
def mails(timestamp: int = 0) -> None:
    """Put into mails what is due to go, and hand over what is due to be."""
    gather()
    post()


def post_soon() -> None:
    """Ask for a round of mails now; one that is asked for already will do."""
    with contextlib.suppress(AlreadyEnqueued), transaction.atomic():
        mails.defer()

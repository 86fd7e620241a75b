"""From a decision to its notices: one job, committed with the decision that caused it."""

from procrastinate.contrib.django import app

from ledger.models import Event
from workflow.models import Notice
from workflow.notices.addressees import addressees_of
from workflow.notices.gathering import BATCH
from workflow.notices.mailing import AGAIN, post_soon


def queue(event: Event) -> None:
    """Leave the work to the worker; the job commits with the decision that caused it."""
    queue_many([event])


def queue_many(events: list[Event]) -> None:
    """One job for many decisions taken together, so that each person gets one mail of them."""
    tell.defer(event_ids=[event.pk for event in events])


@app.task(name="workflow.tell", queue="notices", retry=AGAIN)
def tell(event_ids: list[int]) -> None:
    """Write one notice a person and event, at most once each however often the job runs."""
    events = list(Event.objects.filter(pk__in=event_ids).select_related("dossier__unit").order_by("pk"))
    told = zip(events, addressees_of(events), strict=True)
    rows = [Notice(user_id=pk, event=event) for event, people in told for pk in sorted(people)]
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    post_soon()

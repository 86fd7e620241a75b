"""From decisions to their notices."""

from ledger.models import Event
from workflow.models import Notice
from workflow.notices.addressees import addressees_of
from workflow.notices.gathering import BATCH
from workflow.notices.mailing import post_soon


def tell(event_ids: list[int]) -> None:
    """Write one notice a person and event, at most once each however often this runs, and ask for a round of mails."""
    events = list(Event.objects.filter(pk__in=event_ids).select_related("dossier__unit").order_by("pk"))
    told = zip(events, addressees_of(events), strict=True)
    rows = [Notice(user_id=pk, event=event) for event, people in told for pk in sorted(people)]
    Notice.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    post_soon()

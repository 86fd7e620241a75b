"""What the worker does every night: verify the record, free and drop what has run out."""

from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from procrastinate.contrib.django import app

from administration.people_import import retention
from audit.verification.verify import Tally, faults
from workflow.decisions.claims import free_all_lapsed
from workflow.health import VERIFIED


@app.periodic(cron="10 19 * * *", periodic_id="verify")  # UTC: ten past two in the night of Hà Nội
@app.task(name="workflow.verify", queue="upkeep", queueing_lock="workflow.verify")
def verify(timestamp: int) -> None:
    """Look for the first broken fact of the record; the operators' page says what was found."""
    note_verified(next(faults(Tally()), ""))


def note_verified(fault: str) -> None:
    cache.set(VERIFIED, {"at": timezone.now(), "fault": fault}, timeout=None)


@app.periodic(cron="5 17 * * *", periodic_id="free")  # UTC: five past midnight in Hà Nội
@app.task(name="workflow.free", queue="upkeep", queueing_lock="workflow.free")
def free(timestamp: int) -> None:
    """What an office that ended yesterday had claimed is anybody's again."""
    free_all_lapsed()


@app.periodic(cron="40 19 * * *", periodic_id="clear")
@app.task(name="workflow.clear", queue="upkeep", queueing_lock="workflow.clear")
def clear(timestamp: int) -> None:
    """Sessions that ran out are of no use to anybody."""
    call_command("clearsessions")


@app.periodic(cron="50 19 * * *", periodic_id="forget_people_imports")
@app.task(name="workflow.forget_people_imports", queue="upkeep", queueing_lock="workflow.forget_people_imports")
def forget_people_imports(timestamp: int) -> None:
    """Workbooks that were imported long ago."""
    retention.forget()

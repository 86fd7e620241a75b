"""What the worker does by the clock. Clocks of the queue run in UTC: midnight there is seven in the morning here."""

from datetime import datetime
from zoneinfo import ZoneInfo

from procrastinate.contrib.django import app
from procrastinate.exceptions import UniqueViolation
from procrastinate.jobs import Status

from workflow.notices.mailing import AGAIN, EVERY_FIVE_MINUTES, post_soon
from workflow.notices.reminders import dossiers_due, remind

OFFICE = ZoneInfo("Asia/Ho_Chi_Minh")
AT_SEVEN = "0 0 * * *"
FIRST = 10  # reminders are written before mails are made of them


@app.periodic(cron=AT_SEVEN, periodic_id="remind")
@app.task(name="workflow.remind", queue="notices", priority=FIRST, retry=AGAIN)
def reminders(timestamp: int) -> None:
    """Each morning, or when the worker comes up after one it missed."""
    today = day_of(timestamp)
    remind(dossiers_due(today), today)
    post_soon()


def day_of(timestamp: int):
    return datetime.fromtimestamp(timestamp, OFFICE).date()


@app.periodic(cron=EVERY_FIVE_MINUTES, periodic_id="take_up")
@app.task(name="workflow.take_up", queue="notices", pass_context=True)
async def take_up(context, timestamp: int) -> None:
    """Have what a killed worker left half done begun again; every task of ours may run twice."""
    manager = context.app.job_manager
    for job in await manager.get_stalled_jobs():
        try:
            await manager.retry_job(job)
        except UniqueViolation:  # the same work waits already
            await manager.finish_job(job, status=Status.FAILED, delete_job=True)


@app.periodic(cron="30 18 * * *", periodic_id="sweep")
@app.task(name="workflow.sweep", queue="notices", pass_context=True)
async def sweep(context, timestamp: int) -> None:
    """Forget jobs that went well a week ago."""
    await context.app.job_manager.delete_old_jobs(nb_hours=7 * 24)

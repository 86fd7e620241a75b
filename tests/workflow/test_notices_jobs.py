"""What the worker does by the clock: half-done work of a killed one is begun again, and never waits twice."""

from asgiref.sync import async_to_sync
from django.db import connection
from django.db.models import Max
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from ledger.models import Event
from workflow.models import Notice
from workflow.notices.mailing import post_soon
from workflow.notices.rounds import take_up
from workflow.notices.telling import queue_many, tell
from workflow.states import State, Verb


def last_job() -> int:
    return ProcrastinateJob.objects.aggregate(last=Max("pk", default=0))["last"]


def jobs(since: int) -> list[tuple[str, str]]:
    """The queue outlives tests that commit, so each looks at its own."""
    return sorted(ProcrastinateJob.objects.filter(pk__gt=since).values_list("task_name", "status"))


def begin_and_die() -> None:
    """Every waiting job is taken by a worker of which nothing is heard any more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")


class CONTEXT:
    """As much of a job's context as the task reads."""

    app = app


def test_jobs_of_a_dead_worker_are_begun_again(office, transactional_db):
    begun = last_job()
    office.memo_in(State.SUBMITTED)
    begin_and_die()
    post_soon()
    begin_and_die()
    post_soon()
    async_to_sync(take_up.func)(CONTEXT, timestamp=0)
    assert jobs(begun) == [("workflow.post", "todo"), ("workflow.tell", "todo")]


def test_many_decisions_are_one_job_that_may_run_twice(office):
    papers = [office.memo_in(State.SUBMITTED) for _n in range(3)]
    events = list(Event.objects.filter(dossier__in=papers, verb=Verb.SUBMIT))
    begun = last_job()
    queue_many(events)
    assert jobs(begun) == [("workflow.tell", "todo")]
    for _again in range(2):
        tell(event_ids=[event.pk for event in events])
    assert Notice.objects.count() == 3

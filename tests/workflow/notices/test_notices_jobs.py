"""What the worker does by the clock: half-done work of a killed one is begun again, and never waits twice."""

from asgiref.sync import async_to_sync
from django.db import connection
from django.db.models import Max
from procrastinate.contrib.django import app
from procrastinate.contrib.django.models import ProcrastinateJob

from workflow.notices.mailing import post_soon
from workflow.notices.rounds import take_up
from workflow.states import State


def last_job() -> int:
    return ProcrastinateJob.objects.aggregate(last=Max("pk", default=0))["last"]


def jobs(since: int) -> list[tuple[str, str]]:
    """The queue outlives tests that commit, so each looks at its own."""
    return sorted(ProcrastinateJob.objects.filter(pk__gt=since).values_list("task_name", "status"))


def forget_rounds() -> None:
    """Whatever earlier tests asked for."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM procrastinate_jobs WHERE task_name = 'workflow.errands'")


def begin_and_die() -> None:
    """Every waiting job is taken by a worker of which nothing is heard any more."""
    with connection.cursor() as cursor:
        cursor.execute("UPDATE procrastinate_jobs SET status = 'doing' WHERE status = 'todo'")


class CONTEXT:
    """As much of a job's context as the task reads."""

    app = app


def test_jobs_of_a_dead_worker_are_begun_again(office, transactional_db):
    forget_rounds()
    begun = last_job()
    office.memo_in(State.SUBMITTED)
    begin_and_die()
    post_soon()
    begin_and_die()
    post_soon()
    async_to_sync(take_up.func)(CONTEXT, timestamp=0)
    assert jobs(begun) == [("workflow.errands", "todo"), ("workflow.post", "todo")]


def test_many_decisions_ask_for_one_round(office, transactional_db):
    forget_rounds()
    begun = last_job()
    for _n in range(3):
        office.memo_in(State.UNIT_APPROVED)
    assert jobs(begun) == [("workflow.errands", "todo")]
    begin_and_die()
    office.memo_in(State.SUBMITTED)
    assert jobs(begun) == [("workflow.errands", "doing"), ("workflow.errands", "todo")]

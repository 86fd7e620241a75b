"""Units asked in a campaign are reminded while their report is not begun; then the report's own due date speaks."""

from datetime import date, datetime, timedelta

import pytest
from django.utils import timezone
from procrastinate.contrib.django import app

from documents.progress.reminders import reports_not_begun
from tests.factories import rewritten
from workflow.models import Notice
from workflow.notices.reminders import dossiers_due, remind
from workflow.notices.rounds import OFFICE, day_of

pytestmark = pytest.mark.usefixtures("office")
DAY = timedelta(days=1)


def morning(day) -> list[tuple]:
    remind([*reports_not_begun(day), *dossiers_due(day)], day)
    """Who has been told of which unit, at which step; units of one morning are told in no order."""
    told = Notice.objects.order_by("-reminder__step", "user__username", "pk")
    return list(told.values_list("user__username", "reminder__unit__code", "reminder__step"))


def test_drafters_of_units_that_have_not_begun(office):
    due = office.campaign.due_on
    assert morning(due - 8 * DAY) == []
    assert morning(due - 7 * DAY) == [("an", "CD001", 7), ("nga", "CD007", 7)]
    office.report()
    assert morning(due - 3 * DAY)[2:] == [("an", "CD001", 3), ("nga", "CD007", 3)]


def test_the_link_leads_a_drafter_to_the_beginning(office, client):
    morning(office.campaign.due_on)
    client.force_login(office.drafter.person)
    path = Notice.objects.get(user=office.drafter.person).reminder.path
    assert client.get(path).status_code == 200
    assert client.get("/notices/").status_code == 200


def test_a_due_date_that_moves_and_units_by_the_hundred(office, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert len(reports_not_begun(timezone.localdate())) == 2
    morning(timezone.localdate())
    rewritten(type(office.campaign).objects.all(), due_on=office.campaign.due_on + 60 * DAY)
    assert len(morning(timezone.localdate())) == 2
    assert len(morning(office.campaign.due_on + 60 * DAY)) == 4


@pytest.mark.parametrize("task", [("workflow.remind", "remind"), ("documents.remind", "remind_campaigns")])
def test_the_worker_reminds_at_seven_in_the_morning_here(task):
    clock = app.periodic_registry.periodic_tasks[task].croniter
    tick = clock.get_next(ret_type=float, start_time=datetime(2026, 11, 22, 9, tzinfo=OFFICE).timestamp())
    assert datetime.fromtimestamp(tick, OFFICE) == datetime(2026, 11, 23, 7, tzinfo=OFFICE)
    assert day_of(int(tick)) == date(2026, 11, 23)

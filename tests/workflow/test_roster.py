"""Units, people and appointments from one workbook: shown row by row, then imported whole or not at all."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from accounts.authority import authorities
from accounts.models import Appointment, Role, Unit, User
from tests.workflow.rosters import APPOINTMENT, PERSON, UNIT, whole, workbook
from workflow.ledger.envelope import OFFICE
from workflow.ledger.verify import Tally, faults
from workflow.models import Event, RosterImport
from workflow.roster import importing

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


@pytest.fixture
def administrator(office):
    return office.officer("tuan", Role.ADMINISTRATOR, office.district)


def outcomes(roster: RosterImport) -> list[tuple]:
    return [(row.sheet, row.number, row.outcome) for row in roster.rows.all()]


def imported(data: bytes, by) -> RosterImport:
    roster = importing.check(data, "danh-sach.xlsx", by=by)
    assert roster.is_clean
    importing.confirm(roster, by=by)
    importing.run(roster.pk)
    roster.refresh_from_db()
    return roster


def test_a_unit_its_chair_and_the_appointment_arrive_together(office, administrator):
    roster = imported(whole(), administrator)
    assert (roster.state, roster.reasons, roster.done) == ("imported", [], 3)
    unit = Unit.objects.get(code="U9")
    assert Unit.objects.get_parent(unit).code == "Q1"
    assert [(by.role, by.post, by.unit.code) for by in authorities(User.objects.get(username="sen"))] == [
        ("approver", "Chủ tịch", "U9")
    ]
    assert Unit.objects.find_problems() == ([], [], [], [], [])
    chain = Event.objects.filter(chain=OFFICE).order_by("seq")
    assert [event.verb for event in chain] == ["unit_opened", "appointed", "imported"]
    assert list(faults(Tally())) == []

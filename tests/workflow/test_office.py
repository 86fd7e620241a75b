"""Who may appoint, lend, revoke and share; each is one event on the office's own chain."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from accounts.authority import authorities
from accounts.models import Appointment, Delegation, Role
from tests import factories
from workflow import office as running
from workflow.errors import Refused
from workflow.ledger.envelope import OFFICE
from workflow.ledger.verify import Tally, faults
from workflow.models import Event
from workflow.states import State

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
TODAY = timezone.localdate()


def loan(appointment: Appointment, to, days: int = 5) -> Delegation:
    return Delegation(appointment=appointment, delegate=to, ends_on=TODAY + timedelta(days=days), reason="Đi công tác")


@pytest.fixture
def administrator(office):
    return office.officer("tuan", Role.ADMINISTRATOR, office.district)


def reasons(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, key=uuid4(), **kwargs)
    assert not Event.objects.filter(chain=OFFICE).exists()
    return refused.value.reasons


def test_an_office_changes_hands_and_the_chain_says_so(office, administrator):
    son = factories.person("son", "Hồ Ngọc Sơn")
    post = Appointment(user=son, unit=office.district, role=Role.REVIEWER, post="Chuyên viên")
    running.appoint(post, by=administrator, key=uuid4())
    lent = loan(office.signatory.appointment, son)
    running.delegate(lent, by=office.signatory, key=uuid4())
    assert [by.role for by in authorities(son)] == ["reviewer", "signatory"]
    running.revoke(lent, by=office.signatory, key=uuid4(), note="Đã về")
    running.end_appointment(post, by=administrator, key=uuid4())
    assert authorities(son) == []
    chain = Event.objects.filter(chain=OFFICE).order_by("seq")
    assert [(event.seq, event.verb, event.texts["person"]) for event in chain] == [
        (1, "appointed", "Hồ Ngọc Sơn"),
        (2, "delegated", "Hồ Ngọc Sơn"),
        (3, "delegation_revoked", "Hồ Ngọc Sơn"),
        (4, "appointment_ended", "Hồ Ngọc Sơn"),
    ]
    assert list(faults(Tally())) == []


def test_only_an_administrator_appoints_and_ends(office):
    post = Appointment(user=factories.person("son"), unit=office.district, role=Role.REVIEWER, post="Chuyên viên")
    mine = ["This belongs to: administrator."]
    assert reasons(running.appoint, post, by=office.signatory) == mine
    assert reasons(running.end_appointment, office.clerk.appointment, by=office.clerk) == mine


def test_an_administrator_whose_appointment_ended_appoints_nobody(office, administrator):
    Appointment.objects.filter(pk=administrator.appointment.pk).update(ended_at=timezone.now())
    assert reasons(running.end_appointment, office.clerk.appointment, by=administrator) != []


def test_an_appointment_ends_once(office, administrator):
    running.end_appointment(office.clerk.appointment, by=administrator, key=uuid4())
    with pytest.raises(Refused) as refused:
        running.end_appointment(office.clerk.appointment, by=administrator, key=uuid4())
    assert refused.value.reasons == ["This appointment has already ended."]


def test_a_delegation_cannot_be_passed_on(office):
    son, nga = factories.person("son"), factories.person("nga")
    factories.lend(office.signatory.appointment, son)
    (deputy,) = authorities(son)
    own = ["Only the holder can delegate an appointment, and a delegation cannot be passed on."]
    assert reasons(running.delegate, loan(office.signatory.appointment, nga), by=deputy) == own
    assert reasons(running.delegate, loan(office.signatory.appointment, nga), by=office.clerk) == own
    self_loan = loan(office.clerk.appointment, office.clerk.person)
    assert reasons(running.delegate, self_loan, by=office.clerk) == [
        "An appointment cannot be delegated to its own holder."
    ]


def test_a_delegation_that_ends_before_it_begins_is_refused(office):
    backwards = loan(office.signatory.appointment, factories.person("son"), days=-1)
    with pytest.raises(ValidationError):
        running.delegate(backwards, by=office.signatory, key=uuid4())


def test_a_loan_is_revoked_by_its_giver_or_an_administrator_once(office, administrator):
    lent = factories.lend(office.signatory.appointment, factories.person("son"))
    assert reasons(running.revoke, lent, by=office.clerk) == ["This belongs to: administrator."]
    running.revoke(lent, by=administrator, key=uuid4())
    with pytest.raises(Refused) as refused:
        running.revoke(lent, by=office.signatory, key=uuid4())
    assert refused.value.reasons == ["This delegation has already been revoked."]


def test_only_a_reader_shares_a_paper(office):
    paper, guest = office.memo_in(State.SUBMITTED), factories.person("guest")
    stranger = office.officer("far", Role.CLERK, office.other_district)
    refused = reasons(running.share, paper, person=guest, until=TODAY, by=stranger)
    assert refused == ["You cannot share what you cannot read."]
    event = running.share(paper, person=guest, until=TODAY, by=office.clerk, key=uuid4())
    assert event.facts == {"dossier": str(paper.ref), "person": str(guest.ref), "until": TODAY.isoformat()}

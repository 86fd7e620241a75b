"""Who may appoint, lend, revoke and share; each is one event on the office's own chain."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone

from accounts.models import Appointment, Delegation, Role, Unit, authorities
from administration import registry
from administration.jobs import free
from audit.verification.verify import Tally, faults
from tests import factories
from tests.days import today
from tests.factories import moved, rewritten
from tests.founder import office_chain
from tests.workflow.office import do
from workflow.errors import Refused
from workflow.models import Dossier
from workflow.notices.addressees import addressees
from workflow.rights.sharing import share
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]


def loan(appointment: Appointment, to, days: int = 5) -> Delegation:
    return Delegation(appointment=appointment, delegate=to, ends_on=today(days), reason="Đi công tác")


def reasons(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, key=uuid4(), **kwargs)
    assert not office_chain().exists()
    return refused.value.reasons


def test_an_office_changes_hands_and_the_chain_says_so(office, administrator):
    son = factories.person("son", "Hồ Ngọc Sơn")
    post = Appointment(user=son, unit=office.district, role=Role.REVIEWER, post="Chuyên viên")
    registry.appoint(post, by=administrator, key=uuid4())
    lent = loan(office.signatory.appointment, son)
    registry.delegate(lent, by=office.signatory, key=uuid4())
    assert [by.role for by in authorities(son)] == ["reviewer", "signatory"]
    registry.revoke(lent, by=office.signatory, key=uuid4(), note="Đã về")
    registry.end_appointment(post, by=administrator, key=uuid4())
    assert authorities(son) == []
    chain = office_chain().order_by("seq")
    assert [(event.verb, event.texts["person"]) for event in chain] == [
        ("appointed", "Hồ Ngọc Sơn"),
        ("delegated", "Hồ Ngọc Sơn"),
        ("delegation_revoked", "Hồ Ngọc Sơn"),
        ("appointment_ended", "Hồ Ngọc Sơn"),
    ]
    assert list(faults(Tally())) == []


def test_only_an_administrator_appoints_and_ends(office):
    post = Appointment(user=factories.person("son"), unit=office.district, role=Role.REVIEWER, post="Chuyên viên")
    mine = ["This is the responsibility of: administrator."]
    assert reasons(registry.appoint, post, by=office.signatory) == mine
    assert reasons(registry.end_appointment, office.clerk.appointment, by=office.clerk) == mine


def test_an_administrator_whose_appointment_ended_appoints_nobody(office, administrator):
    rewritten(Appointment.objects.filter(pk=administrator.appointment.pk), ended_at=timezone.now())
    assert reasons(registry.end_appointment, office.clerk.appointment, by=administrator) != []


def test_an_appointment_ends_once(office, administrator):
    registry.end_appointment(office.clerk.appointment, by=administrator, key=uuid4())
    with pytest.raises(Refused) as refused:
        registry.end_appointment(office.clerk.appointment, by=administrator, key=uuid4())
    assert refused.value.reasons == ["This appointment has already ended."]


def test_a_delegation_cannot_be_passed_on(office):
    son, nga = factories.person("son"), factories.person("nga")
    factories.lend(office.signatory.appointment, son)
    (deputy,) = authorities(son)
    own = ["Only the holder can delegate an appointment, and a delegation cannot be passed on."]
    assert reasons(registry.delegate, loan(office.signatory.appointment, nga), by=deputy) == own
    assert reasons(registry.delegate, loan(office.signatory.appointment, nga), by=office.clerk) == own
    self_loan = loan(office.clerk.appointment, office.clerk.person)
    assert reasons(registry.delegate, self_loan, by=office.clerk) == [
        "An appointment cannot be delegated to its own holder."
    ]


def test_a_delegation_that_ends_before_it_begins_is_refused(office):
    backwards = loan(office.signatory.appointment, factories.person("son"), days=-1)
    with pytest.raises(ValidationError):
        registry.delegate(backwards, by=office.signatory, key=uuid4())


def test_a_loan_is_revoked_by_its_giver_or_an_administrator_once(office, administrator):
    lent = factories.lend(office.signatory.appointment, factories.person("son"))
    assert reasons(registry.revoke, lent, by=office.clerk) == ["This is the responsibility of: administrator."]
    registry.revoke(lent, by=administrator, key=uuid4())
    with pytest.raises(Refused) as refused:
        registry.revoke(lent, by=office.signatory, key=uuid4())
    assert refused.value.reasons == ["This delegation has already been revoked."]


def test_only_a_reader_shares_a_paper(office):
    paper, guest = office.memo_in(State.SUBMITTED), factories.person("guest")
    stranger = office.officer("far", Role.CLERK, office.other_district)
    refused = reasons(share, paper, person=guest, until=today(), by=stranger)
    assert refused == ["You cannot share what you cannot read."]
    event = share(paper, person=guest, until=today(), by=office.clerk, key=uuid4())
    assert event.facts == {"dossier": str(paper.ref), "person": str(guest.ref), "until": today().isoformat()}


class TestTheTreeOnRecord:
    """The verifier knows where a unit stood when a decision was taken, and where it was put last."""

    @pytest.fixture
    def root(self, office):
        return office.officer("goc", Role.ADMINISTRATOR, office.city)

    def found(self) -> list[str]:
        return list(faults(Tally()))

    def test_older_decisions_are_judged_by_the_tree_of_their_day(self, office, root):
        office.memo_in(State.DISTRICT_REVIEWED)
        registry.move_unit(office.unit, under=office.other_district, by=root, key=uuid4())
        assert self.found() == []
        registry.move_unit(office.unit, under=office.sibling, by=root, key=uuid4())
        registry.move_unit(office.sibling, under=office.other_district, by=root, key=uuid4())
        assert self.found() == []

    def test_a_later_decision_by_the_office_it_left_is_found(self, office, root):
        registry.move_unit(office.unit, under=office.other_district, by=root, key=uuid4())
        paper = office.memo_in(State.SUBMITTED)
        registry.move_unit(office.unit, under=office.district, by=root, key=uuid4())
        do(Verb.APPROVE, paper, office.approver)
        do(Verb.REVIEW, paper, office.reviewer)
        assert self.found() == []
        with transaction.atomic():
            unit, elsewhere = (Unit.objects.get(pk=place.pk) for place in (office.unit, office.other_district))
            Unit.objects.move(unit, elsewhere, "last-child")
            assert [fault.split(": ", 1)[1] for fault in self.found()] == [
                "was taken for a unit that the appointment's does not cover",
                "stands under “Q2”, the record put it under “Q1”",
            ]
            transaction.set_rollback(True)


class TestReach:
    def test_an_administrator_changes_nothing_beside_or_above_their_unit(self, office, administrator):
        elsewhere = "Liên đoàn Lao động Quận 2 is neither your unit nor below it."
        new = Appointment(user=office.clerk.person, unit=office.other_district, role=Role.CLERK, post="Văn thư")
        assert reasons(registry.appoint, new, by=administrator) == [elsewhere]
        assert reasons(registry.close_unit, office.other_district, by=administrator) == [elsewhere]
        assert reasons(registry.move_unit, office.unit, under=office.other_district, by=administrator) == [elsewhere]
        assert reasons(registry.close_unit, office.city, by=administrator) == [
            "Liên đoàn Lao động Thành phố is neither your unit nor below it."
        ]

    def test_nor_ends_the_appointment_they_act_by(self, office, administrator):
        assert reasons(registry.end_appointment, administrator.appointment, by=administrator) == [
            "You act under this appointment; another administrator must end it."
        ]

    def test_reach_is_asked_of_the_tree_as_it_is_now(self, office, administrator):
        moved(office.unit, under=office.other_district)
        assert reasons(registry.end_appointment, office.approver.appointment, by=administrator) == [
            "Công đoàn Trường Hoa Sen is neither your unit nor below it."
        ]

    def test_the_same_key_again_gives_the_first_event(self, office, administrator):
        key = uuid4()
        first = registry.end_appointment(office.clerk.appointment, by=administrator, key=key)
        again = registry.end_appointment(office.clerk.appointment, by=administrator, key=key)
        assert (first.pk, office_chain().count()) == (again.pk, 1)

    def test_a_key_of_another_deed_is_refused(self, office, administrator):
        event = do(Verb.SUBMIT, office.memo(), office.drafter)
        with pytest.raises(Refused) as refused:
            registry.end_appointment(office.clerk.appointment, by=administrator, key=event.key)
        assert refused.value.reasons == [
            "This form has already been used for another decision. Please open the page again."
        ]


def test_what_somebody_took_up_is_free_on_the_day_after_their_last(office):
    other = office.officer("nga", Role.REVIEWER, office.district)
    papers = [office.memo_in(State.UNIT_APPROVED) for _each in range(2)]
    for paper, by in zip(papers, (office.reviewer, other), strict=True):
        do(Verb.CLAIM, paper, by)
    yesterday = timezone.localdate() - timedelta(days=1)
    rewritten(Appointment.objects.filter(pk=other.appointment.pk), starts_on=yesterday, ends_on=yesterday)
    free(timestamp=0)
    assert [Dossier.objects.get(pk=paper.pk).handler for paper in papers] == [office.reviewer.person, None]


def test_who_no_longer_drafts_is_not_told_of_a_paper_they_cannot_read(office):
    paper = office.memo_in(State.SUBMITTED)
    successor = office.officer("binh", Role.DRAFTER, office.unit)
    rewritten(Appointment.objects.filter(pk=office.drafter.appointment.pk), ended_at=timezone.now())
    event = do(Verb.RETURN, paper, office.approver)
    assert addressees(event) == {successor.person.pk}

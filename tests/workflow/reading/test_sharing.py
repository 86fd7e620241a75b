"""What an office gives and leaves behind: papers shared, offices lent, claims freed, sole officers, notices."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import Permission
from django.utils import timezone

from accounts.models import Appointment, Delegation, Role, User
from administration import registry
from ledger.models import Event
from tests.days import today
from tests.factories import acting, appoint, lend, rewritten
from tests.founder import recorded
from tests.workflow.office import do, fresh
from workflow.decisions.onward.approve import approve
from workflow.errors import Refused
from workflow.models import Dossier, DossierUserObjectPermission
from workflow.notices.addressees import addressees
from workflow.rights.sharing import share
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("english")]
GONE = ["Your appointment no longer allows this."]


def refusal(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, by=kwargs.pop("by"), key=uuid4(), **kwargs)
    return refused.value.reasons


def end(authority) -> None:
    rewritten(Appointment.objects.filter(pk=authority.appointment.pk), ended_at=timezone.now())


class TestSharing:
    def test_who_was_given_a_paper_to_read_passes_it_to_nobody(self, office):
        paper = office.memo_in(State.SUBMITTED)
        guest = office.officer("khach", Role.DRAFTER, office.foreign)
        third = office.officer("ba", Role.DRAFTER, office.foreign)
        share(paper, person=guest.person, until=today(), by=office.approver, key=uuid4())
        for whom in (guest, third):
            assert refusal(share, paper, by=guest, person=whom.person, until=today(99)) == [
                "Only someone whose own appointment covers this dossier can share it."
            ]
        assert list(Dossier.objects.visible_to(acting(guest.person, Role.DRAFTER).person)) == [Dossier.objects.get()]
        assert not Dossier.objects.visible_to(acting(third.person, Role.DRAFTER).person).exists()

    def test_an_office_that_ended_shares_nothing(self, office):
        paper = office.memo_in(State.SUBMITTED)
        assert office.approver.person.authorities  # the page was opened before
        end(office.approver)
        assert refusal(share, paper, by=office.approver, person=office.clerk.person, until=today()) == GONE

    def test_a_grant_of_another_right_lets_nobody_read(self, office):
        paper = office.memo()
        guest = office.officer("khach", Role.DRAFTER, office.foreign)
        other = Permission.objects.exclude(codename="view_dossier").filter(content_type__model="dossier").first()
        values = {"user": guest.person, "content_object_id": paper.pk, "permission": other}
        recorded("shared", DossierUserObjectPermission.objects.create(**values))
        assert not Dossier.objects.visible_to(guest.person).exists()
        assert not guest.person.has_perm("workflow.view_dossier", paper)


class TestDelegating:
    def test_an_office_that_ended_is_lent_to_nobody(self, office):
        lent = Delegation(
            appointment=office.approver.appointment,
            delegate=office.drafter.person,
            ends_on=today(),
            reason="Đi công tác",
        )
        end(office.approver)
        assert refusal(registry.delegate, lent, by=office.approver) == GONE
        assert Delegation.objects.count() == 0

    def test_nor_does_its_former_holder_revoke(self, office):
        lent = lend(office.approver.appointment, office.reviewer.person)
        end(office.approver)
        assert refusal(registry.revoke, lent, by=office.approver) == GONE


def test_the_end_of_another_office_leaves_what_a_reviewer_had_taken_up(office):
    boss = office.officer("quan", Role.ADMINISTRATOR, office.city)
    also = appoint(office.reviewer.person, office.district, Role.CLERK)
    paper = office.memo_in(State.UNIT_APPROVED)
    do(Verb.CLAIM, paper, office.reviewer)
    registry.end_appointment(also, by=boss, key=uuid4())
    assert fresh(paper).handler == office.reviewer.person
    registry.end_appointment(office.reviewer.appointment, by=boss, key=uuid4())
    assert fresh(paper).handler is None


def test_no_sole_officer_where_the_holder_could_decide_themselves(office):
    """The delegate wrote it; whoever lent them the office did not, and is there."""
    paper = office.memo_in(State.SUBMITTED)
    lend(office.approver.appointment, office.drafter.person)
    deputy = acting(office.drafter.person, Role.APPROVER)
    asked = {"seen": fresh(paper).seen(), "sole_reason": "Chủ tịch vắng"}
    assert refusal(approve, paper, by=deputy, **asked) == ["Another officer can decide: Lê Văn Minh."]


class TestNotices:
    def told(self, paper) -> set[str]:
        event = Event.objects.filter(dossier=paper).latest("seq")
        return set(User.objects.filter(pk__in=addressees(event)).values_list("username", flat=True))

    def test_who_wrote_it_is_told_that_it_comes_back(self, office):
        office.officer("khac", Role.DRAFTER, office.unit)
        assert self.told(office.memo_in(State.RETURNED)) == {"lan"}

    def test_where_they_draft_no_more_the_units_drafters_are(self, office):
        office.officer("khac", Role.DRAFTER, office.unit)
        paper = office.memo_in(State.RETURNED)
        end(office.drafter)  # who drafts here no more cannot read it either
        assert self.told(paper) == {"khac"}

    def test_an_account_that_is_closed_is_told_nothing(self, office):
        office.officer("khac", Role.DRAFTER, office.unit)
        paper = office.memo_in(State.RETURNED)
        rewritten(User.objects.filter(pk=office.drafter.person.pk), is_active=False)
        assert self.told(paper) == {"khac"}


def test_a_web_servers_clock_does_not_reach_the_record(office):
    """Moments are the database's, in the order of the chain, and the row says the same ones."""
    paper = office.memo_in(State.FORWARDED)
    moments = list(paper.events.order_by("seq").values_list("at", flat=True))
    assert moments == sorted(moments)
    assert paper.state_since == moments[-1]
    assert paper.versions.get().sealed_at == moments[1]

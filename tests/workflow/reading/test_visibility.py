"""`visible_to` in SQL and `can_see` in Python are one rule: no tree, appointment, loan or grant tells them apart."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Appointment, Role, Unit, User
from tests import factories
from tests.days import today
from tests.factories import rewritten
from tests.testapp.models import Memo
from tests.trial import often
from tests.workflow.office import do
from workflow.drafting import editing
from workflow.errors import Refused
from workflow.models import Dossier, DossierUserObjectPermission
from workflow.rights import permissions
from workflow.rights.sharing import share
from workflow.states import State, Verb

SPANS = {  # (from, to) in days from today, and whether it was ended by hand
    "in force": (-1, None, False),
    "last day": (-5, 0, False),
    "first day": (0, 5, False),
    "past": (-5, -1, False),
    "to come": (1, 5, False),
    "ended": (-5, 5, True),
}
PEOPLE = range(4)
UNITS = range(5)
spans = st.sampled_from(sorted(SPANS))
people = st.sampled_from(PEOPLE)
worlds = st.fixed_dictionaries(
    {
        "parents": st.tuples(*(st.integers(-1, n - 1) for n in UNITS)),  # -1 is a root of its own
        "inactive": st.frozensets(people, max_size=2),
        "appointments": st.lists(
            st.tuples(people, st.sampled_from(UNITS), st.sampled_from(Role.values), spans), max_size=5
        ),
        "loans": st.lists(st.tuples(st.integers(0, 4), people, spans), max_size=3),
        "grants": st.lists(st.tuples(st.sampled_from(UNITS), people, st.sampled_from([-1, 0, 3, None])), max_size=3),
    }
)


def dates(span: str) -> dict:
    start, end, ended = SPANS[span]
    return {
        "starts_on": today(start),
        "ends_on": today(5 if end is None else end),
        "ended_at": timezone.now() if ended else None,
    }


def build(world) -> tuple[list[User], list[Dossier]]:
    """The people of a world and one memo at each of its units, begun by an outsider whose appointment is over."""
    units: list[Unit] = []
    for number, parent in enumerate(world["parents"]):
        units.append(factories.unit(f"W{number}", units[parent] if parent >= 0 else None))
    cast = [factories.person(f"w{number}", is_active=number not in world["inactive"]) for number in PEOPLE]
    memos = [_memo(Unit.objects.get(pk=unit.pk)) for unit in units]
    held = [
        factories.appoint(cast[who], units[where], role, **dates(span))
        for who, where, role, span in world["appointments"]
    ]
    for what, who, span in world["loans"]:
        if what < len(held):
            factories.lend(held[what], cast[who], **dates(span))
    for where, who, until in world["grants"]:
        factories.granted(cast[who], memos[where], None if until is None else today(until))
    return [User.objects.get(pk=user.pk) for user in cast], memos


def _memo(at: Unit) -> Dossier:
    outsider = factories.person(f"outsider-{at.code}")
    appointment = factories.appoint(outsider, at, Role.DRAFTER)
    paper = factories.memo(at, outsider)
    rewritten(Appointment.objects.filter(pk=appointment.pk), ended_at=timezone.now())
    return Dossier.objects.select_related("unit").get(pk=paper.pk)


class TestTwins(TestCase):
    @given(world=worlds)
    @settings(max_examples=often(10, trial=40), suppress_health_check=[HealthCheck.too_slow])
    def test_the_filter_and_the_rule_agree_for_everyone_and_everything(self, world):
        with transaction.atomic():
            cast, memos = build(world)
            for user in cast:
                listed = list(Dossier.objects.visible_to(user).order_by("pk").values_list("pk", flat=True))
                assert listed == [memo.pk for memo in memos if permissions.can_see(user, memo)]
                assert listed == list(Memo.objects.visible_to(user).order_by("pk").values_list("pk", flat=True))
                assert listed == [memo.pk for memo in memos if user.has_perm("workflow.view_dossier", memo)]
                assert listed == [] or user.is_active
                self.waiting_is_theirs_to_move(user, memos, listed)
            transaction.set_rollback(True)

    def waiting_is_theirs_to_move(self, user, memos, listed):
        waiting = Dossier.objects.waiting_for(user).values_list("pk", flat=True)
        assert set(waiting) <= set(listed)
        assert set(waiting) == {memo.pk for memo in memos if user.has_perm("workflow.submit", memo)}
        assert set(waiting) == {memo.pk for memo in memos if user.has_perm("workflow.change_dossier", memo)}


# --- told plainly -----------------------------------------------------------------------------------------------------
def sees(user: User, paper) -> bool:
    again = User.objects.get(pk=user.pk)
    listed = Dossier.objects.visible_to(again).filter(pk=paper.pk).exists()
    assert listed == permissions.can_see(again, Dossier.objects.get(pk=paper.pk))
    return listed


@pytest.mark.django_db
def test_a_stranger_sees_nothing(office):
    paper = office.memo_in(State.SUBMITTED)
    stranger = factories.person("stranger")
    assert not sees(stranger, paper)
    assert not Dossier.objects.visible_to(AnonymousUser()).exists()
    assert not permissions.can_see(AnonymousUser(), paper)
    administrator = office.officer("tuan", Role.ADMINISTRATOR, office.city)
    assert not sees(administrator.person, paper)
    assert not any(stranger.has_perm(f"workflow.{act}", paper) for act in [*Verb.values, "view_dossier", "nonsense"])


@pytest.mark.django_db
def test_own_unit_whole_branch_and_nobody_beside(office):
    paper = office.memo_in(State.SUBMITTED)
    seen = {by.person.username: sees(by.person, paper) for by in (office.drafter, office.approver, office.reviewer)}
    assert seen == {"lan": True, "minh": True, "hoa": True}
    for role in Role:
        assert not sees(office.officer(f"beside-{role}", role, office.sibling).person, paper)
        assert not sees(office.officer(f"away-{role}", role, office.other_district).person, paper)
    assert not sees(office.officer("up", Role.APPROVER, office.district).person, paper)  # an approver's is one unit
    assert sees(office.officer("audit", Role.AUDITOR, office.city).person, paper)


@pytest.mark.django_db
def test_a_paper_is_shared_until_its_day(office):
    paper = office.memo_in(State.SUBMITTED)
    guest = factories.person("guest")
    share(paper, person=guest, until=today(), by=office.approver, key=uuid4())
    assert sees(guest, paper)
    rewritten(DossierUserObjectPermission.objects.all(), expires_on=today(-1))
    assert not sees(guest, paper)
    stranger = office.officer("far", Role.APPROVER, office.foreign)
    with pytest.raises(Refused):
        share(paper, person=guest, until=today(), by=stranger, key=uuid4())


@pytest.mark.django_db
def test_rights_follow_the_state(office):
    paper = office.memo_in(State.SUBMITTED)
    may = {verb: office.approver.person.has_perm(f"workflow.{verb}", paper) for verb in Verb.values}
    assert {verb for verb, yes in may.items() if yes} == {"approve", "return", "withdraw"}
    assert not office.drafter.person.has_perm("workflow.change_dossier", paper)
    do(Verb.RECALL, paper, office.drafter)
    again = Dossier.objects.get(pk=paper.pk)
    assert office.drafter.person.has_perm("workflow.change_dossier", again)
    with editing.edit(again, by=office.drafter) as memo:
        assert memo.state == State.DRAFT

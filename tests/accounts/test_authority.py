"""In what capacities a person acts today: appointments and delegations in force, and nothing remembered from before."""

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts.models import Appointment, Delegation, Role, User, authorities
from tests.days import today
from tests.factories import appoint, lend, person, rewritten, unit

pytestmark = pytest.mark.django_db
NOW = timezone.now()


def dated(moments: dict) -> dict:
    """Days from today on, written as numbers."""
    return {name: today(it) if isinstance(it, int) else it for name, it in moments.items()}


@pytest.fixture
def hoa():
    return person("hoa", "Phạm Thị Hoa")


@pytest.fixture
def district():
    return unit("Q1")


def held(user) -> list[tuple]:
    """Role and whom for, in the order a person would choose from."""
    again = User.objects.get(pk=user.pk)
    return [(by.role, by.acting_for.username if by.acting_for else "") for by in authorities(again)]


@pytest.mark.parametrize(
    ("dates", "holds"),
    [
        ({"starts_on": -1}, True),
        ({"starts_on": 0}, True),
        ({"starts_on": 1}, False),
        ({"starts_on": -9, "ends_on": 0}, True),
        ({"starts_on": -9, "ends_on": -1}, False),
        ({"starts_on": -9, "ended_at": NOW}, False),
        ({"starts_on": -9, "ends_on": 9, "ended_at": NOW}, False),
    ],
)
def test_an_appointment_holds_from_its_first_day_to_its_last(hoa, district, dates, holds):
    appoint(hoa, district, Role.REVIEWER, **dated(dates))
    assert held(hoa) == ([("reviewer", "")] if holds else [])


@pytest.mark.parametrize(
    ("dates", "holds"),
    [
        ({"starts_on": 0, "ends_on": 0}, True),
        ({"starts_on": 1, "ends_on": 2}, False),
        ({"starts_on": -2, "ends_on": -1}, False),
        ({"starts_on": -2, "ends_on": 2, "ended_at": NOW}, False),
    ],
)
def test_a_delegation_holds_from_its_first_day_to_its_last(hoa, district, dates, holds):
    son = person("son")
    lend(appoint(hoa, district, Role.SIGNATORY), son, **dated(dates))
    assert held(son) == ([("signatory", "hoa")] if holds else [])


def test_a_delegation_falls_with_what_it_stands_on(hoa, district):
    son = person("son")
    appointment = appoint(hoa, district, Role.SIGNATORY)
    lend(appointment, son)
    rewritten(User.objects.filter(pk=hoa.pk), is_active=False)
    assert held(son) == []
    rewritten(User.objects.filter(pk=hoa.pk), is_active=True)
    assert held(son) == [("signatory", "hoa")]
    rewritten(Appointment.objects.filter(pk=appointment.pk), ended_at=NOW)
    assert held(son) == []


def test_own_capacities_come_before_lent_ones(hoa, district):
    son = person("son")
    lend(appoint(hoa, district, Role.SIGNATORY), son)
    appoint(son, district, Role.CLERK)
    assert held(son) == [("clerk", ""), ("signatory", "hoa")]


def test_nobody_without_an_active_account_acts(hoa, district):
    appoint(hoa, district, Role.REVIEWER)
    lend(appoint(person("dung"), district, Role.SIGNATORY), hoa)
    rewritten(User.objects.filter(pk=hoa.pk), is_active=False)
    assert held(hoa) == []
    assert authorities(AnonymousUser()) == []


def test_an_authority_says_who_for_whom_as_what_where(hoa, district):
    son = person("son")
    delegation = lend(appoint(hoa, district, Role.SIGNATORY, post="Chủ tịch"), son)
    (by,) = authorities(son)
    assert (by.person, by.acting_for, by.role, by.holder_post, by.unit) == (son, hoa, "signatory", "Chủ tịch", district)
    assert (by.post, by.at) == ("", None)  # the office is lent, not the title
    assert (by.people, by.ref) == ({son.pk, hoa.pk}, str(delegation.ref))
    (own,) = authorities(hoa)
    assert (own.acting_for, own.people, own.ref) == (None, {hoa.pk}, str(own.appointment.ref))
    assert (own.post, own.at, own.holder_post) == ("Chủ tịch", district, "")


def test_a_delegate_signs_out_of_the_nearest_office_of_their_own(hoa, district):
    son, below = person("son"), unit("U1", district)
    lend(appoint(hoa, below, Role.APPROVER, post="Chủ tịch"), son)
    found = []
    for at, post in ((unit("U2", district), "Ủy viên BCH"), (district, "Chuyên viên"), (below, "Thư ký")):
        appoint(son, at, Role.DRAFTER, post=post)
        found.append(next((by.post, by.at) for by in authorities(son) if by.delegation))
    assert [post for post, _at in found] == ["Ủy viên BCH", "Chuyên viên", "Thư ký"]


@pytest.mark.parametrize("end", ["appointment ended", "appointment over", "delegation revoked", "holder gone", "gone"])
def test_a_capacity_taken_from_a_page_is_asked_again(hoa, district, end):
    son = person("son")
    appointment = appoint(hoa, district, Role.SIGNATORY)
    delegation = lend(appointment, son)
    (by,) = authorities(son)
    with transaction.atomic():
        assert by.still_holds()
    if end == "appointment ended":
        rewritten(Appointment.objects.filter(pk=appointment.pk), ended_at=NOW)
    elif end == "appointment over":
        rewritten(Appointment.objects.filter(pk=appointment.pk), ends_on=today(-1))
    elif end == "delegation revoked":
        rewritten(Delegation.objects.filter(pk=delegation.pk), ended_at=NOW)
    else:
        rewritten(User.objects.filter(pk=hoa.pk if end == "holder gone" else son.pk), is_active=False)
    with transaction.atomic():
        assert not by.still_holds()


def test_nothing_is_remembered_from_one_request_to_the_next(hoa, district):
    appointment = appoint(hoa, district, Role.REVIEWER)
    assert len(User.objects.get(pk=hoa.pk).authorities) == 1
    rewritten(Appointment.objects.filter(pk=appointment.pk), ended_at=NOW)
    assert User.objects.get(pk=hoa.pk).authorities == []


def test_dates_that_run_backwards_are_refused(hoa, district):
    with pytest.raises(IntegrityError, match="appointment_ends_after_start"), transaction.atomic():
        appoint(hoa, district, Role.REVIEWER, starts_on=today(0), ends_on=today(-1))
    appointment = appoint(hoa, district, Role.REVIEWER)
    with pytest.raises(IntegrityError, match="delegation_ends_after_start"), transaction.atomic():
        lend(appointment, person("son"), starts_on=today(0), ends_on=today(-1))


def test_one_open_appointment_each_role(hoa, district):
    appoint(hoa, district, Role.REVIEWER)
    with pytest.raises(IntegrityError, match="one_open_appointment_each_role"), transaction.atomic():
        appoint(hoa, district, Role.REVIEWER)


def test_people_are_deactivated_never_deleted(hoa):
    with pytest.raises(PermissionDenied):
        hoa.delete()
    assert User.objects.filter(pk=hoa.pk).exists()


def test_a_unit_covers_itself_and_all_below_it(district):
    union = unit("U1", district)
    beside = unit("Q2")
    assert [district.covers(other) for other in (district, union, beside)] == [True, True, False]
    assert not union.covers(district)

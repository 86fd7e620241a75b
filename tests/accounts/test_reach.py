"""What an office reaches, asked of the database and asked of Python: one answer for every tree, role and unit."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from accounts.models import Appointment, Role, Unit
from accounts.reach import (
    NOTHING,
    OWN_UNIT,
    WHOLE_BRANCH,
    branch,
    offices_over,
    places_over,
    reach,
    reaches,
    reaches_place,
)
from tests import factories
from tests.founder import together

UNITS = range(6)
trees = st.tuples(*(st.integers(-1, number - 1) for number in UNITS))  # whose child each is; -1 is a root of its own
posts = st.tuples(*(st.sampled_from(Role.values) for _unit in UNITS))  # the role of the one office at each
some = st.frozensets(st.sampled_from(UNITS), max_size=4)


def grown(parents) -> list[Unit]:
    units: list[Unit] = []
    for number, parent in enumerate(parents):
        units.append(factories.unit(f"R{number}", units[parent] if parent >= 0 else None))
    return [Unit.objects.get(pk=unit.pk) for unit in units]


class TestTwins(TestCase):
    @given(parents=trees, roles=posts, chosen=some, asked=st.frozensets(st.sampled_from(Role.values)))
    @settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    def test_sql_and_python_reach_the_same(self, parents, roles, chosen, asked):
        with transaction.atomic():
            with together():
                units, person = grown(parents), factories.person("mai")
                offices = [factories.appoint(person, unit, role) for unit, role in zip(units, roles, strict=True)]
            self.from_above(units, offices, [offices[place] for place in chosen])
            for unit in units:
                self.from_below(unit, offices, asked)
            transaction.set_rollback(True)

    def from_above(self, units, rows, mine):
        reached = [unit.pk for unit in units if any(reaches_place(by, unit.path) for by in mine)]
        assert sorted(Unit.objects.filter(reach(mine, unit="")).values_list("pk", flat=True)) == reached
        assert sorted(Appointment.objects.filter(reach(mine)).values_list("unit", flat=True)) == reached
        assert [row.unit_id for row in rows if any(reaches(by, row) for by in mine)] == reached

    def from_below(self, unit, offices, asked):
        """The offices over a unit are those that reach it."""
        over = [by for by in offices if by.role in asked and reaches_place(by, unit.path)]
        assert list(Appointment.objects.filter(offices_over(unit, asked)).order_by("pk")) == over
        assert [by for by in offices if by.role in asked and by.unit.path in places_over(by.role, unit.path)] == over


def test_every_role_reaches_its_unit_its_branch_or_nothing():
    assert frozenset() == OWN_UNIT & WHOLE_BRANCH
    assert set(Role) - OWN_UNIT - WHOLE_BRANCH == {Role.ADMINISTRATOR}


@pytest.mark.django_db
def test_no_office_reaches_nothing_and_asks_nothing(django_assert_num_queries):
    factories.unit("R1")
    with django_assert_num_queries(0):
        assert list(Unit.objects.filter(reach([], unit=""))) == list(Unit.objects.filter(NOTHING)) == []


@pytest.mark.django_db
def test_a_branch_is_not_a_prefix_of_a_neighbours_name():
    top = factories.unit("R1")
    below, beside = factories.unit("R11", top), factories.unit("R2")
    found = Unit.objects.filter(branch(Unit.objects.get(pk=top.pk), unit="")).values_list("code", flat=True)
    assert list(found.order_by("code")) == ["R1", "R11"]
    assert not beside.path.startswith(below.path)


@pytest.mark.django_db
def test_an_own_unit_is_told_apart_without_fetching_it(django_assert_num_queries):
    unit = factories.unit("R1")
    drafter = SimpleNamespace(role=Role.DRAFTER, unit=unit)
    row = factories.appoint(factories.person("lan"), unit, Role.AUDITOR)
    row = Appointment.objects.get(pk=row.pk)
    with django_assert_num_queries(0):
        assert reaches(drafter, row)

"""Compiled queries give the very rows that Django gives, and refuse what they cannot hold to."""

import uuid
from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.db.transaction import TransactionManagementError
from django.forms.models import model_to_dict
from django.utils import timezone

from accounts.backends import person_of
from accounts.compiled import compiled
from accounts.models import Role, Unit, User
from accounts.models.authority import appointments_of, delegations_to, locked_appointment, locked_delegation
from accounts.signing_in.session_store import session_of
from tests import factories


def same(query, *values) -> int:
    """Ask both ways, twice compiled, and compare every loaded field of every row and of what it brings along."""
    plain = [told(row) for row in query.plainly(*values)]
    for _again in range(2):
        assert [told(row) for row in query(*values)] == plain
    return len(plain)


def told(row):
    if isinstance(row, tuple):
        return row
    beside = {name: told(other) for name, other in row._state.fields_cache.items() if other is not None}
    own = {name: value for name, value in vars(row).items() if name != "_state"}
    return type(row), own, beside, row.get_deferred_fields(), row._state.db, row._state.adding


@pytest.fixture
def lent(db):
    """Appointments of three people at two units, one of them lent."""
    district = factories.unit("C", name="100% quận “%s”")
    union = factories.unit("C-1", district)
    holder, delegate, other = (factories.person(name) for name in ("holder", "delegate", "other"))
    held = factories.appoint(holder, union, Role.APPROVER)
    factories.appoint(delegate, district, Role.AUDITOR)
    factories.appoint(other, union, Role.DRAFTER)
    return held, delegate, factories.lend(held, delegate)


def test_offices_are_the_same_both_ways(lent):
    held, delegate, delegation = lent
    day = held.starts_on
    assert same(appointments_of, held.user_id, day) == 1
    assert same(appointments_of, -1, day) == 0
    assert same(delegations_to, delegate.pk, delegation.starts_on) == 1
    assert same(locked_appointment, held.pk, held.user_id, day) == 1
    assert same(locked_appointment, held.pk, delegate.pk, day) == 0
    assert same(locked_delegation, delegation.pk, delegate.pk, delegation.starts_on) == 1


def test_the_session_and_the_person_of_a_click_are_the_same_both_ways(lent, client):
    client.force_login(lent[1])
    key = client.session.session_key
    assert same(session_of, key, timezone.now()) == 1
    assert same(session_of, key, timezone.now() + timedelta(days=2)) == 0
    assert same(session_of, "no such session", timezone.now()) == 0
    assert same(person_of, lent[1].pk) == 1
    assert client.get("/").status_code == 200
    factories.rewritten(User.objects.filter(pk=lent[1].pk), is_active=False)
    assert client.get("/").status_code == 302


@compiled([uuid.UUID], str)
def units_of(refs, name):
    rows = Unit.objects.filter(appointments__user__ref__any=refs, name__gt=name).order_by("pk")
    return rows.values_list("code", "name")


@compiled([int])
def people_of(pks):
    return User.objects.filter(pk__any=pks).only("ref").order_by("pk")


def test_lists_of_any_length_are_one_statement(lent):
    people = list(User.objects.order_by("pk"))
    for some in people[:1], people, []:
        assert same(people_of, [user.pk for user in some]) == len(some)
        assert same(units_of, [user.ref for user in some], "") == len(some)
    assert same(units_of, [uuid.uuid4()], "'; DROP TABLE accounts_unit; --%s") == 0


def test_what_is_no_value_of_the_query_is_refused(db):
    @compiled(int, int)
    def ignoring(pk, unused):
        return User.objects.filter(pk=pk)

    @compiled(int)
    def prefetching(pk):
        return User.objects.filter(pk=pk).prefetch_related("appointments")

    @compiled(int)
    def as_dicts(pk):
        return User.objects.filter(pk=pk).values("pk")

    for query, values in (ignoring, (1, 2)), (prefetching, (1,)), (as_dicts, (1,)):
        with pytest.raises(TypeError):
            query(*values)


def test_a_lock_outlives_no_transaction_it_is_not_in(transactional_db):
    @compiled(int)
    def locked(pk):
        return User.objects.filter(pk=pk).select_for_update()

    person = factories.person("locked")
    with pytest.raises(TransactionManagementError):
        locked(person.pk)
    with transaction.atomic():
        assert [model_to_dict(row) for row in locked(person.pk)] == [model_to_dict(person)]
    with pytest.raises(TransactionManagementError):
        locked(person.pk)


def test_a_new_connection_asks_again(transactional_db):
    person = factories.person("anew")
    assert [user.pk for user in people_of([person.pk])] == [person.pk]
    connection.close()
    assert [user.pk for user in people_of([person.pk])] == [person.pk]

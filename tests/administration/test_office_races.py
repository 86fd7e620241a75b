"""Changes of the office beside decisions and beside what is recorded: they wait for each other and never lock up."""

from concurrent.futures import ThreadPoolExecutor
from uuid import uuid4

import pytest
from django.db import connection, transaction

from accounts.models import Delegation, Role, Unit, authorities
from administration import registry
from ledger.append import append_to_registry
from ledger.models import Event
from tests import factories
from tests.documents.reports.races import PATIENCE
from tests.workflow.office import do
from workflow.decisions.rules import lock_authority
from workflow.models import Dossier
from workflow.states import State, Verb

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("english")]
AFRESH = "SELECT pg_stat_clear_snapshot()"  # within a transaction the next one would show what the first did
WAITING = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"


def somebody_waits() -> bool:
    """Asked until another connection waits for what is held here."""
    with connection.cursor() as cursor:
        for _try in range(20_000):
            cursor.execute(AFRESH)
            cursor.execute(WAITING)
            if cursor.fetchone():
                return True
    return False


def and_go(work):
    try:
        return work()
    finally:
        connection.close()


def test_a_unit_moves_beside_what_is_recorded_of_it(office):
    root = office.officer("goc", Role.ADMINISTRATOR, office.city)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            append_to_registry("exported", by=office.approver, key=uuid4(), unit=office.unit, facts={"list": "history"})
            moving = pool.submit(
                and_go, lambda: registry.move_unit(office.unit, under=office.other_district, by=root, key=uuid4())
            )
            assert somebody_waits()
        assert moving.result(PATIENCE).verb == "unit_moved"
    assert Unit.objects.get(pk=office.unit.pk).path.startswith(office.other_district.path)


def test_a_loan_is_revoked_while_its_holder_decides(office):
    """Both hold the dossier that was taken up before the office behind it."""
    stand_in = factories.person("giup")
    lent = factories.lend(office.reviewer.appointment, stand_in)
    [by] = authorities(stand_in)
    paper = office.memo_in(State.UNIT_APPROVED)
    do(Verb.CLAIM, paper, by)
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            Dossier.objects.select_for_update().get(pk=paper.pk)
            revoking = pool.submit(and_go, lambda: registry.revoke(lent, by=office.reviewer, key=uuid4()))
            assert somebody_waits()
            lock_authority(by)
        assert revoking.result(PATIENCE).verb == "delegation_revoked"
    assert Delegation.objects.get().ended_at is not None
    assert Dossier.objects.get(pk=paper.pk).handler is None
    assert Event.objects.filter(verb="delegation_revoked").count() == 1


def test_a_double_click_that_waited_for_the_first_hears_what_the_first_did(office, administrator):
    closing = {"by": administrator, "key": uuid4(), "note": "Sáp nhập"}
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            first = registry.close_unit(office.sibling, **closing)
            second = pool.submit(and_go, lambda: registry.close_unit(office.sibling, **closing))
            assert somebody_waits()
        assert second.result(PATIENCE) == first

"""Errands: what follows from a decision is left with it, done once, and survives whoever was doing it."""

import threading
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction

from ledger.append import append_to_registry
from ledger.models import Event
from tests.workflow.office import do
from workflow import errands
from workflow.errors import Refused
from workflow.models import Errand, Notice, SearchEntry
from workflow.states import State, Verb


def told() -> list[tuple]:
    return list(Notice.objects.order_by("event", "user").values_list("user__username", "event__verb"))


def left() -> list[str]:
    return list(Errand.objects.order_by("pk").values_list("event__verb", flat=True))


def entry(paper) -> SearchEntry:
    return SearchEntry.objects.get(dossier=paper.pk)


def test_a_decision_leaves_one_errand_and_tells_nobody_yet(office):
    office.memo_in(State.UNIT_APPROVED)
    assert left() == ["submit", "approve"]
    assert told() == []


def test_a_round_tells_people_teaches_search_and_leaves_nothing(office):
    paper = office.memo_in(State.CONCLUDED)
    before = entry(paper)
    assert before.numbers == []
    assert left() == ["submit", "approve", "review", "endorse", "forward", "conclude"]
    assert errands.run() == 6
    assert left() == []
    first = told()
    assert first[0] == ("minh", "submit")
    assert {verb for _name, verb in first} == {"submit", "approve", "review", "endorse", "forward", "conclude"}
    assert entry(paper).numbers == ["12/BB-BTV", "27/TTr-LĐLĐ", "15/QĐ-LĐLĐ"]
    assert errands.run() == 0
    assert told() == first


def test_a_refused_decision_leaves_none(office):
    paper = office.memo_in(State.SUBMITTED)
    Errand.objects.all().delete()
    with pytest.raises(Refused):
        do(Verb.REVIEW, paper, office.reviewer)
    assert left() == []


def test_a_round_that_dies_half_way_loses_nothing(office):
    paper = office.memo_in(State.SUBMITTED)
    with transaction.atomic():
        errands.run()
        assert (left(), told()) == ([], [("minh", "submit")])
        transaction.set_rollback(True)
    assert (left(), told()) == (["submit"], [])
    assert errands.run() == 1
    assert told() == [("minh", "submit")]
    assert Event.objects.filter(dossier=paper).count() == 2


def test_two_rounds_at_once_share_the_work(office, transactional_db):
    for _n in range(3):
        office.memo_in(State.SUBMITTED)
    done = []

    def other() -> None:
        try:
            done.append(errands.run())
        finally:
            connection.close()

    beside = threading.Thread(target=other)
    with transaction.atomic():
        assert errands._do(left_keys()[:2]) == 2
        beside.start()
    beside.join(timeout=60)
    assert done == [1]
    assert left() == []
    assert Notice.objects.count() == 3


def left_keys() -> list[int]:
    return list(Errand.objects.order_by("pk").values_list("pk", flat=True))


def test_one_that_cannot_be_done_keeps_no_other(office):
    """An event of the registry has no dossier to be told of: its errand stays, and the round says so at its end."""
    office.memo_in(State.SUBMITTED)
    stranger = append_to_registry("exported", by=office.clerk, key=uuid4())
    Errand.objects.create(event=stranger)
    office.memo_in(State.SUBMITTED)
    with pytest.raises(IntegrityError):
        errands.run()
    assert left() == ["exported"]
    assert told() == [("minh", "submit"), ("minh", "submit")]

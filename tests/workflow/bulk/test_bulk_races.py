"""Batches against batches and against single decisions, by real threads: no deadlock, one winner, one event each."""

from concurrent.futures import ThreadPoolExecutor
from functools import partial
from threading import Barrier
from uuid import uuid4

import pytest
from django.db import connection
from django.utils import timezone

from audit.verification.verify import Tally, faults
from ledger.models import Event
from tests.factories import rewritten
from tests.trial import often
from tests.workflow.office import Office
from workflow.bulk import batch
from workflow.decisions.catalogue import VERB_PAGES
from workflow.decisions.deciding import Batch
from workflow.decisions.onward.approve import approve
from workflow.errors import Refused
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS, PAPERS = often(3, trial=10), 8


@pytest.fixture
def office():
    return Office()


def approve_all(by, papers) -> int:
    """How many of them one batch approved."""
    done, key = 0, uuid4()
    seen = {paper.pk: paper.seen() for paper in papers}
    keys = {paper.pk: batch.key_of(key, paper.ref) for paper in papers}
    with Batch.locking([paper.pk for paper in papers], by, list(keys.values())) as held:
        for pk, paper in held.papers.items():
            try:
                VERB_PAGES["approval"].definition.action(paper, by=by, seen=seen[pk], key=keys[pk])
                done += 1
            except Refused:
                continue
    return done


def approve_each(by, papers) -> int:
    done = 0
    for paper in papers:
        try:
            approve(paper, by=by, seen=paper.seen(), key=uuid4())
            done += 1
        except Refused:
            continue
    return done


def at_once(*clicks) -> list:
    barrier = Barrier(len(clicks))

    def click(work):
        try:
            barrier.wait(30)
            return work()
        finally:
            connection.close()

    with ThreadPoolExecutor(len(clicks)) as pool:
        return [running.result(60) for running in [pool.submit(click, work) for work in clicks]]


@pytest.mark.parametrize("other", [approve_all, approve_each])
def test_two_at_once_decide_every_paper_exactly_once(office, other):
    deputy = office.officer("pho", office.approver.role, office.unit)
    for _round in range(ROUNDS):
        papers = [office.memo_in(State.SUBMITTED) for _ in range(PAPERS)]
        done = at_once(partial(approve_all, office.approver, papers), partial(other, deputy, papers[::-1]))
        assert sum(done) == PAPERS
        assert Event.objects.filter(dossier__in=papers, verb=Verb.APPROVE).count() == PAPERS
    assert list(faults(Tally())) == []


def test_an_appointment_ended_beside_a_batch_leaves_all_or_nothing(office):
    for number in range(ROUNDS):
        by = office.officer(f"pho{number}", office.approver.role, office.unit)
        papers = [office.memo_in(State.SUBMITTED) for _ in range(PAPERS)]

        def end(by=by):
            appointment = by.appointment
            rewritten(type(appointment).objects.filter(pk=appointment.pk), ended_at=timezone.now())

        def decide(by=by, papers=papers):
            try:
                return approve_all(by, papers)
            except Refused:
                return 0

        done, _ended = at_once(decide, end)
        assert Event.objects.filter(dossier__in=papers, verb=Verb.APPROVE).count() == done
        assert done in (0, PAPERS)

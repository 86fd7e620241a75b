"""Two clerks at once, on connections of their own, started together at a barrier."""

from threading import Barrier
from uuid import uuid4

import pytest
from django.db import transaction
from django.utils import timezone

from accounts.models import Role
from documents.letters import outgoing
from documents.models import Dispatch, DocumentType, NumberSeries, Referral
from tests.documents.factories import Office, again
from tests.documents.reports.races import PATIENCE, together
from tests.founder import recorded
from tests.trial import often

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = often(20, trial=100)


@pytest.fixture
def office(transactional_db):
    return Office()


def letters(office, count: int) -> list[Dispatch]:
    """Signed letters that carry no dossier: only their numbers matter here."""
    with transaction.atomic():
        prepared = [
            Dispatch.objects.create(
                unit=office.district,
                document_type=DocumentType.SUBMISSION,
                subject=f"Tờ trình {place}",
                prepared_by=office.clerk.person,
                prepare_key=uuid4(),
            )
            for place in range(count)
        ]
        recorded("dispatch_prepared", *prepared)
    return [outgoing.sign(letter, by=office.signatory, key=uuid4()) for letter in prepared]


def test_two_clerks_take_hundreds_of_numbers_without_a_gap(office):
    second = office.officer("thu2", Role.CLERK, office.district, "Vũ Thị Thu")
    mine, yours = letters(office, ROUNDS), letters(office, ROUNDS)
    line = Barrier(2)

    def send_all(batch, by):
        def act():
            for letter in batch:
                line.wait(PATIENCE)
                outgoing.send(letter, by=by, key=uuid4())

        return act

    together(send_all(mine, office.clerk), send_all(yours, second))
    numbers = Dispatch.objects.order_by("number").values_list("number", flat=True)
    assert list(numbers) == list(range(1, 2 * ROUNDS + 1))
    assert NumberSeries.objects.get().next_number == 2 * ROUNDS + 1


def test_a_number_that_was_rolled_back_is_given_again(office):
    def take():
        return outgoing.take_number(office.district, DocumentType.DECISION, timezone.localdate())

    def give_back():
        with transaction.atomic():
            take()
            transaction.set_rollback(True)

    def keep():
        with transaction.atomic():
            taken = take()
            recorded("dispatched", taken.series)
            return taken.number

    kept = [number for _round in range(10) for number in together(give_back, keep, keep) if number]
    assert sorted(kept) == list(range(1, 21))


def test_one_letter_sent_by_two_clerks_at_once_is_sent_once(office):
    second = office.officer("thu2", Role.CLERK, office.district, "Vũ Thị Thu")
    paper = office.endorsed(office.nomination())
    letter = office.signed(paper)
    results = together(*(lambda by=by: outgoing.send(letter, by=by, key=uuid4()) for by in (office.clerk, second)))
    assert sorted(type(result).__name__ for result in results) == ["Dispatch", "Refused"]
    assert paper.events.filter(verb="forward").count() == 1
    assert Referral.objects.count() == 2


def test_a_double_click_sends_once_and_answers_twice(office):
    letter, key = office.signed(office.endorsed(office.nomination())), uuid4()
    results = together(*[lambda: outgoing.send(letter, by=office.clerk, key=key)] * 2)
    assert [result.symbol for result in results] == ["01/TTr-LĐLĐ"] * 2


def test_one_dossier_put_into_two_letters_at_once_goes_into_one(office):
    paper = office.endorsed(office.nomination())
    results = together(*[lambda: office.prepared(paper)] * 2)
    assert sorted(type(result).__name__ for result in results) == ["Dispatch", "Refused"]
    assert again(paper).dispatch_items.count() == 1

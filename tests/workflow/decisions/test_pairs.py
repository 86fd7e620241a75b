"""A decision whose rules read another dossier holds that one too, so that it cannot go away meanwhile."""

from threading import Thread

import pytest
from django.db import OperationalError, connection, transaction

from tests.workflow.office import Office, do
from workflow.models import Dossier
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db(transaction=True)


def held_by_another(dossier) -> bool:
    """Does someone else's transaction hold this row?"""
    found = []

    def ask():
        try:
            with transaction.atomic():
                Dossier.objects.select_for_update(of=("self",), nowait=True).get(pk=dossier.pk)
            found.append(False)
        except OperationalError:
            found.append(True)
        connection.close()

    asking = Thread(target=ask)
    asking.start()
    asking.join()
    return found == [True]


def test_the_replacement_stays_while_the_old_one_is_superseded():
    office = Office()
    old = office.memo_in(State.ENDORSED)
    new = office.memo_in(State.ENDORSED, replaces=old)
    assert not held_by_another(new)
    with transaction.atomic():
        do(Verb.SUPERSEDE, old, office.clerk)
        assert held_by_another(new)


def test_the_report_that_takes_it_in_stays_while_this_one_is_concluded():
    office = Office()
    taken, into = office.memo_in(State.FORWARDED), office.memo_in(State.SUBMITTED)
    with transaction.atomic():
        do(Verb.CONCLUDE, taken, office.clerk, into=into)
        assert held_by_another(into)
    assert not held_by_another(into)

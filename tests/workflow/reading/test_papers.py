"""Every compiled query of a decision gives what Django gives, whatever the kind of paper and wherever it stands."""

from uuid import uuid4

import pytest
from django.apps import apps
from django.db import transaction

from ledger.models import Event
from tests.accounts.test_compiled import same
from tests.documents.factories import Office as DocumentsOffice
from workflow.decisions.papers import locked, under_lock
from workflow.models import Dossier
from workflow.states import State


def situations(rows):
    """By paper, as of its last event: the clock says another moment each time."""
    for row in rows:
        row.clock = row.created_at
    return {row.pk: vars(row.situation) for row in rows}


@pytest.mark.parametrize("content", [False, True])
def test_papers_under_their_lock_are_the_same_both_ways(office, content):
    papers = [office.memo_in(state) for state in (State.DRAFT, State.RETURNED, State.CONCLUDED)]
    pks, keys = [paper.pk for paper in papers], [*Event.objects.values_list("key", flat=True)[:2], uuid4()]
    query = under_lock("testapp.memo", content)
    for some in pks, pks[:1], []:
        plain = situations(query.plainly(some, keys))
        assert situations(query(some, keys)) == plain
        assert len(plain) == len(some)
        with transaction.atomic():
            assert same(locked, some) == len(some)


def test_every_kind_brings_its_content_both_ways(db):
    office = DocumentsOffice()
    office.nomination(office.award())
    for dossier in Dossier.objects.all():
        query = under_lock(dossier.kind, True)
        (compiled,), (plain,) = query([dossier.pk], []), query.plainly([dossier.pk], [])
        assert (
            compiled.content() == plain.content() == apps.get_model(dossier.kind).objects.get(pk=dossier.pk).content()
        )

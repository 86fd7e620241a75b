"""A save and a submission at once: whatever the order, what is sealed is what is stored."""

from uuid import uuid4

import pytest

from audit.verification.verify import Tally, faults
from documents.attachments.storing import attach
from documents.models import Blob
from documents.reports.writing import write_figures, write_sections
from tests.documents.factories import Office, again, png
from tests.documents.reports.races import together
from tests.trial import often
from workflow.decisions.back.recall import recall
from workflow.decisions.onward.submit import submit
from workflow.drafting import editing
from workflow.errors import Refused
from workflow.states import State

pytestmark = pytest.mark.django_db(transaction=True)
ROUNDS = often(6, trial=25)


@pytest.fixture
def office(transactional_db):
    return Office()


def test_an_edit_beside_a_submission_is_sealed_or_refused(office):
    paper = office.full_report()
    for number in range(ROUNDS):
        seen, key = again(paper).seen(), uuid4()

        def save(number=number):
            with editing.edit(paper, by=office.drafter) as draft:
                write_figures(draft, {"so_lop": number + 100})
                write_sections(draft, {"2.1": f"<p>Lần {number}.</p>"})

        def send(seen=seen, key=key):
            return submit(paper, by=office.drafter, seen=seen, key=key)

        saved, submitted = together(save, send)
        stored = again(paper)
        assert isinstance(saved, Refused) + isinstance(submitted, Refused) == 1
        assert (stored.parts.values["so_lop"] == number + 100) == (saved is None)
        if stored.state == State.SUBMITTED:
            assert list(faults(Tally())) == []
            recall(stored, by=office.drafter, seen=stored.seen(), key=uuid4(), note="Sửa tiếp")


def test_the_same_file_attached_to_two_papers_at_once_is_kept_once(office):
    mine, yours = office.report(), office.report(office.company)
    attached = together(
        lambda: attach(mine, png(), by=office.drafter), lambda: attach(yours, png(), by=office.company_drafter)
    )
    assert len({attachment.blob_id for attachment in attached}) == 1
    assert Blob.objects.count() == 1

"""Each step of a letter is on the office's own record, and a row that says otherwise moves nothing."""

from uuid import uuid4

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from audit.verification.verify import Tally, faults
from documents.attachments.storing import attach
from documents.letters import outgoing
from documents.models import Dispatch, NumberSeries
from ledger.models import Event
from tests.documents.factories import again, png
from tests.founder import recorded
from tests.workflow.test_guards import run
from workflow.errors import Refused

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def english():
    with translation.override("en"):
        yield


def refusal(act, *args, **kwargs) -> list[str]:
    with pytest.raises(Refused) as refused:
        act(*args, **kwargs)
    return refused.value.reasons


def test_a_signature_is_on_the_record_with_what_it_covers(office):
    nomination = office.endorsed(office.nomination())
    letter = office.signed(nomination)
    event = Event.objects.get(verb="dispatch_signed")
    assert (event.actor, event.role) == (office.signatory.person, "signatory")
    assert event.facts == {
        "dispatch": str(letter.ref),
        "type": "TTr",
        "dossiers": {str(nomination.ref): nomination.seen()},
        "recipients": {"BTG-QU": "action", "TT-LDLDTP": "information"},
    }
    assert event.texts["subject"] == letter.subject


def test_a_row_that_says_signed_is_not_believed(office):
    """Not even where somebody found an event to vouch for it."""
    letter = office.prepared(office.endorsed(office.nomination()))
    run(
        """UPDATE documents_dispatch SET state = 'signed', signed_by_id = %s, signed_at = now(), sign_key = %s,
           signer_name = 'Giả', signer_post = 'Chủ tịch' WHERE id = %s""",
        office.signatory.person.pk,
        uuid4(),
        letter.pk,
    )
    recorded("dispatch_cancelled", Dispatch.objects.get(pk=letter.pk))
    assert refusal(outgoing.send, Dispatch.objects.get(pk=letter.pk), by=office.clerk, key=uuid4()) == [
        "No signature of this paper is on record; please prepare it again."
    ]


def test_a_cancelled_letter_is_on_the_record_with_its_whole_reason(office):
    letter = office.signed(office.endorsed(office.nomination()))
    [reason] = refusal(outgoing.cancel, letter, by=office.clerk, reason="x" * 301)
    assert reason.startswith("Longer than 300 characters: “xxx")
    assert refusal(outgoing.cancel, letter, by=office.clerk, reason="\u200b ") == ["Please give the reason."]
    outgoing.cancel(letter, by=office.clerk, reason="Sai nơi nhận")
    event = Event.objects.get(verb="dispatch_cancelled")
    assert (event.facts, event.texts["note"]) == ({"dispatch": str(letter.ref)}, "Sai nơi nhận")
    assert list(faults(Tally())) == []


@pytest.mark.parametrize(
    "pattern", ["{no}/TTr", "{}/TTr", "{number", "TTr-{symbol}", "{number}/{symbol}" + "x" * 43, "{number.x}"]
)
def test_a_pattern_that_would_fail_on_the_day_is_refused_when_typed(office, pattern):
    series = NumberSeries(unit=office.district, document_type="TTr", year=timezone.localdate().year, pattern=pattern)
    with pytest.raises(ValidationError):
        series.full_clean()


def test_a_tally_is_whole_numbers(office):
    from documents.nominations.rules import read_tally

    counts = dict.fromkeys(["members_total", "present", "issued", "collected", "valid", "in_favour"], 5)
    counts |= {"against": 0, "blank": 0}
    assert read_tally(counts).present == 5
    for wrong in (0.1, "5", True, None):
        assert read_tally(counts | {"present": wrong}) is None


def test_a_stored_file_that_was_altered_or_lost_is_found(office, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    nomination = office.nomination()
    blob = attach(nomination, png(), by=office.drafter).blob
    office.endorsed(again(nomination))
    assert list(faults(Tally())) == []
    blob.path.write_bytes(b"Khac")
    [found] = faults(Tally())
    assert found.endswith("the stored file “Ảnh hội nghị.png” is not the one that was attached")
    blob.path.unlink()
    [found] = faults(Tally())
    assert found.endswith("cannot be read where it was stored")

"""Files attached to a dossier: stored once, named as given, gone when removed."""

import hashlib
import io
import resource
import unicodedata
from contextlib import contextmanager
from pathlib import Path

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from documents.attachments.storing import attach, detach
from documents.models import Attachment, Blob
from tests.documents.factories import PIXEL, again, png
from workflow.errors import Refused

pytestmark = pytest.mark.django_db
HASH = hashlib.sha256(PIXEL).hexdigest()


def stored(settings) -> list[str]:
    root = Path(settings.MEDIA_ROOT)
    return sorted(str(path.relative_to(root)) for path in root.rglob("*") if path.is_file())


@contextmanager
def room_for(size: int):
    """A disk on which no file grows beyond so many bytes."""
    usual = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (size, usual[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, usual)


def test_a_file_is_kept_under_its_hash_and_recorded(office, settings):
    paper = office.report()
    attachment = attach(paper, png(), by=office.drafter)
    assert stored(settings) == [f"{HASH[:2]}/{HASH}"]
    assert attachment.blob.path.read_bytes() == PIXEL
    assert again(paper).content()["attachments"] == [
        {"name": "Ảnh hội nghị.png", "sha256": HASH, "size": len(PIXEL), "type": "image/png", "kind": "evidence"}
    ]
    event = paper.events.get(verb="attach")
    assert event.facts == {"sha256": HASH}
    assert event.texts["file"] == "Ảnh hội nghị.png"


def test_the_same_bytes_are_kept_once(office, settings):
    first, second = office.report(), office.report(office.company)
    attach(first, png("a.png"), by=office.drafter)
    attach(second, png("b.png"), by=office.company_drafter)
    assert Blob.objects.count() == 1
    assert len(stored(settings)) == 1
    with pytest.raises(Refused, match=r"a\.png"):
        attach(first, png("c.png"), by=office.drafter)
    assert Attachment.objects.count() == 2


def test_a_name_in_decomposed_form_is_composed(office):
    attachment = attach(office.report(), png(unicodedata.normalize("NFD", "Ảnh Hoà.png")), by=office.drafter)
    assert attachment.name == "Ảnh Hoà.png"


def test_a_removed_file_leaves_the_paper_but_not_the_record(office, settings):
    paper = office.report()
    attachment = attach(paper, png(), by=office.drafter)
    detach(attachment, by=office.drafter)
    assert again(paper).content()["attachments"] == []
    assert [event.verb for event in paper.events.order_by("seq")] == ["create", "attach", "detach"]
    assert len(stored(settings)) == 1
    with pytest.raises(Refused):
        detach(attachment, by=office.drafter)


def test_what_is_not_acceptable_leaves_nothing(office, settings):
    paper = office.report()
    disguised = io.BytesIO(b"MZ\x90\x00" + b"\x00" * 200)
    disguised.name = "Báo cáo.docx"
    with pytest.raises(Refused):
        attach(paper, disguised, by=office.drafter)
    assert stored(settings) == []
    assert paper.events.count() == 1


@pytest.mark.parametrize("stranger", ["approver", "company_drafter", "clerk"])
def test_only_a_drafter_of_the_unit_attaches(office, settings, stranger):
    with pytest.raises(Refused):
        attach(office.report(), png(), by=getattr(office, stranger))
    assert stored(settings) == []


def test_files_are_frozen_once_submitted(office):
    paper = office.full_report()
    attachment = attach(paper, png(), by=office.drafter)
    paper = office.submitted(again(paper))
    assert (f"file:{HASH}", "Ảnh hội nghị.png") in paper.places()
    with pytest.raises(Refused):
        detach(attachment, by=office.drafter)
    with pytest.raises(Refused):
        attach(paper, png(), by=office.drafter)
    for change in (
        lambda: Attachment.objects.filter(pk=attachment.pk).update(name="khác.png"),
        lambda: Attachment.objects.filter(pk=attachment.pk).delete(),
    ):
        with pytest.raises(DatabaseError, match="frozen"), transaction.atomic():
            change()


def test_an_attached_achievement_report_stands_for_a_written_one(office):
    paper = office.nomination(achievement_report="")
    assert [wanted.place for wanted in paper.missing()] == ["field:achievement_report"]
    attach(paper, png(), by=office.drafter, kind=Attachment.Kind.ACHIEVEMENTS)
    assert again(paper).missing() == []


def test_a_full_disk_is_said_in_words_and_changes_nothing(office, settings):
    paper = office.report()
    with translation.override("en"), room_for(len(PIXEL) // 2), pytest.raises(Refused) as refused:
        attach(paper, png(), by=office.drafter)
    assert refused.value.reasons == [
        "There is no space left for files on the server. Nothing has been changed; please inform the administrator."
    ]
    assert (stored(settings), Blob.objects.count(), paper.events.count()) == ([], 0, 1)
    attach(paper, png(), by=office.drafter)
    assert stored(settings) == [f"{HASH[:2]}/{HASH}"]

"""The nomination editor: fields by nominee and unit, the ballot's sentences, files, and nothing typed lost."""

from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from documents.models import AwardNomination, PreviousAward
from ledger.models import Event
from tests.documents.factories import PIXEL, again, listed, png
from tests.factories import rewritten
from tests.trial import often
from workflow.models import AccessLog

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.AppointmentBackend"


def edit(nomination) -> str:
    return reverse("documents:nomination-edit", args=[nomination.ref])


def fields(page) -> dict[str, str]:
    """What a browser would send back as the page stands."""
    data = {bound.html_name: bound.value() or "" for bound in page.context["form"]}
    data |= {"achievement_report-form": "html", "award": str(data["award"])}
    previous = page.context["past_awards"]
    data |= {bound.html_name: bound.value() for bound in previous.management_form}
    for row in previous:
        data |= {bound.html_name: bound.value() or "" for bound in row if bound.name not in ("DELETE", "nomination")}
    return {name: "true" if value is True else value for name, value in data.items() if value is not None}


def test_a_nomination_is_begun_once_however_often_the_button_is_pressed(office, drafter):
    listed(office.campaign.awards, office.award())
    url = reverse("documents:nomination-begin", args=[office.campaign.pk, "CD001"])
    assert drafter.get(url).status_code == 200
    typed = {"award": office.campaign.awards.get().pk, "target": "collective", "name": "Tổ 5 <b>", "key": str(uuid4())}
    first = drafter.post(url, typed)
    assert drafter.post(url, typed).url == first.url
    assert AwardNomination.objects.get().official_name == "Tổ 5 <b>"
    assert "Tổ 5 &lt;b&gt;" in drafter.get(first.url).content.decode()


def test_an_award_that_is_not_for_this_kind_of_nominee_is_refused(office, drafter):
    listed(office.campaign.awards, office.award(target="individual"))
    url = reverse("documents:nomination-begin", args=[office.campaign.pk, "CD001"])
    typed = {"award": office.campaign.awards.get().pk, "target": "collective", "name": "Tổ 5", "key": str(uuid4())}
    answer = drafter.post(url, typed)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["award"]
    assert not AwardNomination.objects.exists()


def test_saved_as_it_stands_it_stays_what_it_was(office, drafter):
    nomination = office.nomination()
    PreviousAward.objects.create(nomination=nomination, year=2019, form="Giấy khen", decision_no="12/QĐ-LĐLĐ")
    before = again(nomination).content()
    page = drafter.get(edit(nomination))
    assert 'value="2019"' in page.content.decode()
    assert drafter.post(edit(nomination), fields(page)).status_code == 302
    assert again(nomination).content() == before


@pytest.mark.parametrize("typed", ["1.234,5", "-3", "1e9", "năm"])
def test_a_bad_count_comes_back_with_everything_typed(office, drafter, typed):
    nomination = office.nomination()
    data = fields(drafter.get(edit(nomination))) | {"ballot_present": typed, "workplace": "Nơi <mới> & xa"}
    data |= {"previous-0-year": "hai nghìn", "previous-0-form": "Bằng khen"}
    answer = drafter.post(edit(nomination), data)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["ballot_present"]
    page = answer.content.decode()
    assert f'value="{typed}"' in page
    assert "Nơi &lt;mới&gt; &amp; xa" in page
    assert "hai nghìn" in page
    assert again(nomination).workplace == "Trường Mầm non Hoa Gạo"


def test_a_ballot_that_does_not_add_up_is_kept_and_said(office, drafter):
    nomination = office.nomination()
    data = fields(drafter.get(edit(nomination))) | {"ballot_in_favour": "4", "ballot_against": "0"}
    assert drafter.post(edit(nomination), data).status_code == 302
    page = drafter.get(edit(nomination))
    assert len(page.context["form"].ballot_problems) == 1


def test_a_name_of_200_letters_fits_and_one_more_is_refused(office, drafter):
    nomination = office.nomination()
    data = fields(drafter.get(edit(nomination)))
    assert drafter.post(edit(nomination), data | {"full_name": "Ư" * 201}).status_code == 422
    assert drafter.post(edit(nomination), data | {"full_name": "Ư" * 200}).status_code == 302
    assert again(nomination).full_name == "Ư" * 200


def test_the_party_s_opinion_is_asked_only_where_there_is_a_party_organisation(office, drafter, client):
    nomination = office.nomination()
    assert "party_opinion" in drafter.get(edit(nomination)).context["form"].fields
    office.school.has_party_org = False
    rewritten(type(office.school).objects.filter(pk=office.school.pk), has_party_org=False)
    other = office.nomination(nomination.award, full_name="Lê Thị Ân")
    assert "party_opinion" not in drafter.get(edit(other)).context["form"].fields


def test_two_hands_the_second_is_told_and_keeps_what_was_typed(office, drafter):
    nomination = office.nomination()
    mine = fields(drafter.get(edit(nomination)))
    drafter.post(edit(nomination), mine | {"workplace": "Của người kia"})
    answer = drafter.post(edit(nomination), mine | {"workplace": "Của tôi"})
    assert answer.status_code == 409
    assert "Của người kia" in answer.content.decode()
    assert "Của tôi" in answer.content.decode()
    assert again(nomination).workplace == "Của người kia"
    assert drafter.post(edit(nomination), fields(answer)).status_code == 302
    assert again(nomination).workplace == "Của tôi"


def test_strangers_find_nothing(office, client):
    nomination = office.nomination()
    assert client.get(edit(nomination)).status_code == 302
    client.force_login(office.company_drafter.person, backend=BACKEND)
    assert client.get(edit(nomination)).status_code == 404
    assert client.post(edit(nomination), {}).status_code == 404
    assert client.get(reverse("documents:nominations")).context["page"].paginator.count == 0


def test_lists_ask_the_same_questions_at_one_and_at_many(office, drafter, django_assert_num_queries):
    office.nomination()
    office.report()
    for name, count in (("reports", 9), ("nominations", 9)):
        with django_assert_num_queries(count):
            drafter.get(reverse(f"documents:{name}"))
    award = AwardNomination.objects.get().award
    for number in range(often(14, trial=99)):
        office.nomination(award, full_name=f"Người {number}")
    for name, count in (("reports", 9), ("nominations", 9)):
        with django_assert_num_queries(count):
            drafter.get(reverse(f"documents:{name}"))


def test_lists_are_narrowed_by_the_address_and_bear_nonsense(office, drafter):
    office.nomination()
    url = reverse("documents:nominations")
    count = lambda query: drafter.get(url + query).context["page"].paginator.count  # noqa: E731 - read five times below
    assert count("?state=draft") == 1
    assert count("?state=endorsed") == 0
    assert count("?words=ha+thi+thao") == 1
    assert count("?words=%C4%90%C3%A0o") == 0
    assert count("?state=x&campaign=zz&page=99&words=%00") == 1


# --- files ---------------------------------------------------------------------------------------------------------
def upload(name: str, content: bytes) -> dict:
    return {"file": SimpleUploadedFile(name, content), "kind": "evidence"}


def test_a_file_is_attached_downloaded_under_its_name_logged_and_removed(office, drafter):
    nomination = office.nomination()
    url = reverse("documents:attachments", args=[nomination.ref])
    assert drafter.post(url, upload("Ảnh “hội nghị”.png", PIXEL)).status_code == 302
    row = nomination.attachments.get()
    place = [nomination.ref, row.blob.sha256]
    answer = drafter.get(reverse("documents:attachment", args=place))
    assert b"".join(answer.streaming_content) == PIXEL
    assert answer["Content-Disposition"].startswith("attachment; filename*=utf-8''%E1%BA%A2nh%20")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"] in ("default-src 'none'; sandbox", "sandbox; default-src 'none'")
    assert AccessLog.objects.get().act == "downloaded"
    assert drafter.post(reverse("documents:attachment-removal", args=place)).status_code == 302
    assert not nomination.attachments.exists()
    verbs = Event.objects.filter(dossier=nomination).order_by("seq").values_list("verb", flat=True)
    assert list(verbs) == ["create", "attach", "detach"]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("báo cáo.docx", b"MZ\x90\x00" + b"\0" * 100),
        ("báo cáo.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600),
        ("trống.pdf", b""),
        ("<script>.png", b"<script>alert(1)</script>"),
    ],
)
def test_a_file_that_may_not_be_attached_is_refused_in_words(office, drafter, name, content):
    nomination = office.nomination()
    answer = drafter.post(reverse("documents:attachments", args=[nomination.ref]), upload(name, content))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == ["file"]
    assert "<script>alert" not in answer.content.decode()
    assert not nomination.attachments.exists()


def test_a_stranger_does_not_even_learn_that_a_file_is_there(office, drafter):
    from documents.attachments.storing import attach

    nomination = office.nomination()
    row = attach(nomination, png(), by=office.drafter)
    url = reverse("documents:attachment", args=[nomination.ref, row.blob.sha256])
    drafter.logout()
    assert drafter.get(url).status_code == 302
    drafter.force_login(office.company_drafter.person, backend=BACKEND)
    assert drafter.get(url).status_code == 404
    drafter.force_login(office.reviewer.person, backend=BACKEND)
    answer = drafter.get(url)
    assert answer.status_code == 200
    assert b"".join(answer.streaming_content) == PIXEL
    removal = reverse("documents:attachment-removal", args=[nomination.ref, row.blob.sha256])
    assert drafter.post(removal).status_code == 302
    assert nomination.attachments.exists()

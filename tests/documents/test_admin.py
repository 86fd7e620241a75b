"""The administrator keeps reference data and never touches a paper."""

import io

import pytest
from django.db import IntegrityError, transaction
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override
from openpyxl import load_workbook

from accounts.models import Role
from audit.verification.verify import Tally, faults
from documents.awards.ballot import Threshold
from documents.models import AwardType, NumberSeries, Recipient
from ledger.models import Event
from tests import factories
from workflow.history.sentences import line

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client, office):
    client.force_login(office.officer("oai", Role.ADMINISTRATOR, office.district, "Phùng Đức Oai").person)
    return client


@pytest.mark.parametrize("model", ["campaign", "outline", "awardtype", "recipient", "numberseries"])
def test_every_list_opens(administrator, office, model):
    office.series(27)
    office.award()
    assert administrator.get(reverse(f"admin:documents_{model}_changelist")).status_code == 200


@pytest.mark.parametrize("model", ["report", "awardnomination", "figure", "attachment", "dispatch", "referral"])
def test_papers_and_letters_have_no_page_here(model):
    with pytest.raises(NoReverseMatch):
        reverse(f"admin:documents_{model}_changelist")


def test_a_recipient_is_added(administrator):
    form = {"code": "BDV-QU", "name_vi": "Ban Dân vận Quận ủy", "kind": "party", "is_active": "on"}
    assert administrator.post(reverse("admin:documents_recipient_add"), form).status_code == 302
    recipient = Recipient.objects.get(code="BDV-QU")
    event = Event.objects.get(key=recipient.recorded)
    assert (event.verb, event.actor.username, event.rows) == ("reference_changed", "oai", [recipient.row_name])
    assert event.facts == {"model": "documents.recipient", "ref": str(recipient.pk)}
    with override("vi"):
        said = line(event)
    assert said.sentence == "Phùng Đức Oai nhập hoặc sửa dữ liệu danh mục: Ban Dân vận Quận ủy"
    assert said.points == ["Nơi nhận"]
    page = reverse("admin:documents_recipient_change", args=[recipient.pk])
    form["name_vi"] = "Ban Dân vận"
    assert administrator.post(page, form).status_code == 302
    assert Event.objects.filter(verb="reference_changed", rows=[recipient.row_name]).count() == 2
    assert list(faults(Tally())) == []


@pytest.mark.parametrize("typed", ["ban dan van", "DÂN VẬN", "bdv\u2011qu", "“vận quận uỷ”"])
def test_a_row_is_found_by_words_without_marks_and_by_any_dash(administrator, typed):
    form = {"code": "BDV-QU", "name_vi": "Ban Dân vận Quận ủy", "kind": "party", "is_active": "on"}
    assert administrator.post(reverse("admin:documents_recipient_add"), form).status_code == 302
    found = administrator.get(reverse("admin:documents_recipient_changelist"), {"q": typed}).context["cl"].queryset
    assert [recipient.code for recipient in found] == ["BDV-QU"]


def test_a_change_of_reference_data_is_in_the_workbook_of_the_history(administrator, office):
    form = {"code": "BDV-QU", "name_vi": "Ban Dân vận Quận ủy", "kind": "party", "is_active": "on"}
    administrator.post(reverse("admin:documents_recipient_add"), form)
    administrator.force_login(office.officer("lan.chi", Role.AUDITOR, office.district, "Mạc Thị Lan Chi").person)
    answer = administrator.post(reverse("audit:history-export"), {"verb": "reference_changed"})
    book = load_workbook(io.BytesIO(b"".join(answer.streaming_content)))
    assert "Nơi nhận" in {cell.value for row in book.active.iter_rows() for cell in row}


def test_a_campaign_is_opened_on_its_page(administrator, office):
    page = reverse("admin:documents_campaign_change", args=[office.campaign.pk])
    assert administrator.get(page).status_code == 200
    assert administrator.post(page.replace("change", "delete"), {"post": "yes"}).status_code == 403


def test_a_published_outline_is_only_read(administrator, office):
    page = reverse("admin:documents_outline_change", args=[office.campaign.outline_id])
    assert administrator.get(page).status_code == 200
    assert administrator.post(page, {"title_vi": "Khác"}).status_code == 403


def test_the_rules_of_an_award_that_was_proposed_stand(administrator, office):
    award = office.award()
    office.nomination(award)
    page = reverse("admin:documents_awardtype_change", args=[award.pk])
    assert administrator.post(page, {"threshold_share": "10%", "valid_to": "31/12/2030"}).status_code == 302
    award = AwardType.objects.get()
    assert (award.threshold, award.valid_to.year) == (Threshold(80, 100), 2030)


def written(administrator, **fields):
    """The answer to a new award as an administrator writes it down."""
    said = {"code": "BK", "name_vi": "Bằng khen", "decided_by": "Thành phố", "forwarded_to": "city_federation"}
    said |= {"threshold_of": "all_members", "valid_from": "01/01/2021"}
    return administrator.post(reverse("admin:documents_awardtype_add"), said | fields)


@pytest.mark.parametrize(
    ("typed", "threshold"),
    [
        ({"threshold_share": "2/3"}, Threshold(2, 3)),
        ({"threshold_share": "66,5 %", "threshold_of": "present"}, Threshold(665, 1000, "present")),
        ({"threshold_share": "1/2", "threshold_strict": "on"}, Threshold(1, 2, strict=True)),
        ({"threshold_share": ""}, None),
    ],
)
def test_a_threshold_is_kept_as_it_was_written(administrator, typed, threshold):
    assert written(administrator, **typed).status_code == 302
    award = AwardType.objects.get()
    assert award.threshold == threshold
    page = administrator.get(reverse("admin:documents_awardtype_change", args=[award.pk]))
    assert page.context["adminform"].form["threshold_share"].value() == (threshold.share if threshold else "")
    assert administrator.get(reverse("admin:documents_awardtype_changelist")).status_code == 200


@pytest.mark.parametrize(
    ("typed", "refusal"),
    [
        ({"threshold_share": "80"}, "Write a fraction such as 2/3 or a percentage such as 80%."),
        ({"threshold_share": "4/3"}, "The share must be above 0 and at most the whole."),
        ({"threshold_share": "0%"}, "The share must be above 0 and at most the whole."),
        ({"threshold_share": "1/0"}, "The share must be above 0 and at most the whole."),
        ({"threshold_share": "100%", "threshold_strict": "on"}, "No ballot reaches more than the whole."),
        ({"threshold_share": "", "threshold_strict": "on"}, "Give the share that must be exceeded."),
    ],
)
def test_a_share_that_cannot_be_is_refused_in_words(administrator, settings, typed, refusal):
    administrator.cookies.load({settings.LANGUAGE_COOKIE_NAME: "en"})
    answer = written(administrator, **typed)
    assert answer.context["adminform"].form.errors == {"threshold_share": [refusal]}
    assert not AwardType.objects.exists()


@pytest.mark.parametrize(
    "share",
    [(2, None, False), (None, 3, False), (0, 3, False), (4, 3, False), (3, 3, True), (None, None, True)],
)
def test_the_database_keeps_no_share_that_cannot_be(office, share):
    numerator, denominator, strict = share
    award = office.award()
    with pytest.raises(IntegrityError, match="award_threshold_is_a_share"), transaction.atomic():
        AwardType.objects.filter(pk=award.pk).update(
            threshold_numerator=numerator, threshold_denominator=denominator, threshold_strict=strict
        )


def test_a_series_in_use_cannot_be_set_back(administrator, office):
    series = office.series(27)
    office.sent(office.endorsed(office.full_report()))
    page = reverse("admin:documents_numberseries_change", args=[series.pk])
    assert administrator.post(page, {"next_number": "1", "pattern": NumberSeries.PATTERN}).status_code == 302
    assert NumberSeries.objects.get().next_number == 28


def test_a_drafter_finds_the_door_shut(client, office):
    client.force_login(office.drafter.person)
    assert client.get(reverse("admin:documents_campaign_changelist")).status_code == 302


@pytest.fixture
def stranger(client, office):
    """The administrator of another federation."""
    elsewhere = factories.unit("Q9", factories.unit("TP9"), name="Liên đoàn Lao động quận khác")
    client.force_login(office.officer("la", Role.ADMINISTRATOR, elsewhere, "Người Lạ").person)
    return client


def test_another_federations_campaigns_and_series_are_not_there(stranger, office):
    series = office.series(27)
    assert list(stranger.get(reverse("admin:documents_campaign_changelist")).context["cl"].queryset) == []
    for page in (
        reverse("admin:documents_campaign_change", args=[office.campaign.pk]),
        reverse("admin:documents_numberseries_change", args=[series.pk]),
    ):
        assert stranger.get(page).status_code == 302  # to the list: nothing is there
    form = {"unit": office.district.pk, "document_type": "QĐ", "year": 2031, "next_number": 5, "pattern": "{number}"}
    assert stranger.post(reverse("admin:documents_numberseries_add"), form).status_code == 200
    assert NumberSeries.objects.count() == 1


def test_what_every_unit_shares_is_kept_by_the_whole_tree_alone(stranger, office):
    award = office.award()
    assert stranger.get(reverse("admin:documents_awardtype_changelist")).status_code == 200
    assert stranger.post(reverse("admin:documents_awardtype_change", args=[award.pk]), {}).status_code == 403
    assert stranger.post(reverse("admin:documents_recipient_add"), {"code": "X"}).status_code == 403

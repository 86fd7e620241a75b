"""The campaign's board, outgoing papers from preparing to reply, and the register."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.urls import reverse
from django.utils import timezone

from documents.models import Campaign, Dispatch, Purpose, Referral, ReferralOutcome
from tests import factories
from tests.documents.factories import again, listed
from tests.factories import rewritten
from tests.trial import often
from workflow.decisions.onward.conclude import conclude
from workflow.models import Dossier
from workflow.states import State, Verb

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.AppointmentBackend"


@pytest.fixture
def at(client):
    """The pages as one officer of the office sees them."""

    def sign_in(by):
        client.force_login(by.person, backend=BACKEND)
        return client

    return sign_in


def campaign_url(office, query="") -> str:
    return reverse("documents:campaign", args=[office.campaign.pk]) + query


def dispatch_url(paper, name="dispatch") -> str:
    return reverse(f"documents:{name}", args=[paper.ref])


def step(page) -> dict[str, str]:
    """What the button on this page would send."""
    return {bound.html_name: str(bound.value()) for bound in page.context["step"]}


def names(page) -> list[str]:
    return [unit.code for unit in page.context["page"]]


# --- the campaign --------------------------------------------------------------------------------------------------
def test_the_district_sees_every_unit_and_a_unit_only_itself(office, at):
    office.report()
    page = at(office.reviewer).get(campaign_url(office))
    assert names(page) == ["CD001", "CD007"]
    assert [(piece["state"], piece["n"]) for piece in page.context["bar"]] == [("draft", 1), ("none", 1)]
    assert names(at(office.drafter).get(campaign_url(office))) == ["CD001"]
    assert "CĐCS Công ty May" not in at(office.drafter).get(campaign_url(office)).content.decode()


def test_a_person_without_a_unit_in_it_finds_no_campaign(office, at, client):
    assert client.get(campaign_url(office)).status_code == 302
    stranger = office.officer("la", factories.Role.DRAFTER, factories.unit("CD099", office.district), "Người Lạ")
    assert at(stranger).get(campaign_url(office)).status_code == 404
    assert list(at(stranger).get(reverse("documents:campaigns")).context["page"]) == []


def test_the_board_is_narrowed_by_state_and_by_being_late(office, at):
    rewritten(Campaign.objects.all(), due_on=timezone.localdate() - timedelta(days=1))
    office.campaign.refresh_from_db()
    office.submitted(office.full_report())
    reader = at(office.reviewer)
    assert names(reader.get(campaign_url(office, "?state=submitted"))) == ["CD001"]
    assert names(reader.get(campaign_url(office, "?state=none"))) == ["CD007"]
    assert names(reader.get(campaign_url(office, "?late=1"))) == ["CD001", "CD007"]
    assert names(reader.get(campaign_url(office, "?name=May"))) == ["CD007"]
    assert names(reader.get(campaign_url(office, "?state=%00&name=%27&page=x"))) == []


def test_the_board_asks_the_same_questions_at_ten_units_and_at_many(office, at, django_assert_num_queries):
    reader = at(office.reviewer)

    def more(first, last):
        units = [
            factories.unit(f"X{number:03}", office.district, name=f"Đơn vị {number}") for number in range(first, last)
        ]
        listed(office.campaign.asked, *units)

    more(0, 8)
    with django_assert_num_queries(10):
        page = reader.get(campaign_url(office))
    assert page.context["total"] == 10
    many = often(40, trial=300)
    more(8, many - 2)
    with django_assert_num_queries(10):
        page = reader.get(campaign_url(office))
    assert page.context["total"] == many


# --- outgoing papers -----------------------------------------------------------------------------------------------
def prepared_by_hand(office, at, *papers) -> Dispatch:
    clerk = at(office.clerk)
    page = clerk.get(reverse("documents:dispatch-new"))
    typed = {
        "key": str(page.context["form"]["key"].value()),
        "dossiers": [str(paper.ref) for paper in papers],
        "document_type": "TTr",
        "subject": "Về việc <b>đề nghị</b> khen thưởng",
        "to-BTG-QU": Purpose.ACTION,
        "to-TT-LDLDTP": Purpose.INFORMATION,
    }
    answer = clerk.post(reverse("documents:dispatch-new"), typed)
    assert clerk.post(reverse("documents:dispatch-new"), typed).url == answer.url
    return Dispatch.objects.get()


def test_from_endorsed_to_answered_through_the_pages(office, at):
    nomination = office.endorsed(office.nomination())
    office.series(27)
    paper = prepared_by_hand(office, at, nomination)
    page = at(office.signatory).get(dispatch_url(paper))
    assert "Về việc &lt;b&gt;đề nghị&lt;/b&gt; khen thưởng" in page.content.decode()
    sign = step(page)
    assert at(office.signatory).post(dispatch_url(paper, "dispatch-signature"), sign).status_code == 302
    assert at(office.signatory).post(dispatch_url(paper, "dispatch-signature"), sign).status_code == 302
    send = step(at(office.clerk).get(dispatch_url(paper)))
    assert at(office.clerk).post(dispatch_url(paper, "dispatch-sending"), send).status_code == 302
    assert at(office.clerk).post(dispatch_url(paper, "dispatch-sending"), send).status_code == 302
    paper = Dispatch.objects.get()
    assert paper.symbol == "27/TTr-LĐLĐ"
    assert Dossier.objects.get(pk=nomination.pk).state == State.FORWARDED
    assert "27/TTr-LĐLĐ" in at(office.clerk).get(reverse("documents:register")).content.decode()

    referral = Referral.objects.get(purpose=Purpose.ACTION)
    url = reverse("documents:referral-reply", args=[referral.pk])
    said = {
        "key": str(uuid4()),
        "outcome": ReferralOutcome.AWARDED,
        "receipt_no": "12",
        "replied_on": "32/1/2026",
        "note": "Ghi",
    }
    answer = at(office.clerk).post(url, said)
    assert answer.status_code == 422
    assert "32/1/2026" in answer.content.decode()
    today = timezone.localdate().strftime("%d/%m/%Y")
    assert at(office.clerk).post(url, said | {"replied_on": today}).status_code == 302
    assert Referral.objects.get(pk=referral.pk).settled
    conclude(nomination, by=office.clerk, seen=again(nomination).seen(), key=uuid4(), outcome="Đã có kết quả")
    late = at(office.clerk).post(url, said | {"replied_on": today, "key": str(uuid4())})
    assert late.status_code == 422
    assert [line.event.verb for line in late.context["lines"]] == [Verb.CONCLUDE]
    assert 'name="receipt_no" value="12"' in late.content.decode()
    assert f'action="{url}"' not in late.content.decode()
    assert at(office.signatory).get(url).status_code == 404


def test_the_federation_s_own_award_is_given_by_a_decision(office, at):
    nomination = office.endorsed(office.nomination(office.own_award()))
    clerk = at(office.clerk)
    typed = {"key": str(uuid4()), "dossiers": [str(nomination.ref)], "document_type": "QĐ", "subject": "Khen thưởng"}
    paper_page = clerk.post(reverse("documents:dispatch-new"), typed).url
    paper = Dispatch.objects.get()
    sign = step(at(office.signatory).get(paper_page))
    at(office.signatory).post(dispatch_url(paper, "dispatch-signature"), sign)
    send = step(at(office.clerk).get(paper_page))
    at(office.clerk).post(dispatch_url(paper, "dispatch-sending"), send)
    assert Dispatch.objects.get().symbol == "01/QĐ-LĐLĐ"
    assert Dossier.objects.get(pk=nomination.pk).state == State.CONCLUDED


def test_what_may_not_go_out_is_refused_in_words_and_stays_typed(office, at):
    nomination = office.endorsed(office.nomination())
    typed = {
        "key": str(uuid4()),
        "dossiers": [str(nomination.ref)],
        "document_type": "TTr",
        "subject": "Trích yếu đã gõ",
        "to-TT-LDLDTP": Purpose.ACTION,
    }
    answer = at(office.clerk).post(reverse("documents:dispatch-new"), typed)
    assert answer.status_code == 422
    assert len(answer.context["form"].non_field_errors()) == 1
    assert "Trích yếu đã gõ" in answer.content.decode()
    assert not Dispatch.objects.exists()
    nothing = at(office.clerk).post(reverse("documents:dispatch-new"), typed | {"dossiers": []})
    assert list(nothing.context["form"].errors) == ["dossiers"]


def test_a_form_sent_again_with_other_values_is_refused_and_all_of_it_stays(office, at):
    paper, other = office.endorsed(office.nomination()), office.endorsed(office.full_report())
    prepared_by_hand(office, at, paper)
    typed = {
        "key": str(Dispatch.objects.get().prepare_key),
        "dossiers": [str(paper.ref), str(other.ref)],
        "document_type": "TTr",
        "subject": "Trích yếu khác",
        "to-BTG-QU": Purpose.ACTION,
    }
    answer = at(office.clerk).post(reverse("documents:dispatch-new"), typed)
    form = answer.context["form"]
    assert answer.status_code == 422
    assert "Về việc <b>đề nghị</b> khen thưởng" in form.non_field_errors()[1]
    assert [form["subject"].value(), form["dossiers"].value()] == ["Trích yếu khác", typed["dossiers"]]
    assert Dispatch.objects.count() == 1
    again = typed | {"key": str(form["key"].value()), "dossiers": [str(other.ref)]}
    assert at(office.clerk).post(reverse("documents:dispatch-new"), again).status_code == 302
    assert Dispatch.objects.count() == 2


def test_a_paper_that_changed_since_the_page_is_not_signed(office, at):
    paper = office.prepared(office.endorsed(office.nomination()))
    sign = step(at(office.signatory).get(dispatch_url(paper)))
    rewritten(Dispatch.objects.all(), subject="Khác")
    answer = at(office.signatory).post(dispatch_url(paper, "dispatch-signature"), sign)
    assert answer.status_code == 409
    assert Dispatch.objects.get().state == Dispatch.State.PREPARED


def test_each_step_belongs_to_its_officer(office, at):
    paper = office.prepared(office.endorsed(office.nomination()))
    form = {"key": str(uuid4()), "seen": ""}
    assert at(office.clerk).post(dispatch_url(paper, "dispatch-signature"), form).status_code == 404
    assert at(office.signatory).post(dispatch_url(paper, "dispatch-sending"), form).status_code == 404
    assert at(office.clerk).post(dispatch_url(paper, "dispatch-sending"), form).status_code == 409
    assert at(office.signatory).get(reverse("documents:dispatch-new")).status_code == 404
    for stranger in (office.drafter, office.approver):
        assert at(stranger).get(dispatch_url(paper)).status_code == 404
        assert list(at(stranger).get(reverse("documents:dispatches")).context["page"]) == []
    assert at(office.reviewer).get(dispatch_url(paper)).status_code == 200


def test_a_paper_is_given_up_with_a_reason_and_its_dossier_may_go_again(office, at):
    nomination = office.endorsed(office.nomination())
    paper = office.prepared(nomination)
    url = dispatch_url(paper, "dispatch-cancellation")
    assert at(office.clerk).post(url, {"reason": " "}).status_code == 422
    assert at(office.clerk).post(url, {"reason": "Sai nơi nhận"}).status_code == 302
    assert Dispatch.objects.get().state == Dispatch.State.CANCELLED
    page = at(office.clerk).get(reverse("documents:dispatch-new"))
    assert list(page.context["form"].fields["dossiers"].queryset) == [Dossier.objects.get(pk=nomination.pk)]


def test_papers_and_register_ask_the_same_questions_however_many(office, at, django_assert_num_queries):
    award = office.award()

    def count(name, expected):
        with django_assert_num_queries(expected):
            at_clerk.get(reverse(f"documents:{name}"))

    office.sent(office.endorsed(office.nomination(award)))
    at_clerk = at(office.clerk)
    count("dispatches", 7)
    count("register", 11)
    for number in range(5):
        office.sent(office.endorsed(office.nomination(award, full_name=f"Người {number}")))
    count("dispatches", 7)
    count("register", 11)


def test_the_register_bears_any_year(office, at):
    for year in ("0", "99999999999999999999", "x", "2020", "٢"):
        assert at(office.clerk).get(reverse("documents:register"), {"year": year}).status_code == 200

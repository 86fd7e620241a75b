"""What a return asks is shown where it is mended and answered there, one point at a time, nothing else lost."""

from uuid import uuid4

import pytest
from django.urls import reverse

from documents.attachments.storing import attach
from tests.documents.factories import again, png
from tests.documents.reports.test_pages_report import address, fields
from workflow.decisions.back.return_ import return_
from workflow.drafting.points import last_return, unanswered
from workflow.errors import Refused

pytestmark = pytest.mark.django_db
POINTS = [
    ("section:2.1", "Nêu rõ số lớp."),
    ("figure:so_lop", "Không khớp lời văn."),
    ("attestation:y_kien_cap_uy", "Ghi tên người cho ý kiến."),
    ("general", "Rút gọn."),
]
HTMX = {"HTTP_HX_REQUEST": "true"}


def returned(office, paper, points=POINTS):
    paper = office.submitted(paper)
    return_(paper, by=office.approver, seen=paper.seen(), key=uuid4(), points=points)
    return again(paper)


@pytest.fixture
def paper(office):
    return returned(office, office.full_report())


def answers(paper) -> list[str]:
    return [point.answer for point in last_return(paper)]


def point_url(paper, number: int) -> str:
    return reverse("workflow:point", args=[paper.ref, number])


def test_each_point_stands_at_its_place_and_nowhere_else(drafter, paper):
    page = drafter.get(address(paper, "2.1")).content.decode()
    assert [f'id="point-{number}"' in page for number in range(1, 5)] == [True, True, False, True]
    other = drafter.get(address(paper, "3.1")).content.decode()
    assert [f'id="point-{number}"' in other for number in range(1, 5)] == [False, False, False, True]
    attest = drafter.get(reverse("documents:report-attestations", args=[paper.ref])).content.decode()
    assert [f'id="point-{number}"' in attest for number in range(1, 5)] == [False, False, True, False]


def test_a_point_about_a_file_stands_beside_the_files(office, drafter):
    draft = office.full_report()
    held = attach(draft, png(), by=office.drafter)
    paper = returned(office, again(draft), [(f"file:{held.blob.sha256}", "Ảnh mờ.")])
    page = drafter.get(reverse("documents:attachments", args=[paper.ref])).content.decode()
    assert 'id="point-1"' in page
    assert "Ảnh mờ." in page


def test_what_is_left_leads_to_each_point(drafter, paper):
    tasks = drafter.get(address(paper, "2.1")).context["tasks"]
    assert [task.url for task in tasks] == [
        address(paper, "2.1") + "#point-1",
        address(paper, "2.1") + "#point-2",
        reverse("documents:report-attestations", args=[paper.ref]) + "#point-3",
        reverse("workflow:points", args=[paper.ref]) + "#point-4",
    ]
    drafter.post(point_url(paper, 2), {"answer-2": "Đã sửa số lớp."})
    assert drafter.get(address(paper, "2.1")).context["missing_count"] == 3


def test_one_point_is_answered_apart_as_a_fragment(drafter, paper):
    answer = drafter.post(point_url(paper, 1) + "?inside=1", {"answer-1": "Đã nêu 11 lớp."}, **HTMX)
    assert answer.status_code == 200
    page = answer.content.decode()
    assert "Đã nêu 11 lớp." in page
    assert "<form" not in page
    assert answers(paper) == ["Đã nêu 11 lớp.", "", "", ""]
    assert unanswered(last_return(paper)) == 3


def test_a_blank_answer_says_mended(drafter, paper):
    drafter.post(point_url(paper, 3), {"answer-3": "  "})
    [said] = [answer for answer in answers(paper) if answer]
    assert said == "Đã bổ sung."


def test_without_a_script_the_answer_comes_with_its_section_which_stays_as_typed(drafter, paper):
    typed = fields(drafter.get(address(paper, "2.1"))) | {
        "text": "Đang viết dở.", "text-form": "plain", "answer": "2", "answer-2": "Đã khớp.",
    }  # fmt: skip
    page = drafter.post(address(paper, "2.1"), typed)
    assert page.status_code == 200
    assert ">\nĐang viết dở.</textarea>" in page.content.decode()
    assert answers(paper) == ["", "Đã khớp.", "", ""]
    assert paper.section_texts.get(section__code="2.1").html == "<p>Mục 2.1.</p>"


def test_a_typed_answer_comes_back_when_its_section_is_refused(drafter, paper):
    typed = fields(drafter.get(address(paper, "2.1"))) | {"figure-so_lop": "1,5", "answer-2": "Chưa gửi."}
    page = drafter.post(address(paper, "2.1"), typed)
    assert page.status_code == 422
    assert ">\nChưa gửi.</textarea>" in page.content.decode()


def test_it_leads_back_to_where_it_was_written_and_never_outside(drafter, paper):
    here = address(paper, "3.1")
    answer = drafter.post(point_url(paper, 4), {"answer-4": "x", "back": here})
    assert (answer.status_code, answer.url) == (302, f"{here}#point-4")
    for outside in ("https://vidu.vn/", "//vidu.vn", "javascript:x"):
        answer = drafter.post(point_url(paper, 4), {"answer-4": "x", "back": outside})
        assert answer.url == reverse("workflow:points", args=[paper.ref]) + "#point-4"


@pytest.mark.parametrize("said", ["x" * 4001, "a\x00" * 4001])
def test_an_answer_beyond_measure_is_refused_with_what_was_typed(drafter, paper, said):
    answer = drafter.post(point_url(paper, 1), {"answer-1": said}, **HTMX)
    assert answer.status_code == 409
    assert answers(paper) == ["", "", "", ""]


def test_who_may_answer(office, client, paper):
    assert client.post(point_url(paper, 1), {"answer-1": "x"}).status_code == 302
    stations = [(office.company_drafter, 404), (office.approver, 409), (office.reviewer, 409), (office.drafter, 302)]
    for by, status in stations:
        client.force_login(by.person, backend="accounts.backends.AppointmentBackend")
        assert client.post(point_url(paper, 1), {"answer-1": f"{status}"}).status_code == status
    assert answers(paper) == ["302", "", "", ""]
    assert client.post(point_url(paper, 9), {"answer-9": "x"}).status_code == 404
    assert client.get(point_url(paper, 1)).status_code == 405


def test_once_submitted_again_no_answer_can_be_changed(office, drafter, paper):
    for number in range(1, 5):
        drafter.post(point_url(paper, number), {f"answer-{number}": "Đã sửa."})
    office.submitted(again(paper))
    assert drafter.post(point_url(paper, 1), {"answer-1": "Khác."}).status_code == 409
    assert answers(paper) == ["Đã sửa."] * 4


def test_two_hundred_points_are_taken_and_more_are_refused_in_words(office):
    paper = office.submitted(office.full_report())

    def send(many):
        points = [("section:2.1", f"Ý {number}.") for number in range(many)]
        return return_(paper, by=office.approver, seen=paper.seen(), key=uuid4(), points=points)

    for many in (201, 5000):
        with pytest.raises(Refused) as refused:
            send(many)
        assert len(refused.value.reasons) == 1
        assert "200" in refused.value.reasons[0]
    send(200)
    assert len(last_return(paper)) == 200


@pytest.mark.trial
def test_five_thousand_points_in_a_form_are_refused_in_words(office, client):
    paper = office.submitted(office.full_report())
    client.force_login(office.approver.person, backend="accounts.backends.AppointmentBackend")
    url = reverse("workflow:decision", args=[paper.ref, "return"])
    form = {"seen": paper.seen(), "key": str(uuid4()), "points-TOTAL_FORMS": "5000", "points-INITIAL_FORMS": "0"}
    points = {f"points-{n}-place": "section:2.1" for n in range(2400)} | {f"points-{n}-text": "x" for n in range(2400)}
    assert client.post(url, form | points).status_code == 422
    more = points | {f"points-{n}-reason": "" for n in range(2400)}
    answer = client.post(url, form | more)
    assert (answer.status_code, answer.templates[0].name) == (413, "413.html")
    assert again(paper).state == "submitted"

"""A paper as its readers see it: every place, what is missing and why, points where they belong, the version before."""

from uuid import uuid4

import pytest
from django.urls import reverse

from documents.attachments.storing import attach
from documents.reports.comparing import figure_part
from documents.reports.figure_words import in_words, of_version
from documents.reports.writing import write_figures, write_sections
from tests.documents.factories import again, png
from workflow.decisions.back.return_ import return_
from workflow.drafting import editing

pytestmark = pytest.mark.django_db
BACKEND = "accounts.backends.AppointmentBackend"


def read(client, by, paper) -> str:
    client.force_login(by.person, backend=BACKEND)
    answer = client.get(reverse("workflow:dossier", args=[paper.ref]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_missing_figure_is_said_with_its_reason_and_never_as_zero(office, client):
    report = office.report()
    with editing.edit(report, by=office.drafter) as draft:
        write_figures(draft, {"so_nguoi_tham_gia": 1234}, {"so_lop": "Chưa <thống kê>"})
    page = read(client, office.drafter, report)
    row = page.partition('id="place-figure-so_lop"')[2].partition("</tr>")[0]
    assert "Chưa &lt;thống kê&gt;" in row
    assert ">0<" not in row
    assert "1.234" in page.partition('id="place-figure-so_nguoi_tham_gia"')[2].partition("</tr>")[0]


def test_points_stand_at_their_place_and_the_version_before_beside_the_figure(office, client):
    report = office.submitted(office.full_report())
    with_points = {"points": [("figure:so_lop", "Số lớp không khớp <b>"), ("section:2.1", "Chưa đánh giá hiệu quả")]}
    return_(report, by=office.approver, seen=report.seen(), key=uuid4(), **with_points)
    with editing.edit(report, by=office.drafter) as draft:
        write_figures(draft, {"so_lop": 12})
    page = read(client, office.drafter, report)
    row = page.partition('id="place-figure-so_lop"')[2].partition("</tr>")[0]
    assert "Số lớp không khớp &lt;b&gt;" in row
    assert "<ins>12</ins>" in row
    assert "<del>0</del>" in row
    section = page.partition('id="place-section-2.1"')[2].partition("<table")[0]
    assert "Chưa đánh giá hiệu quả" in section
    editor = client.get(reverse("documents:report-section", args=[report.ref, "2.1"])).content.decode()
    assert "Chưa đánh giá hiệu quả" in editor


def test_text_is_shown_as_it_was_shaped_and_nothing_in_it_runs(office, client):
    report = office.report()
    with editing.edit(report, by=office.drafter) as draft:
        write_sections(draft, {"3.1": "<p>Rất <b>tốt</b><img src=x onerror=alert(1)></p><script>x</script>"})
        write_figures(draft, {"ds_van_ban": [{"so_ky_hieu": "<i>18</i>"}]})
    page = read(client, office.drafter, report)
    assert "<p>Rất <strong>tốt</strong></p>" in page
    assert "onerror" not in page
    assert "&lt;i&gt;18&lt;/i&gt;" in page


def test_a_nomination_shows_its_ballot_in_words_its_file_and_its_previous_awards(office, client):
    nomination = office.nomination()
    nomination.previous_awards.create(year=2019, form="Giấy khen", decision_no="12/QĐ-LĐLĐ")
    file = attach(nomination, png("Ảnh <1>.png"), by=office.drafter)
    page = read(client, office.drafter, again(nomination))
    assert "(100%)" in page.partition('id="place-field-ballot"')[2]
    assert "12/QĐ-LĐLĐ" in page
    assert ">2019<" in page
    assert "1985" in page
    assert reverse("documents:attachment", args=[nomination.ref, file.blob.sha256]) in page
    assert "<1>" not in page


def test_replies_stand_side_by_side_and_only_a_clerk_records_one(office, client):
    nomination = office.endorsed(office.nomination())
    paper = office.sent(nomination)
    url = reverse("documents:referral-reply", args=[paper.referrals.first().pk])
    assert url in read(client, office.clerk, nomination)
    page = read(client, office.drafter, nomination)
    assert url not in page
    assert paper.symbol in page


@pytest.mark.parametrize(
    ("part", "words"),
    [
        ({"type": "int", "value": "1234"}, "1.234"),
        ({"type": "percent", "value": "98.5"}, "98,5%"),
        ({"type": "date", "value": "2021-03-09"}, "09/03/2021"),
        ({"type": "file", "value": "a" * 64}, "Phụ lục.pdf"),
        ({"type": "file", "value": "b" * 64}, "bbbbbbbb"),
        ({"type": "int", "missing": "chưa thống kê"}, ""),
    ],
)
def test_a_sealed_figure_reads_the_same_wherever_it_is_read(part, words):
    files = [{"name": "Phụ lục.pdf", "sha256": "a" * 64}]
    assert in_words(of_version(part), part["type"], files) == words
    if words:
        assert figure_part({}, part, files).shown == words

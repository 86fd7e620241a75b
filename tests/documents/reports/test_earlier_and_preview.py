"""Beside the text: what the unit said before; and how the paper will read when printed."""

import re
from datetime import date
from uuid import uuid4

import pytest
from django.urls import reverse

from accounts.models import Unit
from documents.models import Campaign, Report
from tests.documents.factories import again, entered, fill
from workflow.decisions.back.recall import recall
from workflow.drafting import editing
from workflow.models import AccessLog

pytestmark = pytest.mark.django_db


@pytest.fixture
def last_year(office):
    """The unit's report in the campaign before, sealed."""
    now = office.campaign
    before = Campaign(
        outline=now.outline, organizer=office.district, plan_no="07/KH-LĐLĐ", plan_date=date(2020, 3, 2),
        title_vi="Sơ kết năm 2020", short_title="Sơ kết 2020", due_on=date(2020, 5, 1),
        period_from=None, period_to=None,
    )  # fmt: skip
    entered(before, asked=[office.school])
    paper = Report(campaign=before, unit=office.school)
    editing.create(paper, by=office.drafter, key=uuid4())
    with editing.edit(paper, by=office.drafter) as draft:
        fill(draft)
    return office.submitted(again(paper))


def earlier(client, report, code="2.1", **headers):
    return client.get(reverse("documents:report-earlier", args=[report.ref, code]), **headers)


def test_versions_of_this_report_and_of_last_years_are_at_hand(office, drafter, last_year):
    report = office.submitted(office.full_report())
    recall(report, by=office.drafter, seen=report.seen(), key=uuid4(), note="Sửa")
    page = earlier(drafter, again(report))
    assert page.templates[0].name == "documents/reports/earlier.html"
    assert [(it.report.pk, it.number) for it in page.context["earlier"]] == [(report.pk, 1), (last_year.pk, 1)]
    assert "<p>Mục 2.1.</p>" in page.content.decode()
    assert ("số lớp", "0 lớp") in [(label.lower()[:6], words) for label, words in page.context["earlier"][0].figures]
    fragment = earlier(drafter, report, HTTP_HX_REQUEST="true")
    assert fragment.templates[0].name == "documents/reports/earlier_texts.html"
    assert "HX-Request" in fragment["Vary"]


def test_earlier_texts_and_figures_of_every_section_can_be_read(office, drafter, last_year):
    report = office.report()
    shown = {}
    for section in report.outline.sections.all():
        for it in earlier(drafter, report, section.code).context["earlier"]:
            shown |= dict(it.figures)
    types = dict(report.outline.indicators.values_list("label_vi", "type"))
    assert {types.get(label) for label in shown} >= {"int", "richtext", "table"}
    assert "<" not in "".join(shown.values())
    assert {words.count("%") for label, words in shown.items() if types.get(label) == "percent"} == {1}


def test_looking_into_another_paper_is_noted_there(office, drafter, last_year):
    earlier(drafter, office.report())
    assert AccessLog.objects.filter(dossier=last_year, user=office.drafter.person).count() == 1


def test_nothing_sealed_is_said_and_drafts_of_before_are_not_shown(office, drafter):
    page = earlier(drafter, office.report())
    assert page.context["earlier"] == []


def test_no_strangers_text_and_no_heading_that_is_not_there(office, client, last_year):
    report = office.report()
    other = office.report(office.company)
    assert earlier(client, report).status_code == 302
    client.force_login(office.company_drafter.person, backend="accounts.backends.AppointmentBackend")
    assert earlier(client, report).status_code == 404
    assert earlier(client, other).context["earlier"] == []
    assert earlier(client, other, "9.9").status_code == 404


def test_the_same_few_questions_however_many_versions(office, drafter, last_year, django_assert_num_queries):
    report = office.full_report()
    with django_assert_num_queries(12):
        earlier(drafter, report)
    for _time in range(3):
        paper = office.submitted(again(report))
        recall(paper, by=office.drafter, seen=paper.seen(), key=uuid4(), note="Sửa")
    with django_assert_num_queries(12):
        assert len(earlier(drafter, report).context["earlier"]) == 4


def preview(client, paper):
    return client.get(reverse("documents:preview", args=[paper.ref]))


def test_a_draft_reads_as_a_printed_page_that_says_it_is_a_draft(office, drafter):
    page = preview(drafter, office.full_report()).content.decode()
    for words in (
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "DỰ THẢO",
        "ngày … tháng … năm …",
        "(chưa ký)",
        "<p>Mục 2.1.</p>",
    ):
        assert words in page


def test_approved_it_bears_the_approvers_name_and_is_no_draft(office, drafter):
    paper = office.reviewed(office.full_report())
    page = preview(drafter, paper)
    assert page.context["preview"].signer == office.approver.person.full_name
    assert "DỰ THẢO" not in page.content.decode()


def test_a_nomination_reads_as_a_submission(office, drafter):
    page = preview(drafter, office.nomination()).content.decode()
    for words in ("TỜ TRÌNH", "Hà Thị Thảo Ơn", "Giấy khen Quận ủy", "Vận động quyên góp 1.150 đầu sách."):
        assert words in page


def words_of(client, paper):
    return " ".join(re.sub(r"<[^>]+>", " ", preview(client, paper).content.decode()).split())


def test_a_report_closes_as_a_paper_does_and_counts_nothing_from_zero(office, drafter):
    words = words_of(drafter, office.full_report())
    assert "Kính gửi: Ban Thường vụ Liên đoàn Lao động quận" in words
    assert "Kế hoạch số 18/KH-LĐLĐ ngày 09/3/2021 của Liên đoàn Lao động quận," in words
    close = "; kính đề nghị Ban Thường vụ Liên đoàn Lao động quận xem xét, chỉ đạo./."
    assert f"Trên đây là báo cáo sơ kết 5 năm thực hiện Chỉ thị 05-CT/TW{close}" in words
    assert "- Lưu: CĐCS." in words
    assert "Đặc điểm, tình hình đơn vị" in words
    assert "0. Đặc điểm" not in words


def test_the_head_of_the_workplace_confirms_beside_the_signature(office, drafter):
    page = preview(drafter, office.full_report())
    assert [(it.heading, it.given_on, it.name) for it in page.context["preview"].confirmations] == [
        ("XÁC NHẬN CỦA LÃNH ĐẠO ĐƠN VỊ", date(2026, 4, 2), "Đỗ Thị Vân Ỷ"),
        ("Ý KIẾN CỦA CẤP ỦY", date(2026, 4, 2), "Đỗ Thị Vân Ỷ"),
    ]
    assert "(ngày 02/4/2026)" in page.content.decode()
    assert preview(drafter, office.nomination()).context["preview"].confirmations == []


def test_a_nomination_is_sentences_with_the_list_and_the_achievements_as_annexes(office, drafter):
    words = words_of(drafter, office.nomination())
    assert "căn cứ kết quả họp xét ngày 01/4/2026" in words
    assert "cho bà Hà Thị Thảo Ơn" in words
    assert words.index("Nơi nhận:") < words.index("DANH SÁCH TRÍCH NGANG") < words.index("BÁO CÁO THÀNH TÍCH")
    assert "Danh xưng" not in words
    assert "Đảng viên: Có" not in words


@pytest.mark.parametrize(
    ("typed", "keeper"),
    [("", ""), ("Lưu: VP, TG.", "VP, TG"), ("- Lưu VT", "VT"), ("lưu : CĐCS;", "CĐCS"), ("VP", "VP"), ("Lưu: ", "")],
)
def test_who_keeps_the_file_copy_is_read_however_it_was_typed(typed, keeper):
    assert Unit(filing_note=typed).file_keeper == keeper


def test_it_is_vietnamese_whatever_the_reader_speaks(office, drafter):
    drafter.cookies["language"] = "en"
    page = preview(drafter, office.full_report()).content.decode()
    assert "số lớp" in page.lower()


def test_a_stranger_finds_no_preview_and_reading_is_noted(office, client):
    paper = office.report()
    assert preview(client, paper).status_code == 302
    client.force_login(office.company_drafter.person, backend="accounts.backends.AppointmentBackend")
    assert preview(client, paper).status_code == 404
    client.force_login(office.reviewer.person, backend="accounts.backends.AppointmentBackend")
    assert preview(client, paper).status_code == 200
    assert AccessLog.objects.filter(dossier=paper, user=office.reviewer.person).count() == 1


def test_the_preview_asks_the_same_few_questions_empty_or_full(office, drafter, django_assert_num_queries):
    empty, full = office.report(), office.full_report(office.company)
    with django_assert_num_queries(9):
        preview(drafter, empty)
    drafter.force_login(office.company_drafter.person, backend="accounts.backends.AppointmentBackend")
    with django_assert_num_queries(9):
        preview(drafter, full)

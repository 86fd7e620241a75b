"""The report editor as a drafter meets it: bad figures, two hands at once, no script, and nothing typed lost."""

import unicodedata
from uuid import uuid4

import pytest
from django.urls import reverse

from documents.models import Report
from tests.documents.factories import again
from workflow.models import Editor

pytestmark = pytest.mark.django_db


def address(report: Report, code: str) -> str:
    return reverse("documents:report-section", args=[report.ref, code])


def fields(page) -> dict[str, str]:
    """What a browser would send back from this page's form as it stands."""
    form = page.context["form"]
    data = {"seen": form["seen"].value()}
    for name, field in form.fields.items():
        if name == "over":
            continue
        if name == "text":
            data |= {name: form[name].value() or "", f"{name}-form": "html"}
        elif hasattr(field, "columns") or hasattr(field.widget, "columns"):
            data[f"{name}-rows"] = "0"
        elif name != "seen":
            data[name] = form[name].value() or ""
    return data


def test_a_section_is_written_without_a_script_and_leads_to_the_next(office, drafter):
    report = office.report()
    page = drafter.get(address(report, "2.3.3"))
    assert page.status_code == 200
    typed = fields(page) | {"text": "Đã đối thoại.\n\n- một\n- hai", "text-form": "plain", "go": "next"}
    answer = drafter.post(address(report, "2.3.3"), typed)
    assert answer.status_code == 302
    assert answer.url == address(report, "2.3.4")
    text = report.section_texts.get(section__code="2.3.3").html
    assert text == "<p>Đã đối thoại.</p><ul><li>một</li><li>hai</li></ul>"
    assert Editor.objects.filter(dossier=report, user=office.drafter.person).exists()


def test_a_plain_box_left_as_it_was_keeps_what_only_html_can_say(office, drafter):
    report = office.report()
    typed = fields(drafter.get(address(report, "3.1"))) | {
        "text": "<p>Rất <strong>tốt</strong>.</p>",
        "text-form": "html",
    }
    drafter.post(address(report, "3.1"), typed)
    page = drafter.get(address(report, "3.1"))
    typed = fields(page) | {"text": "Rất tốt.", "text-form": "plain"}
    drafter.post(address(report, "3.1"), typed)
    assert report.section_texts.get(section__code="3.1").html == "<p>Rất <strong>tốt</strong>.</p>"


@pytest.mark.parametrize("typed", ["1.234,5", "-3", "1e9", "mười", "9" * 40])
def test_a_bad_figure_comes_back_with_its_sentence_and_everything_typed(office, drafter, typed):
    report = office.report()
    data = fields(drafter.get(address(report, "2.1"))) | {
        "text": "Đoạn <b>văn</b> & chữ",
        "text-form": "plain",
        "figure-so_lop": typed,
        "figure-so_nguoi_tham_gia": "642",
        "figure-chuyen_de_nam-rows": "1",
        "figure-chuyen_de_nam-0-nam": "2017",
    }
    answer = drafter.post(address(report, "2.1"), data)
    assert answer.status_code == 422
    form = answer.context["form"]
    assert list(form.errors) == ["figure-so_lop"]
    page = answer.content.decode()
    assert f'value="{typed}"' in page
    assert "Đoạn &lt;b&gt;văn&lt;/b&gt; &amp; chữ" in page
    assert 'value="642"' in page
    assert "2017" in page
    assert not report.section_texts.exists()
    assert not report.figures.exists()


def test_an_empty_figure_is_missing_and_never_zero(office, drafter):
    report = office.report()
    data = fields(drafter.get(address(report, "2.1"))) | {"figure-so_lop": "  ", "figure-so_nguoi_tham_gia": "0"}
    assert drafter.post(address(report, "2.1"), data).status_code == 302
    values = again(report).parts.values
    assert values["so_lop"] is None
    assert values["so_nguoi_tham_gia"] == 0


def test_a_reason_stands_for_a_figure_but_not_beside_one(office, drafter):
    report = office.report()
    start = fields(drafter.get(address(report, "2.1")))
    both = drafter.post(address(report, "2.1"), start | {"figure-so_lop": "5", "reason-so_lop": "Chưa thống kê"})
    assert both.status_code == 422
    assert "Chưa thống kê" in both.content.decode()
    drafter.post(address(report, "2.1"), start | {"reason-so_lop": "Chưa thống kê"})
    assert report.figures.get(indicator__code="so_lop").missing_reason == "Chưa thống kê"


def test_text_typed_in_pieces_is_stored_composed(office, drafter):
    report = office.report()
    name = unicodedata.normalize("NFD", "Ngưỡng Ẩn")
    data = fields(drafter.get(address(report, "3.2"))) | {"text": name, "text-form": "plain"}
    drafter.post(address(report, "3.2"), data)
    assert report.section_texts.get().html == f"<p>{unicodedata.normalize('NFC', name)}</p>"


def test_a_script_in_the_text_is_only_text_or_nothing(office, drafter):
    report = office.report()
    start = fields(drafter.get(address(report, "3.2")))
    drafter.post(address(report, "3.2"), start | {"text": "<p>a<script>x()</script></p>", "text-form": "html"})
    assert report.section_texts.get().html == "<p>a</p>"
    start = fields(drafter.get(address(report, "3.2")))
    drafter.post(address(report, "3.2"), start | {"text": "<script>x()</script>", "text-form": "plain"})
    assert report.section_texts.get().html == "<p>&lt;script&gt;x()&lt;/script&gt;</p>"
    assert "<script>x()" not in drafter.get(address(report, "3.2")).content.decode()


def test_more_rows_come_without_saving_and_keep_what_was_typed(office, drafter):
    report = office.report()
    data = fields(drafter.get(address(report, "1.1"))) | {
        "text": "Chữ",
        "text-form": "plain",
        "figure-van_ban_ban_hanh": "1.2.3",
        "figure-ds_van_ban-rows": "3",
        "figure-ds_van_ban-2-so_ky_hieu": "18/KH-LĐLĐ",
        "add_rows": "ds_van_ban",
    }
    page = drafter.post(address(report, "1.1"), data)
    assert page.status_code == 200
    content = page.content.decode()
    assert 'name="figure-ds_van_ban-rows" value="6"' in content
    assert "18/KH-LĐLĐ" in content
    assert 'value="1.2.3"' in content
    assert not report.figures.exists()
    del data["add_rows"]
    drafter.post(address(report, "1.1"), data | {"figure-van_ban_ban_hanh": "1"})
    assert again(report).parts.values["ds_van_ban"] == [
        {"so_ky_hieu": "18/KH-LĐLĐ", "ngay": "", "loai": "", "trich_yeu": ""}
    ]


def test_two_hands_the_second_sees_both_texts_and_decides(office, drafter):
    report = office.report()
    mine = fields(drafter.get(address(report, "3.3")))
    theirs = dict(mine)
    drafter.post(address(report, "3.3"), theirs | {"text": "Của người kia", "text-form": "plain"})
    answer = drafter.post(address(report, "3.3"), mine | {"text": "Của tôi", "text-form": "plain"})
    assert answer.status_code == 409
    page = answer.content.decode()
    assert "Của <del>người kia</del>" in page
    assert "Của <ins>tôi</ins>" in page
    assert ">\nCủa tôi</textarea>" in page
    assert report.section_texts.get().html == "<p>Của người kia</p>"
    again_typed = mine | {"text": "Của tôi", "text-form": "plain"}
    assert drafter.post(address(report, "3.3"), again_typed).status_code == 409
    again_typed["over"] = answer.context["over"]
    assert drafter.post(address(report, "3.3"), again_typed).status_code == 302
    assert report.section_texts.get().html == "<p>Của tôi</p>"


def test_submitted_meanwhile_nothing_is_saved_and_nothing_typed_is_lost(office, drafter):
    report = office.full_report()
    typed = fields(drafter.get(address(report, "3.3"))) | {"text": "Sửa muộn", "text-form": "plain"}
    office.submitted(report)
    answer = drafter.post(address(report, "3.3"), typed)
    assert answer.status_code == 409
    assert "Sửa muộn" in answer.content.decode()
    assert report.section_texts.get(section__code="3.3").html == "<p>Mục 3.3.</p>"
    assert drafter.get(address(report, "3.3")).status_code == 302


def test_strangers_find_nothing_and_the_unsigned_sign_in(office, client):
    report = office.report()
    assert client.get(address(report, "3.3")).status_code == 302
    client.force_login(office.company_drafter.person, backend="accounts.backends.AppointmentBackend")
    for name in ("edit", "report-attestations", "attachments"):
        assert client.get(reverse(f"documents:{name}", args=[report.ref])).status_code == 404
    assert client.get(address(report, "3.3")).status_code == 404
    assert client.post(address(report, "3.3"), {"text": "x"}).status_code == 404


def test_a_reader_is_led_to_the_page_for_reading_and_cannot_write(office, client):
    report = office.report()
    client.force_login(office.reviewer.person, backend="accounts.backends.AppointmentBackend")
    assert client.get(address(report, "3.3")).status_code == 302
    answer = client.post(address(report, "3.3"), {"text": "x", "text-form": "plain", "seen": ""})
    assert answer.status_code == 409
    assert not report.section_texts.exists()


def test_every_section_of_the_outline_opens_and_a_full_one_can_be_saved_as_it_is(office, drafter):
    report = office.full_report()
    for section in report.outline.sections.all():
        assert drafter.get(address(report, section.code)).status_code == 200, section.code
    before = again(report).content()
    typed = fields(drafter.get(address(report, "0")))
    assert drafter.post(address(report, "0"), typed).status_code == 302
    assert again(report).content() == before


def test_the_editor_asks_the_same_few_questions_empty_or_full(office, drafter, django_assert_num_queries):
    empty, full = office.report(), office.full_report(office.company)
    with django_assert_num_queries(9):
        drafter.get(address(empty, "2.4"))
    drafter.force_login(office.company_drafter.person, backend="accounts.backends.AppointmentBackend")
    with django_assert_num_queries(9):
        drafter.get(address(full, "2.4"))


def test_one_live_report_a_unit_the_second_is_refused_with_the_way_to_the_first(office, drafter):
    begin = reverse("documents:report-begin", args=[office.campaign.pk, "CD001"])
    key = str(uuid4())
    first = drafter.post(begin, {"key": key})
    assert first.status_code == 302
    assert drafter.post(begin, {"key": key}).url == first.url
    second = drafter.post(begin, {"key": str(uuid4())})
    assert second.status_code == 409
    assert str(Report.objects.get().ref) in second.content.decode()
    foreign = reverse("documents:report-begin", args=[office.campaign.pk, "CD007"])
    assert drafter.post(foreign, {"key": key}).status_code == 404


def test_attestations_are_saved_together_and_a_bad_date_loses_nothing(office, drafter):
    report = office.report()
    url = reverse("documents:report-attestations", args=[report.ref])
    code, other = "thong_nhat_chuyen_mon", "y_kien_cap_uy"
    bad = {f"{code}-given": "on", f"{code}-person_name": "Đỗ Thị Vân Ỷ", f"{code}-given_on": "31/02/2021"}
    answer = drafter.post(url, bad | {f"{other}-note": "Nhất trí"})
    assert answer.status_code == 422
    page = answer.content.decode()
    assert "31/02/2021" in page
    assert "Nhất trí" in page
    assert not report.attestations.exists()
    assert drafter.post(url, bad | {f"{code}-given_on": "09/03/2021"}).status_code == 302
    assert report.attestations.get(attestation__code=code).given

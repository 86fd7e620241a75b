"""A page that saves itself while somebody types: what is sound is saved, nobody overwritten, refusals in words."""

import json
import unicodedata
from uuid import uuid4

import pytest
from django.contrib.messages import get_messages
from django.urls import reverse

from documents.models import Figure, ReportSection
from tests.documents.factories import again
from tests.documents.reports.test_pages_report import address, fields

pytestmark = pytest.mark.django_db


def autosave(client, report, code, **typed):
    """What the page sends while somebody types: on top of the section as it stands unless `seen` is given."""
    data = {} if "seen" in typed else fields(client.get(address(report, code)))
    return client.post(address(report, code), data | {"text-form": "plain"} | typed | {"go": "auto"})


def test_words_are_saved_without_a_page_or_a_message_and_the_next_save_is_not_stale(drafter, report):
    answer = autosave(drafter, report, "3.3", text="Một")
    assert answer.status_code == 200
    said = answer.json()
    assert said["faults"] == {}
    assert sorted(said["fragments"]) == ["outline", "tasks"]
    assert list(get_messages(answer.wsgi_request)) == []
    assert report.section_texts.get().html == "<p>Một</p>"
    again_saved = autosave(drafter, report, "3.3", text="Một hai", seen=said["seen"])
    assert again_saved.status_code == 200
    by_hand = {"text": "Một hai ba", "text-form": "plain", "seen": again_saved.json()["seen"]}
    assert drafter.post(address(report, "3.3"), by_hand).status_code == 302
    assert report.section_texts.get().html == "<p>Một hai ba</p>"


def test_what_is_sound_is_saved_and_what_is_not_is_named(drafter, report):
    typed = {"figure-so_lop": "1.234,5", "figure-so_nguoi_tham_gia": "642"}
    said = autosave(drafter, report, "2.1", text="Đã mở lớp.", **typed).json()
    assert list(said["faults"]) == ["figure-so_lop"]
    assert report.section_texts.get().html == "<p>Đã mở lớp.</p>"
    values = again(report).parts.values
    assert (values["so_lop"], values["so_nguoi_tham_gia"]) == (None, 642)


def test_a_text_too_long_is_named_and_the_figures_are_saved(drafter, report):
    said = autosave(drafter, report, "2.1", text="a" * 200_001, **{"figure-so_lop": "5"}).json()
    assert list(said["faults"]) == ["text"]
    assert not report.section_texts.exists()
    assert again(report).parts.values["so_lop"] == 5


def test_somebody_elses_save_stops_it_and_both_texts_come(drafter, report):
    mine = fields(drafter.get(address(report, "3.3")))
    autosave(drafter, report, "3.3", text="Của người kia")
    answer = autosave(drafter, report, "3.3", text="Của riêng tôi", seen=mine["seen"])
    assert answer.status_code == 409
    html = answer.json()["html"]
    assert "<del>người kia</del>" in html
    assert "<ins>riêng tôi</ins>" in html
    assert report.section_texts.get().html == "<p>Của người kia</p>"


def test_kept_words_are_compared_with_what_is_saved_and_nothing_is_written(drafter, report):
    autosave(drafter, report, "2.1", text="Đã mở lớp.", **{"figure-so_nguoi_tham_gia": "5.240"})
    same = {"text": "<p>Đã mở lớp.</p>", "text-form": "html", "figure-so_nguoi_tham_gia": "5240", "go": "compare"}
    assert drafter.post(address(report, "2.1"), same).json() == {"html": ""}
    html = drafter.post(address(report, "2.1"), same | {"text": "<p>Đã mở 11 lớp.</p>"}).json()["html"]
    assert "<ins>11 </ins>" in html
    assert '<button class="button" type="button" data-take-kept>' in html
    seen = fields(drafter.get(address(report, "2.1")))["seen"]
    newer = drafter.post(address(report, "2.1"), same | {"text": "<p>Đã mở 11 lớp.</p>", "seen": seen}).json()["html"]
    assert '<button class="button" data-kind="primary" type="button" data-take-kept>' in newer
    assert report.section_texts.get().html == "<p>Đã mở lớp.</p>"


def test_sealed_meanwhile_it_is_refused_in_words(office, drafter):
    report = office.full_report()
    seen = fields(drafter.get(address(report, "3.3")))["seen"]
    office.submitted(report)
    answer = autosave(drafter, report, "3.3", text="Sửa muộn", seen=seen)
    assert answer.status_code == 409
    assert len(answer.json()["reasons"]) == 1
    assert report.section_texts.get(section__code="3.3").html == "<p>Mục 3.3.</p>"


def test_nothing_is_saved_in_the_name_of_another_who_signed_in_since(office, drafter, report):
    answer = autosave(drafter, report, "3.3", text="Của An", seen="", writer=str(office.approver.person.ref))
    assert answer.status_code == 409
    assert office.drafter.person.full_name in answer.json()["reasons"][0]
    assert not report.section_texts.exists()


def test_signed_out_it_leads_to_the_sign_in_and_a_stranger_finds_nothing(office, client, report):
    data = {"text": "x", "text-form": "plain", "go": "auto"}
    assert client.post(address(report, "3.3"), data).status_code == 302
    client.force_login(office.company_drafter.person, backend="accounts.backends.AppointmentBackend")
    for go in ("auto", "compare"):
        assert client.post(address(report, "3.3"), data | {"go": go}).status_code == 404
    client.force_login(office.reviewer.person, backend="accounts.backends.AppointmentBackend")
    assert client.post(address(report, "3.3"), data).status_code == 409
    assert not report.section_texts.exists()


def test_ugly_letters_come_out_clean_and_an_unknown_figure_is_nothing(drafter, report):
    typed = "a\x00b\u202ec\ud800d " + unicodedata.normalize("NFD", "Ngưỡng")
    body = typed.encode("utf-8", "surrogatepass").decode("utf-8", "replace")
    answer = autosave(drafter, report, "3.3", text=body, **{"figure-la": "5", "figure-so_lop": "5"})
    assert answer.status_code == 200
    html = report.section_texts.get().html
    assert html.startswith("<p>abc")
    assert html.endswith("Ngưỡng</p>")
    assert not report.figures.exists()


def test_a_body_of_ten_megabytes_is_refused_in_words(drafter, report):
    answer = drafter.post(address(report, "3.3"), {"text": "a" * 10 * 2**20, "go": "auto"})
    assert answer.status_code == 413
    assert answer.templates[0].name == "413.html"
    assert not report.section_texts.exists()


def test_many_saves_while_typing_are_one_row_of_the_history_and_a_save_by_hand_another(drafter, report):
    seen = fields(drafter.get(address(report, "2.1")))["seen"]
    for number in range(1, 6):
        typed = {"text": f"Lần {number}", "figure-so_lop": str(number)}
        seen = autosave(drafter, report, "2.1", seen=seen, **typed).json()["seen"]
    assert [row.html for row in ReportSection.history.all()] == ["<p>Lần 5</p>"]
    assert [row.number for row in Figure.history.all()] == [5]
    by_hand = {"text": "Xong", "text-form": "plain", "figure-so_lop": "5", "seen": seen}
    drafter.post(address(report, "2.1"), by_hand)
    assert [row.html for row in ReportSection.history.all()] == ["<p>Xong</p>", "<p>Lần 5</p>"]


def test_the_copy_a_save_by_hand_carried_is_named_on_the_page_that_follows(drafter, report):
    copy = str(uuid4())
    data = fields(drafter.get(address(report, "3.3"))) | {"text": "x", "text-form": "plain", "copy": copy}
    page = drafter.post(address(report, "3.3"), data, follow=True)
    assert f'data-saved-copies="{copy} "' in page.content.decode()
    refused = drafter.post(address(report, "3.3"), data | {"text": "y"})
    assert refused.status_code == 409
    assert f'name="copy" value="{copy}"' in refused.content.decode()


def test_every_answer_is_json_that_says_where_its_words_go(drafter, report):
    answer = autosave(drafter, report, "3.3", text="Một")
    fragments = json.loads(answer.content)["fragments"]
    assert fragments["tasks"].lstrip().startswith('<section class="sheet stack" data-fragment="tasks"')
    assert 'aria-current="page"' in fragments["outline"]
    assert reverse("documents:report-section", args=[report.ref, "3.3"]) in fragments["outline"]


def test_saving_by_itself_asks_the_same_questions_empty_or_full(office, drafter, report, django_assert_num_queries):
    seen = fields(drafter.get(address(report, "3.3")))["seen"]
    with django_assert_num_queries(23):
        autosave(drafter, report, "3.3", text="Một", seen=seen)


def test_a_nomination_saves_what_is_sound_and_shows_both_texts(office, drafter):
    nomination = office.nomination()
    url = reverse("documents:nomination-edit", args=[nomination.ref])

    def typed(**values):
        form = drafter.get(url).context["form"]
        held = {name: form[name].value() for name in form.fields if name not in ("over", "achievement_report")}
        rows = {"previous-TOTAL_FORMS": "0", "previous-INITIAL_FORMS": "0"}
        text = {"achievement_report": "Vận động.", "achievement_report-form": "plain"}
        return {name: "" if it is None else it for name, it in held.items()} | rows | text | values

    older = typed()
    answer = drafter.post(url, typed(workplace="Trường mới", ballot_present="năm", go="auto"))
    assert list(answer.json()["faults"]) == ["ballot_present"]
    fresh = again(nomination)
    assert (fresh.workplace, fresh.ballot_present) == ("Trường mới", 5)
    answer = drafter.post(url, older | {"workplace": "Trường khác", "go": "auto"})
    assert answer.status_code == 409
    assert "<del>mới</del>" in answer.json()["html"]
    assert drafter.post(url, older | {"go": "compare"}).json()["html"] != ""
    over = drafter.post(url, older | {"workplace": "Trường khác", "go": "auto"}).json()["html"]
    value = over.partition('name="over" value="')[2].partition('"')[0]
    assert drafter.post(url, older | {"workplace": "Trường khác", "over": value}).status_code == 302
    assert again(nomination).workplace == "Trường khác"

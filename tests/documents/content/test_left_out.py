"""What cleaning a text on the server left out is told at its field or after saving, in the words of a paste."""

import pytest
from django.urls import reverse

from tests.documents.factories import again
from tests.documents.reports.test_autosave import autosave
from tests.documents.reports.test_pages_report import address, fields

pytestmark = pytest.mark.django_db

COMMENTED = "<p>Đạt 98%</p><div style='mso-element:comment'><p>Xem lại</p></div>"
LOSSES = {
    "a picture": (
        "<p>Ảnh: <img src=a.png></p>",
        "Hình ảnh không được dán vào: 1 (“…Ảnh:”). Vui lòng đính kèm thành tệp.",
    ),
    "an object": (
        "<p>Biểu: <object data=bang.xlsx></object></p>",
        "Đối tượng nhúng (công thức, phim, trang web…) không được dán vào: 1 (“…Biểu:”). Vui lòng đính kèm thành tệp.",
    ),
    "hidden words": (
        "<p>Đạt<span style='display:none'> nháp</span> 98%</p>",
        "Đã bỏ, vì ở văn bản gốc là chữ ẩn: “nháp”.",
    ),
    "a tracked deletion": ("<p>Đạt <del>95%</del> 98%</p>", "Đã bỏ, vì ở văn bản gốc là phần đã xóa: “95%”."),
    "struck-out words": ("<p>Đạt <s>95%</s> 98%</p>", "Đã bỏ, vì là chữ bị gạch ngang: “95%”."),
    "a comment": (COMMENTED, "Đã bỏ nhận xét bên lề: 1."),
    "old letters": (
        "<p><font face='.VnTime'>C«ng ®oµn c¬ së</font></p>",
        "Chữ gõ theo bảng mã cũ (TCVN3) đã được chuyển sang Unicode: “C«ng ®oµn c¬ së → Công đoàn cơ sở”. Vui lòng đọc"
        " lại.",
    ),
}
STRUCK = "Đã bỏ, vì là chữ bị gạch ngang: “%s”."


def by_hand(client, report, code, **typed):
    data = fields(client.get(address(report, code))) | {"text-form": "html"} | typed
    return client.post(address(report, code), data, follow=True)


def told(page) -> list[tuple[str, str]]:
    return [(message.level_tag, str(message)) for message in page.context["messages"]]


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_told_on_the_page_after_saving_and_with_a_save_while_typing(drafter, report, loss):
    html, sentence = LOSSES[loss]
    page = by_hand(drafter, report, "3.3", text=html)
    assert told(page) == [("success", "Đã lưu mục 3.3."), ("warning", f"Nội dung: {sentence}")]
    said = autosave(drafter, report, "3.3", **{"text": html, "text-form": "html"}).json()
    assert said["left_out"] == {"text": [sentence]}


def test_whoever_goes_on_to_the_next_section_first_reads_what_this_one_lost(drafter, report):
    lossy = by_hand(drafter, report, "3.3", text="<p>a<s>b</s></p>", go="next")
    assert lossy.redirect_chain == [(address(report, "3.3"), 302)]
    clean = by_hand(drafter, report, "3.3", text="<p>a</p>", go="next")
    assert clean.redirect_chain == [(address(report, "3.4"), 302)]


def test_a_text_that_loses_nothing_says_nothing(drafter, report):
    page = by_hand(drafter, report, "3.3", text='<p class="MsoNormal"><b>Đạt</b> 98%</p>')
    assert told(page) == [("success", "Đã lưu mục 3.3.")]
    assert autosave(drafter, report, "3.3", text="<s>95%</s> 98%").json()["left_out"] == {}  # a plain box: all is text


def test_a_page_that_comes_back_with_a_fault_says_what_its_text_will_lose(drafter, report):
    page = by_hand(drafter, report, "2.1", **{"text": "<p>Đạt <s>95%</s> 98%</p>", "figure-so_lop": "1.234,5"})
    assert page.status_code == 422
    assert f'role="status" data-left-out><p>{STRUCK % "95%"}</p></div>' in page.content.decode()
    assert not report.section_texts.exists()


def test_a_figure_that_is_a_text_tells_its_own(drafter, report):
    typed = {"figure-mo_ta_dot_pha": "<p>1 <s>2</s></p>", "figure-mo_ta_dot_pha-form": "html"}
    page = by_hand(drafter, report, "2.3.4", **typed)
    assert told(page)[1:] == [("warning", f"Mô tả nội dung đột phá và chuyển biến: {STRUCK % 2}")]


def test_a_nomination_tells_what_its_report_lost(office, drafter):
    nomination = office.nomination()
    url = reverse("documents:nomination-edit", args=[nomination.ref])
    form = drafter.get(url).context["form"]
    held = {name: form[name].value() for name in form.fields if name not in ("over", "achievement_report")}
    rows = {"previous-TOTAL_FORMS": "0", "previous-INITIAL_FORMS": "0"}
    lossy = {"achievement_report": "<p>Vận động <s>11</s> 12.</p>", "achievement_report-form": "html"}
    page = drafter.post(url, {k: "" if v is None else v for k, v in held.items()} | rows | lossy, follow=True)
    assert told(page)[1:] == [("warning", f"Báo cáo thành tích: {STRUCK % 11}")]
    assert again(nomination).achievement_report == "<p>Vận động 12.</p>"

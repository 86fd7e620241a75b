"""A drafter's journey: from a half-written report, through what is refused, to its submission."""

import re

from playwright.sync_api import Page, expect

from audit.verification.verify import Tally, faults
from tests.browser.conftest import DESK
from tests.browser.kit.papers import report
from tests.browser.kit.steps import box, press, written
from tests.documents.factories import PIXEL

TEXT = {
    "2.5": "Mỗi năm CĐCS sơ kết một lần, kiểm tra 04 tổ theo kế hoạch.",
    "3.1": "Công nhân tự nguyện ghi việc làm theo Bác, số ngày nghỉ không lý do giảm.",
    "3.2": "Thời gian học tập ngắn, một số tổ ghi chép chưa đều.",
    "3.3": "Đơn hàng gấp, tổ trưởng kiêm nhiệm, tài liệu chưa hợp với công nhân.",
    "3.4": "Việc nhỏ, rõ người, rõ ngày thì công nhân làm được và làm lâu.",
    "4.1": "Duy trì bảng việc tốt ở 26 tổ.\n\nĐưa nội dung học tập vào hội thi tay nghề.",
    "4.2": "Biên soạn tài liệu ngắn dành cho công nhân khu vực ngoài nhà nước.",
    "4.3": "Cấp tài liệu tuyên truyền bằng hình ảnh.",
    "4.4": "Tổ chức lớp học vào chiều thứ Bảy.",
}
FIGURES = {
    "ke_hoach_co_noi_dung": "4",
    "hinh_thuc_to_chuc-0-hinh_thuc": "Phát thanh bữa trưa",
    "hinh_thuc_to_chuc-0-so_cuoc": "8",
    "ty_le_doan_vien_hoc": "91,5",
    "chuyen_de_nam-0-nam": "2020",
    "chuyen_de_nam-0-chuyen_de": "Sống tiết kiệm, chống lãng phí",
    "van_ban_cu_the_hoa": "2",
    "ke_hoach_tu_duong": "1.050",
    "vi_pham_quy_tac": "0",
    "vai_tro_nguoi_dung_dau": "Giám đốc bố trí giờ cho công nhân học và dự các buổi đối thoại.",
    "nq_ct_kh_hang_nam": "4",
    "mo_ta_dot_pha": "Tổ giám sát bữa ăn ca do công nhân bầu.",
    "ho_tro_doan_vien": "860",
    "kinh_phi_cham_lo": "432.000.000",
    "tin_bai_truyen_thanh": "36",
    "tin_bai_mxh": "120",
    "cuoc_thi_hoi_thi": "3",
    "guong_tap_the": "2",
    "guong_ca_nhan": "9",
    "nguoi_tot_viec_tot": "48",
    "khen_tap_the": "2",
    "khen_ca_nhan": "7",
    "kh_kiem_tra": "1",
    "cuoc_kiem_tra": "4",
    "don_vi_duoc_kiem_tra": "4",
    "so_ket_nam": "4",
    "tu_xep_loai": "Tốt",
}
REASONS = {"ty_le_hoan_thanh_kh": "Các tổ trưởng đang tập hợp."}


def test_a_half_written_report_is_finished_and_submitted(office, sign_in, scripts, pictured):
    paper = report("CD007")
    page = sign_in("cd007.2", java_script_enabled=scripts, **DESK)
    press(page.locator(f"main a[href='{paper.get_absolute_url()}']").first)
    press(page.locator("main a[href$='/edit/']:visible").first)
    pictured(page, "editor")
    refused_with_everything_kept(page)
    pictured(page, "section-saved")
    everything_missing_is_written(page)
    files_are_attached(page)
    pictured(page, "files")
    page.goto(paper.get_absolute_url())
    pictured(page, "ready")
    press(page.locator("button[form=main-decision]:visible"))
    pictured(page, "submitted")
    expect(page.locator(".dossier-meta .state")).to_have_attribute("data-state", "submitted")
    nothing_can_be_changed_any_more(page, paper)
    assert list(faults(Tally())) == []


def refused_with_everything_kept(page: Page) -> None:
    """Where people are counted, 1.234,5 is nobody: said so, and all that was typed stays."""
    press(page.locator("a[href$='/sections/2.1/']").first)
    count, text = page.locator("[name=figure-so_nguoi_tham_gia]"), box(page, "text")
    count.fill("1.234,5")
    text.fill("Đoạn văn còn đang viết dở.")
    page.locator("[name=figure-van_ban_cu_the_hoa]").fill("2")
    press(page.locator("button[name=go][value=stay]"))
    expect(page.get_by_role("alert").locator("a[href$='figure-so_nguoi_tham_gia']")).to_be_visible()
    expect(count).to_have_value("1.234,5")
    expect(page.locator("[name=figure-van_ban_cu_the_hoa]")).to_have_value("2")
    assert written(text).strip() == "Đoạn văn còn đang viết dở."
    count.fill("5.240")
    save(page)


def save(page: Page) -> None:
    press(page.locator("button[name=go][value=stay]"))
    expect(page.locator(".notice[data-tone=green]")).to_be_visible()


def everything_missing_is_written(page: Page) -> None:
    """The first of the things to do leads to its place; there everything is written; until nothing is left."""
    missing = page.locator("#tasks li:not([data-tone])")
    while left := missing.count():
        press(missing.first.get_by_role("link"))
        if page.url.partition("#")[0].endswith("/attestations/"):
            attest(page)
        else:
            fill_section(page)
        assert missing.count() < left
    expect(page.locator("a[href$='#decision']")).to_be_visible()


def fill_section(page: Page) -> None:
    code = re.search(r"/sections/([\d.]+)/", page.url)[1]
    if code in TEXT:
        box(page, "text").fill(TEXT[code])
    for name, said in FIGURES.items():
        if page.locator(f"[name='figure-{name}']").count():
            box(page, f"figure-{name}").fill(said)
    for name, why in REASONS.items():
        if page.locator(f"[name='reason-{name}']").count():
            page.locator(f"#figure-{name} summary").click()
            page.locator(f"[name='reason-{name}']").fill(why)
    save(page)


def attest(page: Page) -> None:
    page.locator("[name=thong_nhat_chuyen_mon-given]").check()
    page.locator("[name=thong_nhat_chuyen_mon-person_name]").fill("Ông Kim Ất, Giám đốc")
    page.locator("[name=thong_nhat_chuyen_mon-given_on]").fill("09/03/2021")
    press(page.locator("main form[method=post] button[type=submit]").last)
    expect(page.locator(".notice[data-tone=green]")).to_be_visible()


def files_are_attached(page: Page) -> None:
    press(page.locator("a[href$='/edit/attachments/']").first)
    old = {"name": "Phụ lục.doc", "mimeType": "application/msword", "buffer": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" * 64}
    attach(page, old)
    expect(page.get_by_role("alert")).to_contain_text(".docx")
    expect(page.locator(".files li")).to_have_count(0)
    attach(page, {"name": "Ảnh hội thi tay nghề.png", "mimeType": "image/png", "buffer": PIXEL})
    expect(page.locator(".files li")).to_have_count(1)
    with page.expect_download() as download:
        page.locator(".files a[download]").click()
    assert download.value.suggested_filename == "Ảnh hội thi tay nghề.png"


def attach(page: Page, file: dict) -> None:
    page.locator("[name=file]").set_input_files(file)
    press(page.locator("form[enctype] button[type=submit]"))


def nothing_can_be_changed_any_more(page: Page, paper) -> None:
    expect(page.locator("main a[href$='/edit/']")).to_have_count(0)
    page.goto(f"{paper.get_absolute_url()}edit/sections/2.1/")
    expect(page).to_have_url(re.compile(re.escape(paper.get_absolute_url()) + "$"))
    expect(page.locator("[name=figure-so_lop]")).to_have_count(0)


def test_words_typed_before_the_editor_is_there_stay(office, enter):
    page, held = enter("cd007.2", **DESK), []
    page.route("**/js/rich-text.js", lambda route: held.append(route), times=1)
    with page.expect_request("**/js/rich-text.js"):
        page.goto(f"{report('CD007').get_absolute_url()}edit/sections/3.1/", wait_until="commit")
    page.locator("[name=text]").fill("Gõ trước khi có trình soạn thảo.")
    held.pop().continue_()
    page.wait_for_load_state()
    expect(page.locator("[name=text]")).to_be_visible()
    press(page.locator("button[name=go][value=stay]"))
    assert written(box(page, "text")) == "Gõ trước khi có trình soạn thảo."

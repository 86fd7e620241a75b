"""Writing a report when things go wrong: no network, another window, another program's text, a session that ended."""

import re

import pytest
from django.conf import settings
from playwright.sync_api import Page, expect

from documents.content.richtext import clean
from tests.browser.conftest import DESK, PHONE
from tests.browser.kit import clipboards
from tests.browser.kit.papers import report
from tests.browser.kit.steps import box, nothing_sideways, press, written

OFFLINE = "ERR_INTERNET_DISCONNECTED"
MARKED = "form .errors:not([role])"  # the editor has one of its own
KEPT = "Object.keys(localStorage).filter(key => key.startsWith('trinh:kept|')).length"


def section(code: str) -> str:
    return f"{report('CD007').get_absolute_url()}edit/sections/{code}/"


def stored(code: str) -> str:
    return report("CD007").section_texts.get(section__code=code).html


def status(page: Page):
    return page.get_by_role("status").locator("[data-said]").first.locator("xpath=..")


def saved_by_itself(page: Page) -> None:
    expect(status(page)).to_have_attribute("data-saved", "all")


def open_section(page: Page, code: str):
    page.goto(section(code))
    expect(page.get_by_role("toolbar").first).to_be_visible()
    return box(page, "text")


def test_words_typed_without_a_network_are_kept_said_and_saved_when_it_is_back(office, enter, watch, pictured):
    watch.expected = [OFFLINE]
    page = enter("cd007.2", **DESK)
    text = open_section(page, "3.1")
    text.press_sequentially("Có mạng.")
    saved_by_itself(page)
    assert stored("3.1") == "<p>Có mạng.</p>"
    page.context.set_offline(True)
    text.press_sequentially(" Mất mạng.")
    expect(status(page)).to_have_attribute("data-saved", "lost")
    text.press_sequentially(" Vẫn gõ.")
    press_offline(page)
    pictured(page, "no-network")
    page.context.set_offline(False)
    saved_by_itself(page)
    pictured(page, "saved-again")
    assert stored("3.1") == "<p>Có mạng. Mất mạng. Vẫn gõ.</p>"
    assert page.evaluate(KEPT) == 0
    page.reload()
    assert written(box(page, "text")) == "Có mạng. Mất mạng. Vẫn gõ."


def press_offline(page: Page) -> None:
    """Saving by hand without a network leaves the page where it is."""
    page.locator("button[name=go][value=stay]").click()
    expect(status(page)).to_have_attribute("data-saved", "lost")
    expect(box(page, "text")).to_be_visible()


def test_after_a_crash_the_kept_words_are_offered_beside_what_is_saved(office, enter, watch, pictured):
    watch.expected = [OFFLINE]
    page = enter("cd007.2", **DESK)
    open_section(page, "3.2").press_sequentially("Đã lưu.")
    saved_by_itself(page)
    page.context.set_offline(True)
    box(page, "text").press_sequentially(" Chưa lưu.")
    expect(status(page)).to_have_attribute("data-saved", "lost")
    page.close(run_before_unload=False)
    context = page.context
    context.set_offline(False)
    again = context.new_page()
    open_section(again, "3.2")
    offer = again.locator(".two-texts")
    expect(offer.locator("ins")).to_have_text("Chưa lưu.", use_inner_text=True)
    pictured(again, "kept-words-offered")
    assert written(box(again, "text")) == "Đã lưu."
    offer.locator("[data-take-kept]").click()
    saved_by_itself(again)
    assert stored("3.2") == "<p>Đã lưu. Chưa lưu.</p>"
    again.reload()
    expect(again.locator(".two-texts")).to_have_count(0)


def test_kept_words_are_not_shown_to_the_next_person_at_the_machine(office, enter, watch):
    watch.expected = [OFFLINE, "403"]
    page = enter("cd007.2", **DESK)
    text = open_section(page, "3.2")
    page.context.set_offline(True)
    text.press_sequentially("Của riêng Ngà.")
    expect(status(page)).to_have_attribute("data-saved", "lost")
    page.context.set_offline(False)
    page.context.clear_cookies()
    saved_nowhere = page.context.new_page()
    saved_nowhere.goto("/")
    expect(saved_nowhere.locator("[name=login]")).to_be_visible()
    assert "Của riêng Ngà" not in saved_nowhere.content()


def test_signing_out_asks_about_words_not_saved_and_then_forgets_them(office, sign_in, watch):
    watch.expected = [OFFLINE]
    page = sign_in("cd007.2", **DESK)
    text = open_section(page, "3.2")
    page.context.set_offline(True)
    text.press_sequentially("Chưa lưu.")
    expect(status(page)).to_have_attribute("data-saved", "lost")
    other = page.context.new_page()
    page.close(run_before_unload=False)
    other.context.set_offline(False)
    other.goto("/")
    asked = []
    other.on("dialog", lambda dialog: (asked.append(dialog.message), dialog.accept()))
    other.locator("details.account summary").click()
    press(other.locator("form[data-sign-out] button"))
    assert len(asked) == 1
    assert other.evaluate(KEPT) == 0


def test_two_windows_the_later_one_is_shown_both_texts_and_chooses(office, enter, watch, pictured):
    watch.expected = ["409"]
    first, second = enter("cd007.2", **DESK), enter("cd007.2", **DESK)
    mine, theirs = open_section(first, "3.3"), open_section(second, "3.3")
    theirs.press_sequentially("Cửa sổ hai.")
    saved_by_itself(second)
    mine.press_sequentially("Cửa sổ một.")
    both = first.locator(".two-texts")
    expect(both.locator("del")).to_have_text("hai", use_inner_text=True)
    expect(both.locator("ins")).to_have_text("một", use_inner_text=True)
    expect(status(first)).to_have_attribute("data-saved", "refused")
    pictured(first, "both-texts")
    mine.press_sequentially(" Gõ tiếp.")
    assert stored("3.3") == "<p>Cửa sổ hai.</p>"
    press(both.locator("button[name=over]"))
    assert stored("3.3") == "<p>Cửa sổ một. Gõ tiếp.</p>"
    expect(first.locator(".two-texts")).to_have_count(0)
    theirs.press_sequentially(" Nữa.")
    press(second.locator(".two-texts [data-drop-mine]"))
    assert written(box(second, "text")) == "Cửa sổ một. Gõ tiếp."
    expect(second.locator(".two-texts")).to_have_count(0)


@pytest.mark.parametrize("gone", [settings.SESSION_COOKIE_NAME, re.compile(".*")], ids=["session", "every-cookie"])
def test_a_session_that_ended_loses_nothing_and_is_taken_up_in_another_window(office, sign_in, watch, gone):
    watch.expected = ["403"]
    page = sign_in("cd007.2", **DESK)
    text = open_section(page, "3.4")
    page.context.clear_cookies(name=gone)
    text.press_sequentially("Gõ khi phiên đã hết.")
    expect(status(page)).to_have_attribute("data-saved", "lost")
    with page.context.expect_page() as opened:
        status(page).get_by_role("link").click()
    other = opened.value
    other.locator("[name=login]").fill("cd007.2")
    other.locator("[name=password]").fill("hoa-gao-ben-song")
    other.locator("[name=password]").press("Enter")
    other.wait_for_url("**/")
    other.close()
    page.bring_to_front()
    page.evaluate("dispatchEvent(new Event('focus'))")
    saved_by_itself(page)
    assert stored("3.4") == "<p>Gõ khi phiên đã hết.</p>"


@pytest.mark.parametrize("status_code", [500, 502])
def test_a_server_that_fails_is_said_and_tried_again(office, enter, watch, status_code):
    watch.expected = [str(status_code)]
    page = enter("cd007.2", **DESK)
    text = open_section(page, "3.4")
    page.route("**/sections/3.4/", lambda route: route.fulfill(status=status_code, body="x"), times=1)
    text.press_sequentially("Máy chủ hỏng.")
    expect(status(page)).to_have_attribute("data-saved", "lost")
    assert page.evaluate(KEPT) == 1
    page.evaluate("dispatchEvent(new Event('online'))")
    saved_by_itself(page)
    assert stored("3.4") == "<p>Máy chủ hỏng.</p>"


def test_a_figure_not_sound_is_marked_kept_and_the_words_are_saved(office, enter):
    page = enter("cd007.2", **DESK)
    text = open_section(page, "2.1")
    page.locator("[name=figure-so_nguoi_tham_gia]").fill("1.234,5")
    with page.expect_response(lambda answer: "Thêm." in (answer.request.post_data or "")):  # none of half of it
        text.press_sequentially("Thêm. ")
    expect(status(page)).to_have_attribute("data-saved", "partly")
    expect(page.locator("[name=figure-so_nguoi_tham_gia]")).to_have_attribute("aria-invalid", "true")
    assert stored("2.1").startswith("<p>Thêm.")
    page.reload()
    page.locator("[data-take-kept]").click()
    expect(page.locator("[name=figure-so_nguoi_tham_gia]")).to_have_value("1.234,5")


def test_what_a_refused_page_says_of_a_figure_goes_with_its_mending(office, enter):
    page = enter("cd007.2", **DESK)
    open_section(page, "2.1")
    page.locator("[name=figure-so_lop]").fill("vài")
    page.locator("[name=figure-so_nguoi_tham_gia]").fill("đông")
    press(page.locator("button[name=go][value=stay]"))
    expect(page.locator(MARKED)).to_have_count(2)
    page.locator("[name=figure-so_lop]").fill("nhiều")
    page.locator("[name=figure-so_nguoi_tham_gia]").fill("5.240")
    expect(page.locator(MARKED)).to_contain_text(["“nhiều”"])
    expect(page.locator(".faults li")).to_have_count(0)
    page.locator("[name=figure-so_lop]").fill("8")
    saved_by_itself(page)
    expect(page.locator(f"{MARKED}, .faults, [aria-invalid=true]")).to_have_count(0)


def test_a_kept_figure_not_sound_brings_back_nothing_that_was_saved_anew_since(office, enter):
    page = enter("cd007.2", **DESK)
    text = open_section(page, "2.1")
    page.locator("[name=figure-so_nguoi_tham_gia]").fill("1.234,5")
    with page.expect_response(lambda answer: "Cũ." in (answer.request.post_data or "")):
        text.press_sequentially("Cũ. ")
    expect(status(page)).to_have_attribute("data-saved", "partly")
    page.reload()
    offer = page.locator(".two-texts")
    expect(offer.locator("tbody th")).to_have_count(1)
    expect(offer.locator("[data-take-kept]")).to_have_attribute("data-kind", "primary")
    box(page, "text").fill("Mới.")
    saved_by_itself(page)
    page.reload()
    expect(offer.locator("tbody th")).to_have_count(1)
    expect(offer.locator("[data-take-kept]:not([data-kind])")).to_be_visible()
    offer.locator("[data-take-kept]").click()
    expect(status(page)).to_have_attribute("data-saved", "partly")
    expect(page.locator("[name=figure-so_nguoi_tham_gia]")).to_have_value("1.234,5")
    assert stored("2.1") == "<p>Mới.</p>"
    page.locator("[name=figure-so_nguoi_tham_gia]").fill("5.240")
    saved_by_itself(page)
    assert page.evaluate(KEPT) == 0


def test_a_letter_typed_while_the_press_on_save_is_on_its_way_does_not_swallow_the_press(office, enter):
    page = enter("cd007.2", **DESK)
    text = open_section(page, "3.4")
    on_its_way = []
    page.route("**/sections/3.4/", lambda route: on_its_way.append(route), times=1)
    text.press_sequentially("Đã gõ.")
    with page.expect_navigation():
        with page.expect_request("**/sections/3.4/"):
            page.locator("button[name=go][value=stay]").click()
        text.press_sequentially(" Gõ thêm.")
        on_its_way.pop().continue_()
    expect(page.locator(".notice[data-tone=green]")).to_be_visible()
    assert stored("3.4") == "<p>Đã gõ. Gõ thêm.</p>"


def test_nothing_moves_under_a_mouse_that_is_down(office, enter):
    """What a save by itself shows waits until the mouse is up: a press keeps the button it began on."""
    page = enter("cd007.2", **DESK)
    open_section(page, "2.1")
    page.locator("[name=figure-so_nguoi_tham_gia]").fill("1.234,5")
    button = page.locator("button[name=go][value=stay]")
    button.scroll_into_view_if_needed()
    button.hover()
    place = button.bounding_box()
    with page.expect_response("**/sections/2.1/"):
        page.mouse.down()
    page.wait_for_load_state("networkidle")
    assert button.bounding_box() == place
    with page.expect_navigation():
        page.mouse.up()
    expect(page.get_by_role("alert").locator("a[href$='figure-so_nguoi_tham_gia']")).to_be_visible()


PASTES = {
    "word": (clipboards.WORD, clipboards.FROM_WORD),
    "libreoffice": (clipboards.WRITER, clipboards.FROM_WRITER),
    "google": (clipboards.GOOGLE, clipboards.FROM_GOOGLE),
    "zalo": (clipboards.ZALO, clipboards.FROM_ZALO),
}
PASTE = """(editor, [html, text]) => {
  const clipboard = new DataTransfer()
  clipboard.setData("text/html", html)
  clipboard.setData("text/plain", text)
  editor.focus()
  editor.dispatchEvent(new ClipboardEvent("paste", {clipboardData: clipboard, bubbles: true, cancelable: true}))
}"""


DROP = """(editor, html) => {
  const carried = new DataTransfer(), {left, top} = editor.getBoundingClientRect()
  carried.setData("text/html", html)
  carried.setData("text/plain", "x")
  const place = {clientX: left + 20, clientY: top + 20, bubbles: true, cancelable: true}
  editor.dispatchEvent(new DragEvent("drop", {dataTransfer: carried, ...place}))
}"""


def paste(text, html: str, plain: str = "x") -> None:
    text.evaluate(PASTE, [html, plain])


@pytest.mark.parametrize("program", PASTES)
def test_what_is_pasted_keeps_its_structure_and_drops_the_rest(office, enter, program):
    html, kept = PASTES[program]
    page = enter("cd007.2", **DESK)
    paste(open_section(page, "3.1"), html)
    saved_by_itself(page)
    assert stored("3.1") == kept


def test_a_paste_beyond_measure_is_refused_in_words_and_what_stood_there_stays(office, enter):
    page = enter("cd007.2", **DESK)
    text = open_section(page, "3.1")
    text.press_sequentially("Đã có.")
    paste(text, "<p>" + "a" * 10 * 2**20 + "</p>", "a" * 10 * 2**20)
    expect(page.locator(".rich-text .errors").first).not_to_be_empty()
    saved_by_itself(page)
    assert stored("3.1") == "<p>Đã có.</p>"


def test_on_a_phone_the_tools_take_one_row_and_saving_is_in_reach(office, enter):
    page = enter("cd007.2", **PHONE)
    text = open_section(page, "3.1")
    nothing_sideways(page)
    assert page.get_by_role("toolbar").first.bounding_box()["height"] < 60
    written_in = text.bounding_box()
    assert written_in["x"] + written_in["width"] < page.viewport_size["width"]
    expect(page.locator("button[name=go][value=next]")).to_be_in_viewport()
    text.tap()
    text.press_sequentially("Gõ trên điện thoại.")
    saved_by_itself(page)
    nothing_sideways(page)


@pytest.fixture
def empty_section(office, enter):
    page = enter("cd007.2", **DESK)
    return page, open_section(page, "3.1")


def test_every_clipboard_reads_the_same_in_the_editor_as_on_the_server(empty_section):
    page, text = empty_section
    differing = {}
    for name, html in clipboards.every():
        text.press("Control+a")
        text.press("Delete")
        paste(text, html)
        there = text.evaluate("it => it.editor.getHTML()")
        if clipboards.plainly(there) != clipboards.plainly(clean(html)):
            differing[name] = (there, clean(html))
    assert differing == {}
    saved_by_itself(page)


def test_what_a_paste_leaves_out_is_said(empty_section):
    _page, text = empty_section
    said = text.page.locator(".rich-text [role=status]").first
    paste(text, '<p>Ảnh: <img src="file:///a.png"> và <s>95%</s> 98%</p>')
    expect(said).to_contain_text("95%")
    expect(said).to_contain_text("…Ảnh:")
    paste(text, "<p>Không thiếu gì.</p>")
    expect(said).to_be_hidden()


LET_THROUGH = """(place, html) => {
  const box = place.querySelector("textarea")
  box.value = html
  box.dispatchEvent(new Event("input", {bubbles: true}))
}"""


def test_what_the_server_leaves_out_is_told_at_the_field_once_for_each_loss(empty_section):
    page, _text = empty_section
    place, said = page.locator("[data-rich-text]").first, page.locator("[data-left-out]").first
    place.evaluate(LET_THROUGH, "<p>Đạt <s>95%</s> 98%</p>")
    expect(said.locator("p")).to_have_text(["Đã bỏ, vì là chữ bị gạch ngang: “95%”."])
    saved_by_itself(page)
    assert stored("3.1") == "<p>Đạt 98%</p>"
    said.evaluate("it => it.replaceChildren()")
    with page.expect_response("**/sections/3.1/"):
        place.evaluate(LET_THROUGH, "<p>Đạt <s>95%</s> 98% kế hoạch</p>")
    saved_by_itself(page)
    assert stored("3.1") == "<p>Đạt 98% kế hoạch</p>"
    expect(said.locator("p")).to_have_count(0)
    place.evaluate(LET_THROUGH, "<p>Đạt <s>95%</s> 98% kế hoạch<s>, dự kiến</s></p>")
    expect(said.locator("p")).to_have_text(["Đã bỏ, vì là chữ bị gạch ngang: “95%”; “, dự kiến”."])


def test_what_is_dropped_into_the_text_tells_its_losses_like_a_paste(empty_section):
    page, text = empty_section
    text.evaluate(DROP, "<p>Ảnh: <img src=a.png></p>")
    expect(page.locator("[data-left-out]").first).to_contain_text("…Ảnh:")


def test_old_letters_without_a_font_are_offered_and_converted_at_a_press(empty_section):
    page, text = empty_section
    paste(text, "", "C«ng ®oµn c¬ së")
    said = page.locator(".rich-text [role=status]").first
    expect(said).to_contain_text("Công đoàn cơ sở")
    assert written(text) == "C«ng ®oµn c¬ së"
    said.get_by_role("button").click()
    assert written(text) == "Công đoàn cơ sở"
    saved_by_itself(page)
    assert stored("3.1") == "<p>Công đoàn cơ sở</p>"


def cells(page: Page, row: int) -> list[str]:
    boxes = page.locator(".rows tbody tr").nth(row).locator("textarea")
    return [boxes.nth(place).input_value() for place in range(boxes.count())]


RANGE = "2019\tVăn hóa\t12\t1.234,5\r\n" * 9 + '2020\t"Hai\ndòng"\t\t7\r\n'


WORD_TABLE = """<style>.old {font-family:.VnTime}</style><table><tr>
<td rowspan=2><p>Lớp</p><ol><li>Một<li>Hai</ol></td><td>10<sup>6</sup></td><td><s>95%</s> 98%</td>
</tr><tr><td>x</td><td class=old>B¸o c¸o</td></tr></table>"""


def test_a_range_of_excel_fills_rows_and_columns_of_a_table_and_can_be_taken_back(office, enter):
    page = enter("cd007.2", **DESK)
    page.goto(section("2.1"))
    table = page.locator("table[data-paste-rows]").first
    shown = table.locator("tbody tr").count()
    stood = [cells(page, row) for row in range(shown)]
    first = table.locator("textarea").first
    paste(first, "<table><tr><td>x</td></tr></table>", RANGE)
    assert table.locator("tbody tr").count() >= 10
    assert cells(page, 0) == ["2019", "Văn hóa", "12", "1.234,5"]
    assert cells(page, 9) == ["2020", "Hai\ndòng", "", "7"]
    saved_by_itself(page)
    said = page.locator("[data-pasted-said]").first
    said.get_by_role("button").click()
    assert [cells(page, row) for row in range(shown)] == stood
    paste(first, "", "01\tA\tB\tC\tD\t\t\n02\tE\tF\tG\tH\t\t\n\tCộng\t\t\t9\t\t\n")  # ordinals, blank columns
    assert [cells(page, row) for row in range(3)] == [list("ABCD"), list("EFGH"), ["Cộng", "", "", "9"]]
    said.get_by_role("button").click()
    paste(first, WORD_TABLE, "Lớp\n1. Một\n2. Hai\t10\n\tx\tNăm\n")
    assert [cells(page, row)[:3] for row in range(2)] == [["Lớp\n1. Một\n2. Hai", "10⁶", "98%"], ["", "x", "Báo cáo"]]
    expect(said).to_contain_text("95%")
    expect(said).to_contain_text("TCVN3")
    said.get_by_role("button").click()
    assert [cells(page, row) for row in range(shown)] == stood
    paste(first, '<p style="font-family:.VnTime">C«ng ®oµn 10<sup>6</sup></p>', "C«ng ®oµn 106")  # one cell alone
    expect(first).to_have_value("Công đoàn 10⁶")
    expect(said).to_contain_text("TCVN3")
    said.get_by_role("button").click()
    assert [cells(page, row) for row in range(shown)] == stood
    paste(first, "", "1\t2\t3\t4\t5\n1\t2\t3\t4\t9")
    expect(said).to_contain_text("5")
    assert [cells(page, row) for row in range(shown)] == stood
    paste(first, "", "a\tb\n" * 201)
    expect(said).to_contain_text("200")
    assert [cells(page, row) for row in range(shown)] == stood

"""Rich text: what stays, what goes, and that cleaning twice changes nothing."""

import unicodedata

import pytest
from django import forms
from hypothesis import given
from hypothesis import strategies as st

from documents.content.plain_blocks import rewritten
from documents.content.rich_text_field import RichTextField, RichTextWidget
from documents.content.richtext import MAX_CHARACTERS, TooLong, clean, from_plain, is_blank, to_plain
from tests.browser.kit import clipboards


def test_the_structure_of_a_report_is_kept():
    text = (
        "<h3>Kết quả</h3><p>Đã tổ chức <strong>12</strong> lớp, <em>đạt</em><br>98,5%</p><ul><li>một</li></ul>"
        '<ol><li>hai</li></ol><table><thead><tr><th colspan="2">TT</th></tr></thead><tbody><tr>'
        '<td rowspan="3">1</td><td>x</td></tr></tbody></table>'
    )
    assert clean(text) == text


def test_bold_and_italic_get_their_proper_names_and_big_headings_become_small():
    assert clean("<b>đậm</b> <i>nghiêng</i>") == "<strong>đậm</strong> <em>nghiêng</em>"
    assert clean("<h1>Phần</h1><h5>mục</h5><div>đoạn</div>") == "<h3>Phần</h3><h4>mục</h4><p>đoạn</p>"


def test_what_word_pastes_comes_down_to_its_words():
    pasted = (
        "<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->"
        "<style>p.MsoNormal {mso-style-unhide:no}</style>"
        '<p class="MsoNormal" style="margin:0;mso-line-height-rule:exactly"><font face=".VnTime" size="4">'
        '<span lang="VI" style="color:red">Kết quả<o:p></o:p></span></font></p>'
        '<p class="MsoNormal"><o:p>&nbsp;</o:p></p>'
    )
    assert clean(pasted) == "<p>Kết quả</p>"


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>a<script>alert(1)</script>b</p>", "<p>ab</p>"),
        ("<p onclick=alert(1) style=color:red class=x id=y>a</p>", "<p>a</p>"),
        ('<p><a href="javascript:alert(1)">liên kết</a></p>', "<p>liên kết</p>"),
        ("<p><img src=x onerror=alert(1)>ảnh</p>", "<p>ảnh</p>"),
        ("<svg><script>alert(1)</script></svg><p>a</p>", "<p>a</p>"),
        ("<iframe src=//evil></iframe>", ""),
        ("<p>1 < 2 & 3 > 2</p>", "<p>1 &lt; 2 &amp; 3 &gt; 2</p>"),
        ("&lt;script&gt;alert(1)&lt;/script&gt;", "&lt;script&gt;alert(1)&lt;/script&gt;"),
        ("<table><tr><td colspan=javascript:1 rowspan=-2>a</td></tr></table>",
         "<table><tbody><tr><td>a</td></tr></tbody></table>"),
        ("<p>a<!-- <script>x</script> --></p>", "<p>a</p>"),
        ("<p>chưa đóng <strong>thẻ", "<p>chưa đóng <strong>thẻ</strong></p>"),
        ("", ""),
    ],
)  # fmt: skip
def test_everything_else_is_dropped(html, left):
    assert clean(html) == left


def test_text_is_stored_composed_with_ordinary_spaces():
    assert clean(f"<p>{unicodedata.normalize('NFD', 'Công đoàn')}&nbsp;quận&#8203;</p>") == "<p>Công đoàn quận</p>"
    assert clean("<p>a&#x301;</p>") == "<p>á</p>"


@pytest.mark.parametrize(
    ("html", "left"),
    [
        ("<p>C«ng ®oµn <b>Tr\u00adê</b>ng häc</p>", "<p>C«ng ®oµn <strong>Tr\u00adê</strong>ng häc</p>"),
        ("<p>C«ng ®oµn</p><p>nh\u00ad</p><p>b\u00d0</p>", "<p>C«ng ®oµn</p><p>nh\u00ad</p><p>b\u00d0</p>"),
        ("<p>C«ng ®oµn</p><p>Công đo\u00adàn</p>", "<p>C«ng ®oµn</p><p>Công đoàn</p>"),
        ("<p>Đã xin th\u00ada, inter\u00adnet</p>", "<p>Đã xin tha, internet</p>"),
    ],
)
def test_what_unicode_does_not_show_stays_while_it_is_a_letter_of_an_old_font(html, left):
    assert clean(html) == clean(left) == left


def test_a_plain_box_keeps_every_old_letter_until_it_is_converted():
    assert from_plain("C«ng ®oµn Tr\u00adêng\nnh\u00ad") == "<p>C«ng ®oµn Tr\u00adêng<br>nh\u00ad</p>"


def test_the_private_letters_of_a_font_of_symbols_become_the_signs_they_show():
    assert clean("<p>\uf0b7 Một \uf0e0 \uf0fe hai \uf001 \uf02d</p>") == "<p>• Một → ☑ hai \uf001 -</p>"


def test_a_mark_that_would_eat_a_bracket_makes_no_markup():
    assert "script" not in clean("<p>\u0338</p><script>x</script>")


def test_a_text_beyond_measure_is_refused():
    with pytest.raises(TooLong):
        clean("a" * (MAX_CHARACTERS + 1))


@pytest.mark.parametrize("markup", ["<b><p>", "<td>x", "<div>x</div>"])
def test_markup_beyond_measure_is_refused(markup):
    with pytest.raises(TooLong):
        clean(markup * 15_000)


def test_a_deep_nest_is_cleaned_all_the_same():
    assert "x" in clean("<ul><li>" * 2000 + "x")


FRAGMENTS = st.sampled_from(
    ["<p>", "</p>", "<b>", "</b>", "<i>", "<div>", "</div>", "<table>", "<tr>", "<td>", "</td>", "</table>", "<ul>",
     "<li>", "</ul>", "<h1>", "</h1>", "<script>", "</script>", "<svg>", "</svg>", "<math>", "<style>", "</style>",
     "<br>", "<!--", "-->", "&lt;", "&nbsp;", "&#x301;", "<a href='javascript:x'>", "<select>", "<textarea>",
     "<td colspan=3>", "a", "é", "\u0301", "\u0338", "\u200b", " ", "\n", "<", ">", "&", "- ", "1. ", "|", "### "]
)  # fmt: skip
MARKUP = st.one_of(st.text(), st.lists(FRAGMENTS, max_size=30).map("".join))


@given(MARKUP)
def test_cleaning_twice_changes_nothing(html):
    assert clean(clean(html)) == clean(html)


@given(MARKUP)
def test_nothing_but_the_allowed_tags_is_ever_left(html):
    left = clean(html)
    assert "<script" not in left
    assert "<svg" not in left
    assert "javascript:x" not in left


def test_a_plain_box_makes_paragraphs_lists_headings_and_rows():
    typed = (
        "### Kết quả\r\nDòng một\r\ndòng hai\r\n\r\n- một\r\n- hai\r\n1. a\r\n2. b\r\n\r\n| TT | Tên |\r\n| 1 | Lớp |"
    )
    assert from_plain(typed) == (
        "<h3>Kết quả</h3><p>Dòng một<br>dòng hai</p><ul><li>một</li><li>hai</li></ul><ol><li>a</li><li>b</li></ol>"
        "<table><tbody><tr><td>TT</td><td>Tên</td></tr><tr><td>1</td><td>Lớp</td></tr></tbody></table>"
    )


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("● a\n● b", "<ul><li>a</li><li>b</li></ul>"),
        ("– a\n– b", "<ul><li>a</li><li>b</li></ul>"),
        ("\uf0b7\ta\n\uf0b7\tb", "<ul><li>a</li><li>b</li></ul>"),
        ("1. a\n- b\n2. c", '<ol><li>a</li></ol><ul><li>b</li></ul><ol start="2"><li>c</li></ol>'),
    ],
)
def test_a_plain_box_knows_the_bullets_of_telephones_and_goes_on_behind_them(text, html):
    assert from_plain(text) == html
    assert from_plain(to_plain(html)) == html


def test_what_is_typed_into_a_plain_box_is_only_text():
    assert (
        from_plain("<script>alert(1)</script> & <b>") == "<p>&lt;script&gt;alert(1)&lt;/script&gt; &amp; &lt;b&gt;</p>"
    )
    assert from_plain("") == from_plain(" \n\n ") == ""


@pytest.mark.parametrize("sentence", ["2021. Năm bản lề", "12. điều", "-3 độ", "1.234 người", "#1", "#hashtag"])
def test_a_sentence_is_not_taken_for_a_list(sentence):
    assert from_plain(sentence) == f"<p>{sentence}</p>"


def test_a_plain_box_shows_the_text_without_its_bold():
    html = "<h4>Mục</h4><p>Đã mở <strong>12</strong> lớp<br>&lt;tốt&gt;</p><ol><li>a</li><li><p>b</p></li></ol>"
    assert to_plain(html) == "#### Mục\n\nĐã mở 12 lớp\n<tốt>\n\n1. a\n2. b"
    assert to_plain("<table><tbody><tr><td>1</td><td>a<br>b</td></tr></tbody></table>") == "| 1 | a b |"
    assert to_plain("<table><tr><td>a|b</td><td></td></tr></table>") == "| a¦b |  |"
    assert to_plain("") == ""


words = st.text("aăđế .,;5", min_size=1, max_size=12).map(str.strip).filter(lambda w: w and w[0].isalpha())
lines = st.lists(words, min_size=1, max_size=4)
blocks = st.one_of(
    lines.map(lambda ls: "<p>" + "<br>".join(ls) + "</p>"),
    lines.map(lambda ls: "<ul>" + "".join(f"<li>{w}</li>" for w in ls) + "</ul>"),
    lines.map(lambda ls: "<ol>" + "".join(f"<li>{w}</li>" for w in ls) + "</ol>"),
    words.map(lambda w: f"<h3>{w}</h3>"),
    lines.map(lambda ls: "<table><tbody><tr>" + "".join(f"<td>{w}</td>" for w in ls) + "</tr></tbody></table>"),
)


def single_spaced(html):
    return " ".join(html.split())


@given(st.lists(blocks, max_size=6))
def test_blocks_survive_the_plain_box(parts):
    html = single_spaced(clean("".join(parts)))
    assert from_plain(to_plain(html)) == html


@given(MARKUP)
def test_the_plain_box_is_stable_once_saved(html):
    saved = from_plain(to_plain(html))
    assert from_plain(to_plain(saved)) == saved


@pytest.mark.parametrize(
    "html", ["", "<p></p>", "<p> &nbsp;<br></p>", "<p>\u200b</p>", "<ul><li></li></ul>", "<script>x</script>"]
)
def test_what_shows_nothing_is_blank(html):
    assert is_blank(html)


@pytest.mark.parametrize("html", ["<p>0</p>", "-", "<td>x</td>"])
def test_what_shows_anything_is_not_blank(html):
    assert not is_blank(html)


def test_the_items_of_a_list_in_word_become_a_list_on_the_server_too():
    assert clean(clipboards.WORD) == clipboards.FROM_WORD


@pytest.mark.parametrize(
    "hostile",
    ["<p style='mso-list:l0 level1'>" * 6000, "<p mso-list" * 18_000, "mso-list<![if !supportLists]>" * 6000,
     "<p style='mso-list:l0 level1'>" + "<![if !supportLists]>" * 9000 + "</p>"],
)  # fmt: skip
def test_a_hostile_list_of_word_leaves_no_markup(hostile):
    assert "style" not in clean(hostile)


STORED = (
    "<h3>Kết quả</h3><p>Đã mở <strong>12</strong> lớp.</p>"
    '<table><thead><tr><th colspan="2">Năm</th></tr></thead><tbody><tr><td>Lớp</td><td>12</td></tr></tbody></table>'
    "<ul><li>một<ul><li>một <em>một</em></li></ul></li></ul><p>Hết.</p>"
)


def test_a_plain_box_changes_only_the_blocks_that_were_changed():
    typed = to_plain(STORED).replace("Hết.", "Chưa hết.").replace("\n", "\r\n")
    assert rewritten(typed, STORED) == STORED.replace("Hết.", "Chưa hết.")
    moved = "Hết.\n\n" + to_plain(STORED).removesuffix("Hết.")
    assert rewritten(moved, STORED) == "<p>Hết.</p>" + STORED.removesuffix("<p>Hết.</p>")
    table = to_plain(STORED).replace("| Lớp | 12 |", "| Lớp | 13 |")
    assert "<td>13</td>" in rewritten(table, STORED)
    assert "<strong>12</strong>" in rewritten(table, STORED)
    assert rewritten("", STORED) == ""


@given(st.lists(blocks, max_size=6))
def test_a_plain_box_left_alone_changes_nothing(parts):
    html = clean("".join(parts))
    assert rewritten(to_plain(html), html) == html


@given(MARKUP, MARKUP)
def test_what_comes_out_of_a_plain_box_is_always_clean(text, stored):
    written = rewritten(text, clean(stored))
    assert clean(written) == written


@pytest.mark.parametrize(
    ("typed", "html"),
    [
        ("a) Một\nb) Hai\nc) Ba\nd) Bốn\nđ) Năm\ne) Sáu",
         '<ol type="a"><li>Một</li><li>Hai</li><li>Ba</li><li>Bốn</li></ol>'
         '<ol start="5" type="đ"><li>Năm</li><li>Sáu</li></ol>'),
        ("3. Nữ công\n4. Tài chính", '<ol start="3"><li>Nữ công</li><li>Tài chính</li></ol>'),
        ("1. Một\n5. Năm", "<ol><li>Một</li></ol><p>5. Năm</p>"),
        ("i. Một\nii. Hai", '<ol type="i"><li>Một</li><li>Hai</li></ol>'),
        ("I. KẾT QUẢ", "<p>I. KẾT QUẢ</p>"),
        ("b) Như trên", "<p>b) Như trên</p>"),
    ],
)  # fmt: skip
def test_a_plain_box_never_changes_a_number(typed, html):
    assert from_plain(typed) == html
    assert to_plain(html).replace("\n\n", "\n") == typed


def test_numbers_of_a_list_come_through_the_plain_box():
    html = '<ol start="3" type="i"><li>Ba</li><li>Bốn</li></ol><p>Giữa.</p><ol start="9"><li>Chín</li></ol>'
    assert rewritten(to_plain(html), html) == html
    assert rewritten(to_plain(html).replace("Giữa", "Ở giữa"), html) == html.replace("Giữa", "Ở giữa")


def test_old_letters_in_a_plain_box_are_offered_and_converted_only_when_asked():
    typed = {"text": "C«ng ®oµn c¬ së\nHäp 2 lÇn", "text-form": "plain"}
    widget = RichTextWidget()
    said = widget.get_context("text", widget.value_from_datadict(typed, {}, "text"), {})["old_letters"]
    assert said == {"encoding": "TCVN3", "before": "C«ng ®oµn c¬ së", "after": "Công đoàn cơ sở"}
    assert widget.value_from_datadict(typed, {}, "text").text == typed["text"]
    converted = widget.value_from_datadict(typed | {"text-convert": "1"}, {}, "text")
    assert converted.text == "Công đoàn cơ sở\nHọp 2 lần"
    assert widget.get_context("text", converted, {})["old_letters"] == {}


def test_what_was_typed_is_cleaned_once_for_the_field_and_for_the_page_that_shows_it_again():
    class Form(forms.Form):
        text = RichTextField()

    form = Form({"text": "<p>Một<script>x</script></p>", "text-form": "html"})
    assert form.is_valid()
    assert form["text"].value() is form["text"].value()
    assert vars(form["text"].value())["cleaned"][0] == form.cleaned_data["text"] == "<p>Một</p>"
    form.data = {"text": "<p>Hai</p>", "text-form": "html"}
    assert form["text"].value().text == "<p>Hai</p>"


def test_items_without_a_list_are_put_into_one_however_clean():
    assert clean("<p>a</p><li>b</li><li>c</li>") == "<p>a</p><ul><li><p>b</p></li><li><p>c</p></li></ul>"
    assert clean("<ol><li>a</li><li>b</li></ol>") == "<ol><li>a</li><li>b</li></ol>"

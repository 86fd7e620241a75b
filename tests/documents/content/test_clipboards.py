"""Each clipboard that came out wrong once, and more of its kind: what must stand there afterwards."""

import pytest

from documents.content.richtext import clean
from intake.pasted import converted
from tests.browser.kit.clipboards import FOLDER, every

WANTED = {path.name.removesuffix(".want.txt"): path.read_text("utf-8").strip() for path in FOLDER.glob("*.want.txt")}
SAID_IN_WORDS = {  # wants that are sentences, and what we make of them
    "broken-by-a-paragraph": '<ol><li><p>Một</p></li></ol><p>Giải thích.</p><ol start="2"><li><p>Hai</p></li></ol>',
    "letters": '<ol type="a"><li><p>Tổ chức học tập</p></li><li><p>Tuyên truyền</p></li></ol><p>Như điểm b.</p>',
    "starts-at-3": '<ol start="3"><li><p>Nữ công</p></li><li><p>Tài chính</p></li></ol>',
    "struck-out": "<p>Đạt 98%</p>",
    "superscript": "<p>Kinh phí 5.10⁶ đồng</p>",
    "tcvn3": "<p>Công đoàn cơ sở</p>",
    "word-online": "<ol><li><p>Một</p></li><li><p>Hai</p></li><li><p>Ba</p></li></ol>",
}


@pytest.mark.parametrize("name", sorted(WANTED))
def test_a_clipboard_comes_to_what_it_means(name):
    assert clean((FOLDER / f"{name}.html").read_text("utf-8")) == SAID_IN_WORDS.get(name, WANTED[name])


@pytest.mark.parametrize(("name", "html"), [pytest.param(*it, id=it[0]) for it in every()])
def test_what_was_taken_is_not_taken_apart_again(name, html):
    assert clean(clean(html)) == clean(html)


def test_the_words_of_a_row_that_was_left_out_are_told_apart():
    losses = converted("<table><tr><td>0</td></tr><tr style='text-decoration:line-through'><td>1<td>A</table>").losses
    assert losses.words == {"struck": ["1 A"]}


@pytest.mark.parametrize(
    ("html", "said"),
    [
        ("<p>Ảnh: <img src=a.png></p>", {"pictures": 1}),
        ("<p>a<svg><path/></svg>b</p>", {"pictures": 1}),
        ("<p>a<object data=bang.xlsx>x</object><math><mi>x</mi></math><video src=x></video>b</p>", {"objects": 3}),
        ("<object><table><tr><td>a<td>b</table></object>", {}),
        ('<p>Vui <img alt="😀" src=x></p>', {}),
        ('<p>a<img width=1 height=1 src=x></p>', {}),
        ("<p><s>95%</s> 98%</p>", {"struck": 1}),
        ('<p><span style="text-decoration: underline line-through">95%</span> 98%</p>', {"struck": 1}),
        ("<p><del>95%</del> 98%</p>", {"deleted": 1}),
        ("<p>a<span style='mso-hide:all'>b</span></p>", {"hidden": 1}),
        ("<style>.x{display:none}</style><p>a<span class=x>b</span></p>", {"hidden": 1}),
        ("<p>a<span style='font-size:0.0pt'>b</span><i style='opacity:.05;font:7.0pt Arial'>c</i></p>", {"hidden": 1}),
        ("<p>a<span style='font:0px Arial'>b</span><span style='display:/*x*/none'>c</span></p>", {"hidden": 2}),
        ("<p>a<i style='color:transparent'>b</i><i style='background-color:transparent'>c</i></p>", {"hidden": 1}),
        ("<p>a<span style='overflow:hidden;max-height:0'>b</span><i style='line-height:0'>c</i></p>", {"hidden": 1}),
        ("<style>span{display:none}</style><p>a<span>b</span><span style='display:inline'>c</span></p>", {"hidden": 1}),
        ("<style>p.x i.y.z{display:none}</style><p class=x>a<i class='z y'>b</i><i class=y>c</i></p>", {"hidden": 1}),
        ("<style>#n,p>i{display:none}</style><p>a<span id=N>b</span><i>c</i></p>", {"hidden": 1}),
        ("<style>.x{display:none!important}</style><p>a<i class=x style='display:inline'>b</i></p>", {"hidden": 1}),
        ("<style>sup{vertical-align:baseline}</style><p>10<sup>6</sup></p>", {}),
        ("<style>@media print{.x{display:none}}</style><p>a<span class=x>b</span></p>", {}),
        ("<p>a<span style='font-family:Wingdings'>Ä</span></p>", {"symbols": 1}),
        ("<p>a<span style='font-family:Symbol'>³</span></p>", {}),
        ("<p>a <b>\uf0e0</b> \uf001</p>", {"symbols": 1}),
        ("<p>a <input type=submit value=x><input type=hidden value=x></p>", {}),
        ((FOLDER / "formulas-of-katex.html").read_text("utf-8"), {"objects": 1}),
        ("<p style='color:#fff'>ẩn <b style='color:#000'>thấy</b> ẩn</p>", {"hidden": 2}),
        ("<p>Không thiếu gì.</p>", {}),
    ],
)  # fmt: skip
def test_no_loss_is_silent(html, said):
    losses = converted(html).losses
    assert dict(losses.counts) == said
    assert len(losses.sentences()) == len(said)

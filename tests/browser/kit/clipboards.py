"""What programs of an office put on the clipboard, as they write it."""

from collections.abc import Iterator
from pathlib import Path

FOLDER = Path(__file__).parents[2] / "documents" / "content" / "clipboards"


def every() -> Iterator[tuple[str, str]]:
    """(name, HTML) of all of them."""
    yield from ((path.stem, path.read_text(encoding="utf-8")) for path in sorted(FOLDER.glob("*.html")))
    yield from (("word", WORD), ("libreoffice", WRITER), ("google", GOOGLE), ("zalo", ZALO))


def plainly(html: str) -> str:
    """Without the paragraphs that an editor puts around words standing alone in a cell, or into an empty item."""
    for cell in ("td", "th"):
        html = html.replace(f"</p></{cell}>", f"</{cell}>").replace(f"<{cell}><p>", f"<{cell}>")
    return html.replace("<li><p></p></li>", "<li></li>")


WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word">
<head><meta name=Generator content="Microsoft Word 15"><style><!--
p.MsoNormal {margin:0cm; font-family:"Times New Roman",serif;} @list l0 {mso-list-id:1;}
--></style><!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]--></head>
<body lang=VI style='tab-interval:36.0pt'><!--StartFragment-->
<h1 style='margin:0cm'><span lang=VI>Kết quả<o:p></o:p></span></h1>
<p class=MsoNormal style='text-indent:36.0pt'><b><span lang=VI style='font-size:14.0pt'>Đã mở 12 lớp</span></b><span
lang=VI>, <i>đạt 98,5%</i>.<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><!--[if !supportLists]--><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><!--[endif]--><span lang=VI>Quyên góp sách<o:p></o:p></span></p>
<p class=MsoListParagraphCxSpMiddle style='margin-left:72.0pt;mso-list:l0 level2 lfo1'><!--[if !supportLists]--><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><!--[endif]-->1.150 đầu sách<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>·<span>&nbsp; </span></span><![endif]>Góc đọc sách</p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>Thứ nhất</p>
<p class=MsoListParagraph style='text-indent:-18.0pt;mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>2.<span>&nbsp; </span></span><![endif]>Thứ hai</p>
<table class=MsoTableGrid border=1 style='border-collapse:collapse'><tr style='mso-yfti-irow:0'>
<td width=100 colspan=2 style='width:75.0pt'><p class=MsoNormal>Năm 2020<o:p></o:p></p></td></tr>
<tr><td><p class=MsoNormal>Lớp</p></td><td><p class=MsoNormal>12</p></td></tr></table>
<p class=MsoNormal><a href="https://vidu.vn" onclick="x()">Liên kết</a> <img src="file:///C:/anh.png"></p>
<!--EndFragment--></body></html>"""
FROM_WORD = (
    "<h3>Kết quả</h3><p><strong>Đã mở 12 lớp</strong>, <em>đạt 98,5%</em>.</p>"
    "<ul><li><p>Quyên góp sách</p><ul><li><p>1.150 đầu sách</p></li></ul></li><li><p>Góc đọc sách</p></li></ul>"
    "<ol><li><p>Thứ nhất</p></li><li><p>Thứ hai</p></li></ol>"
    '<table><tbody><tr><td colspan="2"><p>Năm 2020</p></td></tr>'
    "<tr><td><p>Lớp</p></td><td><p>12</p></td></tr></tbody></table><p>Liên kết</p>"
)

WRITER = """<!DOCTYPE html><html><head><title></title><style type="text/css">p { margin-bottom: 0.25cm }</style></head>
<body lang="vi-VN" link="#000080"><p style="line-height: 100%"><font face="Liberation Serif"><b>Đậm</b> và
<i>nghiêng</i></font></p><ol><li><p>Một</p><ol><li><p>Một một</p></li></ol></li><li><p>Hai</p></li></ol>
<table width="100%" cellpadding="4"><col width="128*"><tr valign="top"><td><p>Ô 1</p></td><td><p>Ô 2</p></td></tr>
</table></body></html>"""
FROM_WRITER = (
    "<p><strong>Đậm</strong> và <em>nghiêng</em></p>"
    "<ol><li><p>Một</p><ol><li><p>Một một</p></li></ol></li><li><p>Hai</p></li></ol>"
    "<table><tbody><tr><td><p>Ô 1</p></td><td><p>Ô 2</p></td></tr></tbody></table>"
)

GOOGLE = """<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1"><p dir="ltr"
style="line-height:1.38"><span style="font-size:11pt;font-weight:400">Thường, </span><span
style="font-weight:700;font-style:italic">đậm nghiêng</span></p><ul style="margin-top:0"><li dir="ltr"
aria-level="1"><p dir="ltr" role="presentation"><span style="font-weight:400">Một</span></p></li><ul><li dir="ltr"
aria-level="2"><p dir="ltr"><span>Một một</span></p></li></ul></ul></b><br class="Apple-interchange-newline">"""
FROM_GOOGLE = (
    "<p>Thường, <strong><em>đậm nghiêng</em></strong></p><ul><li><p>Một</p><ul><li><p>Một một</p></li></ul></li></ul>"
)

ZALO = """<div><div class="card-text" data-z="1"><span id="mtc-1"><span class="text">Báo cáo anh:</span><br><span
class="text">- đã họp tổ</span></span></div><div><span>Chiều gửi biên bản</span></div></div>"""
FROM_ZALO = "<p>Báo cáo anh:<br>- đã họp tổ</p><p>Chiều gửi biên bản</p>"

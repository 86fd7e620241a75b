"""Fields of Word, however they are split and nested: those that act or fetch are refused."""

from xml.sax.saxutils import escape, quoteattr

import pytest

from intake.uploads import FileKind
from tests.intake.making import accepted, refusal, word_with

BEGIN, SEPARATE, END = (f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in ("begin", "separate", "end"))


def code(text, element="instrText"):
    return f"<w:r><w:{element}>{escape(text)}</w:{element}></w:r>"


def field(*texts, shown="chữ"):
    return BEGIN + "".join(map(code, texts)) + SEPARATE + code(shown, "t") + END


def simple(text):
    return f"<w:fldSimple w:instr={quoteattr(text)}><w:r><w:t>chữ</w:t></w:r></w:fldSimple>"


def document(body, part="word/document.xml", prefix="w"):
    text = f'<w:document xmlns:w="urn:w"><w:body><w:p>{body}</w:p></w:body></w:document>'
    return word_with({part: text.replace("w:", f"{prefix}:").replace(":w=", f":{prefix}=")})


CODES = {
    r' DDEAUTO c:\\windows\\system32\\cmd.exe "/k calc" ': "DDEAUTO",
    'dde Excel "C:\\\\a.xlsx" R1C1': "DDE",
    '"DDE" cmd "/c calc"': "DDE",
    r'LINK Excel.Sheet.12 "C:\\So lieu\\a.xlsx" "Sheet1!R1C1" \a \f 0': "LINK",
    r'DATABASE \d "C:\\a.mdb" \c "DSN=x" \s "SELECT 1"': "DATABASE",
    r'INCLUDEPICTURE "https://example.org/a.png" \d': "INCLUDEPICTURE",
    r"INCLUDEPICTURE \d https://example.org/a.png": "INCLUDEPICTURE",
    r'includepicture "\\\\server\\share\\a.png"': "INCLUDEPICTURE",
    r'INCLUDEPICTURE "file:////server/share/a.png"': "INCLUDEPICTURE",
    r"INCLUDEPICTURE “http://example.org/a.png”": "INCLUDEPICTURE",
    r'INCLUDETEXT "http://example.org/a.docx"': "INCLUDETEXT",
    r'INCLUDE "//server/a.docx"': "INCLUDE",
    r'IMPORT "https://example.org/a.png"': "IMPORT",
    r'RD "\\\\server\\a.docx" \f': "RD",
}


def refused_field(keyword):
    return (
        f"The file holds a field that starts a program or fetches from outside ({keyword}). In Word, click it, press"
        " Ctrl+Shift+F9 to keep only its text, save and send the file again."
    )


@pytest.mark.parametrize("text", CODES)
def test_fields_that_act_are_refused_in_one_piece_and_in_many(text):
    middle = len(text) // 2
    ways = [
        field(text),
        field(*text),
        field(text[:middle], text[middle:]),
        field(text[:2], "", text[2:]) + field("PAGE"),
        BEGIN + code(text) + END,
        BEGIN + code(text),
        code(text),
        BEGIN + code(text[:2]) + code(text[2:], "t") + SEPARATE + END,
        BEGIN + code(text, "delInstrText") + SEPARATE + END,
        BEGIN + code("IF 1 = 1 ") + field(text) + SEPARATE + END,
        BEGIN + code("PAGE") + SEPARATE + field(text) + END,
        simple(text),
        field("PAGE") + simple(text),
    ]
    for way in ways:
        assert refusal(document(way), "a.docx") == refused_field(CODES[text]), way


@pytest.mark.parametrize(
    "part", ["word/header1.xml", "word/footnotes.xml", "word/comments.xml", "word/glossary/document.xml"]
)
def test_fields_are_looked_for_in_every_part(part):
    assert refusal(document(field("DDE cmd"), part), "a.docx") == refused_field("DDE")
    assert refusal(document(field("DDE cmd"), part, prefix="ns0"), "a.docx") == refused_field("DDE")


def test_letters_written_as_numbers_are_letters():
    hidden = document(BEGIN + "<w:r><w:instrText>&#68;D<![CDATA[E]]> cmd</w:instrText></w:r>" + END)
    assert refusal(hidden, "a.docx") == refused_field("DDE")


def test_a_field_whose_name_comes_from_another_is_refused():
    made = BEGIN + field("QUOTE 68 68 69") + code(" cmd") + END
    half = BEGIN + code("DD") + field("QUOTE 69") + code(" cmd") + END
    picture = BEGIN + code("INCLUDEPICTURE ") + field("QUOTE 104 116 116 112") + END
    assert refusal(document(made), "a.docx") == refused_field("QUOTE")
    assert refusal(document(half), "a.docx") == refused_field("DD")
    assert refusal(document(picture), "a.docx") == refused_field("INCLUDEPICTURE")


@pytest.mark.parametrize(
    "text",
    [
        "PAGE", r"PAGE \* MERGEFORMAT", r'TOC \o "1-3" \h \z \u', "NUMPAGES", r'DATE \@ "dd/MM/yyyy"', "REF DDE", "",
        r'HYPERLINK "https://example.org/DDEAUTO"',
        r'HYPERLINK "https://a.vn" \l "muc1" \o "setup.exe" \t "_blank"',
        r'HYPERLINK \l "x.exe" \o "tip.bat"', r'HYPERLINK \o "setup.exe" "https://a.vn"',
        r'HYPERLINK "\\\\server\\chung\\a.docx"', "MERGEFIELD DDE",
        "DDENGHI",
        r'INCLUDEPICTURE "C:\\Users\\An\\anh.png" \* MERGEFORMATINET',
        r'INCLUDEPICTURE "cid:image001.png@01D9" \* MERGEFORMAT',
        r"INCLUDEPICTURE anh.png \d", r'INCLUDEPICTURE "file:///C:/Users/An/anh.png"', r'INCLUDETEXT "phu-luc.docx"',
        "= SUM(ABOVE)", "MACROBUTTON NoMacro [Nhập tên]", "FORMTEXT", r'QUOTE "DDE cmd"', r'SEQ Bảng \* ARABIC',
    ],
)  # fmt: skip
def test_everyday_fields_are_let_be(text):
    for way in (field(text), field(*text), simple(text), BEGIN + code(text) + END):
        assert accepted(document(way), "a.docx") is FileKind.DOCX


@pytest.mark.parametrize(
    "text",
    [
        r'HYPERLINK "{}"', r'HYPERLINK \l "a" "{}"', r'hyperlink \L a {}', r'HYPERLINK \o "tip" \t "_blank" "{}" \n',
        r'HYPERLINK \la "{}"', r'HYPERLINK \n "{}"',
    ],
)  # fmt: skip
def test_a_link_to_a_program_is_refused_whatever_switches_stand_before_it(text):
    refused = refusal(document(field(text.format(r"C:\\x.exe"))), "a.docx")
    assert refused == (
        r"The file holds a link that would run a command (C:\\x.exe). Remove that link and send the file again."
    )


def test_a_link_that_does_nothing_may_not_be_told_more_by_another_field():
    assert accepted(document(field('HYPERLINK "javascript:;"')), "a.docx") is FileKind.DOCX
    more = BEGIN + code('HYPERLINK "javascript:;') + field("QUOTE 120") + code('"') + SEPARATE + END
    assert refusal(document(more), "a.docx").startswith("The file holds a link that would run a command")


def test_fields_may_nest_as_offices_nest_them():
    last = BEGIN + code("IF ") + field("PAGE") + code(" = ") + field("NUMPAGES") + code(' "Hết" ""') + SEPARATE + END
    total = BEGIN + code("= ") + field("PAGE") + code(" - 1") + SEPARATE + END
    tight = BEGIN + code("IF") + field("PAGE") + code('=1 "Đầu" ""') + SEPARATE + END
    assert accepted(document(last + total + tight), "a.docx") is FileKind.DOCX


def test_words_about_fields_are_no_fields():
    told = code("DDEAUTO c:\\\\windows\\\\system32\\\\cmd.exe", "t")
    assert accepted(document(told + field("PAGE") + told + field("PAGE", shown="DDE cmd")), "a.docx") is FileKind.DOCX


def test_pictures_and_objects_kept_elsewhere_are_refused():
    linked = '<o:OLEObject xmlns:o="o" Type="Link" ProgID="Package" r:id="r1" xmlns:r="r"/>'
    assert refusal(document(linked), "a.docx") == (
        "The file holds an embedded object. Paste it as a picture, or attach it as a file of its own."
    )
    for source in ("http://example.org/a.png", "\\\\server\\a.png"):
        assert refusal(document(f'<v:imagedata xmlns:v="v" src="{source}"/>'), "a.docx") == (
            "The file fetches a part of itself from outside (image). Put that part into the file."
        )
        assert refusal(document(f'<v:image xmlns:v="v" src="{source}"/>'), "a.docx") == (
            "The file fetches a part of itself from outside (image). Put that part into the file."
        )
    assert accepted(document('<v:imagedata xmlns:v="v" src="anh.png"/>'), "a.docx") is FileKind.DOCX


def test_films_of_the_web_and_lists_for_letters_are_refused_where_no_relation_leads_there():
    film = '<wp15:webVideoPr xmlns:wp15="v" embeddedHtml="&lt;script&gt;"/>'
    assert refusal(document(film), "a.docx") == (
        "The file fetches a part of itself from outside (video). Put that part into the file."
    )
    merged = '<w:connectString w:val="Provider=Microsoft.ACE.OLEDB.12.0;Data Source=//may-chu/a.mdb"/>'
    assert refusal(document(merged), "a.docx").startswith("The document is still linked to the list it was merged from")


def test_a_program_within_the_program_comes_from_the_shop_alone():
    def extension(store: str) -> bytes:
        shown = f'<we:webextension xmlns:we="w"><we:reference id="x" store="{store}" storeType="x"/></we:webextension>'
        return word_with({"word/webextensions/webextension1.xml": shown})

    assert accepted(extension("vi-VN"), "a.docx") is FileKind.DOCX
    for store in ("https://example.org/manifest.xml", "\\\\server\\catalogue"):
        assert refusal(extension(store), "a.docx") == (
            "The file fetches a part of itself from outside (webextension). Put that part into the file."
        )


@pytest.mark.parametrize("shape", ["rect", "shape", "group", "image"])
def test_a_shape_leads_anywhere_but_to_a_program(shape):
    for link in ("https://example.org/a.exe", "phu-luc.docx", "#muc1"):
        assert accepted(document(f'<v:{shape} xmlns:v="v" href="{link}"/>'), "a.docx") is FileKind.DOCX
    program = "file:///C:/Windows/calc.exe"
    assert refusal(document(f'<v:{shape} xmlns:v="v" href="{program}"/>'), "a.docx") == (
        f"The file holds a link that would run a command ({program}). Remove that link and send the file again."
    )

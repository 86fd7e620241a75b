"""PDF files: links, places and data are welcome; what acts by itself, starts a program or hides a file is not."""

import io

import pikepdf
import pytest

from intake.uploads import FileKind
from intake.uploads.pdf import reading
from tests.intake.making import (
    EXE,
    MARKUP,
    PASSWORD,
    PROGRAM,
    SCRIPTS,
    UNKNOWN,
    accepted,
    pdf_file,
    png_file,
    refusal,
    saved,
    stream,
    word_file,
    zip_file,
)

LAUNCH = b"<</S/Launch/F(cmd.exe)>>"
LINK = b"/Annots[<</Type/Annot/Subtype/Link/Rect[0 0 9 9]/A %s>>]"


def fault(data: bytes) -> str | None:
    """As `inspect` sees it, without the process around it."""
    found = reading.fault(data)
    return found[0] if found else None


def paper(change, **options) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    change(document)
    return saved(document, **options)


SCRIPTED = {
    "a script": pdf_file(b"<</S/JavaScript/JS(app.alert(1))>>"),
    "a script without words": pdf_file(b"<</S /JavaScript>>"),
    "a script in a stream": pdf_file(b"<</JS 5 0 R>>", stream(b"app.alert(1)")),
    "a spelled script": pdf_file(b"<</S/J#61vaScript/#4a#53 (x)>>"),
    "a program": pdf_file(LAUNCH),
    "a program on a click": pdf_file(page=LINK % LAUNCH),
    "a program whose kind stands elsewhere": pdf_file(b"<</S 5 0 R/F(cmd.exe)>>", b"/Launch"),
    "a program disguised as structure": pdf_file(b"<</Type/StructElem/S/Launch/F(cmd.exe)/P 3 0 R/K 1>>"),
    "film": pdf_file(b"<</Subtype/RichMedia>>"),
    "a body to turn round": pdf_file(page=b"/Annots[<</Subtype/3D/3DA<</A/PO>>>>]"),
    "a living form": pdf_file(b"<</Fields[]/XFA 5 0 R>>", stream(b"<xdp/>")),
    "a form sent off": pdf_file(b"<</S/SubmitForm/F(https://example.org)>>"),
    "a form filled from elsewhere": pdf_file(root=b"/OpenAction<</S/ImportData/F(x.fdf)>>"),
    "a page opened at once": pdf_file(root=b"/OpenAction<</S/URI/URI(https://example.org)>>"),
    "a paper opened at once": pdf_file(root=rb"/OpenAction<</S/GoToR/F(\\\\server\\share\\x.pdf)>>"),
    "a page opened after a turn": pdf_file(
        b"<</S/URI/URI(https://example.org)>>", root=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next[4 0 R]>>"
    ),
    "a page opened with a page": pdf_file(page=b"/AA<</O<</S/URI/URI(https://example.org)>>>>"),
    "a page opened under the pointer": pdf_file(b"<</AA 5 0 R>>", b"<</E 6 0 R>>", b"<</S/URI/URI(https://a.vn)>>"),
    "a script when printed": pdf_file(root=b"/AA<</WP<</S/JavaScript/JS(x)>>>>"),
    "a script among names": pdf_file(root=b"/Names<</JavaScript<</Names[(a)<</S/JavaScript/JS(x)>>]>>>>"),
    "a script in a bookmark": pdf_file(b"<</Title(x)/A<</S/JavaScript/JS(x)>>>>"),
    "a program named as a paper": pdf_file(b"<</S/GoToR/F(run.exe)>>"),
    "an endless chain": pdf_file(b"<</S/GoTo/Next[4 0 R 4 0 R]>>", root=b"/OpenAction 4 0 R"),
}  # fmt: skip


@pytest.mark.parametrize("name", SCRIPTED)
def test_what_acts_is_refused(name):
    assert fault(SCRIPTED[name]) == "scripts"


def test_what_acts_is_refused_in_packed_objects_and_under_a_lock():
    def act(document):
        document.Root.OpenAction = document.make_indirect(
            pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="app.alert(1)")
        )

    packed = paper(act, object_stream_mode=pikepdf.ObjectStreamMode.generate)
    locked = paper(act, encryption=pikepdf.Encryption(owner="chủ", user=""))
    assert b"JavaScript" not in packed
    assert fault(packed) == fault(locked) == "scripts"
    assert refusal(packed, "a.pdf") == SCRIPTS


PLAIN = {
    "nothing": pdf_file(),
    "a place to begin": pdf_file(root=b"/OpenAction[3 0 R/Fit]"),
    "a place to go to at once": pdf_file(root=b"/OpenAction<</S/GoTo/D[3 0 R/XYZ 0 0 1]>>"),
    "a link": pdf_file(page=LINK % b"<</S/URI/URI(https://example.org/)>>"),
    "a link to a page about scripts": pdf_file(page=LINK % b"<</S/URI/URI(https://vi.example.org/wiki/JavaScript)>>"),
    "a link that spells an action": pdf_file(page=LINK % b"<</S/URI/URI(https://a.vn/S/Launch/JS\\(1\\))>>"),
    "a link to write to": pdf_file(page=LINK % b"<</S/URI/URI(mailto:a@example.org)>>"),
    "a link on a button": pdf_file(page=b"/Annots[<</AA<</U<</S/URI/URI(https://example.org)>>>>>>]"),
    "a link to another paper": pdf_file(page=LINK % b"<</S/GoToR/F(phu-luc.pdf)/D[0/Fit]>>"),
    "a place named JavaScript": pdf_file(root=b"/Dests<</JavaScript[3 0 R/Fit]/JS[3 0 R/Fit]>>"),
    "a turn to that place": pdf_file(page=LINK % b"<</S/GoTo/D/JavaScript>>"),
    "no scripts among names": pdf_file(root=b"/Names<</JavaScript<</Names[]>>/EmbeddedFiles<</Names[]>>>>"),
    "fonts of odd names": pdf_file(b"<</Font<</JS 5 0 R/AA 5 0 R/EF 5 0 R>>>>", b"<</Type/Font/Subtype/Type1>>"),
    "a heading named Launch": pdf_file(b"<</Type/StructElem/S/Launch/P 3 0 R/K 1>>"),
    "a form to fill in": pdf_file(b"<</FT/Tx/T(ten)/V(An)>>", root=b"/AcroForm<</Fields[4 0 R]>>"),
    "words that act in the text": pdf_file(stream(b"BT (/JS /Launch /EmbeddedFile) Tj ET")),
    "words that act in the title": pdf_file(trailer=b"/Info<</Title(/JavaScript /JS \\(x\\) /Launch)>>"),
    "a paper clip without a file": pdf_file(page=b"/Annots[<</Subtype/FileAttachment/FS<</F(a.exe)>>>>]"),
}  # fmt: skip


@pytest.mark.parametrize("name", PLAIN)
def test_what_only_speaks_of_acting_is_accepted(name):
    assert fault(PLAIN[name]) is None


def test_a_link_that_runs_a_command_is_refused():
    for link in (b"javascript:alert(1)", b"JavaScript:x", b"ms-msdt:/id", b"  vbscript:x", b"java\\163cript:x"):
        assert fault(pdf_file(page=LINK % b"<</S/URI/URI(%s)>>" % link)) == "harmful_link"
    assert refusal(pdf_file(page=LINK % b"<</S/URI/URI(javascript:x)>>"), "a.pdf") == (
        "The file holds a link that would run a command (javascript:x). Remove that link and send the file again."
    )


FETCHED = {
    "a picture by its address": (
        pdf_file(b"<</Subtype/Image/F<</FS/URL/F(http://a.vn/x.png)>>/Length 0>>\nstream\n\nendstream"),
        "http://a.vn/x.png",
    ),
    "a picture of a share": (
        pdf_file(b"<</F(\\\\\\\\may-chu\\\\x.png)/FFilter/DCTDecode/Length 0>>\nstream\n\nendstream"),
        r"\\may-chu\x.png",
    ),
    "a page of another paper": (pdf_file(stream(b"q Q", b"/Ref<</F(//may-chu/x.pdf)/Page 0>>")), "//may-chu/x.pdf"),
    "a reference kept apart": (pdf_file(stream(b"q", b"/Ref 5 0 R"), b"<</F 6 0 R/Page 0>>", b"(x.pdf)"), "x.pdf"),
}  # fmt: skip


@pytest.mark.parametrize("name", FETCHED)
def test_what_is_fetched_when_shown_is_refused(name):
    data, place = FETCHED[name]
    assert reading.fault(data) == ["fetched", place]


def test_other_entries_of_these_names_are_let_be():
    structure = pdf_file(b"<</Type/StructElem/S/P/P 3 0 R/Ref[5 0 R]>>", b"<</Type/StructElem/S/Note>>")
    packed = pdf_file(b"<</F/FlateDecode/Length 0>>\nstream\n\nendstream", page=b"/Annots[<</Subtype/Text/F 4>>]")
    assert (fault(structure), fault(packed)) == (None, None)


def clipped(name: bytes, data: bytes, how: str) -> bytes:
    """The file in one of the places where a PDF keeps files, with and without saying what it is."""
    spec, typed = b"<</F(" + name + b")/EF<</F 5 0 R>>>>", b"<</Type/Filespec/UF(" + name + b")/EF<</UF 5 0 R>>>>"
    return {
        "a paper clip": pdf_file(spec, stream(data), page=b"/Annots[<</Subtype/FileAttachment/FS 4 0 R>>]"),
        "a paper clip of its own": pdf_file(
            b"1", stream(data), page=b"/Annots[<</Subtype/FileAttachment/FS%s>>]" % spec
        ),
        "the list of files": pdf_file(
            typed, stream(data, b"/Type/EmbeddedFile"), root=b"/Names<</EmbeddedFiles<</Names[(a)4 0 R]>>>>"
        ),
        "files that belong to the paper": pdf_file(spec, stream(data), root=b"/AF[4 0 R]"),
        "related files": pdf_file(b"<</F(a.txt)/RF<</F[(" + name + b")5 0 R]>>>>", stream(data)),
        "a packed list": paper(lambda document: attach(document, name.decode(), data), object_stream_mode=GENERATE),
    }[how]  # fmt: skip


GENERATE = pikepdf.ObjectStreamMode.generate
PLACES = (
    "a paper clip", "a paper clip of its own", "the list of files", "files that belong to the paper", "related files",
    "a packed list",
)  # fmt: skip


def attach(document, name, data):
    document.attachments[name] = data


@pytest.mark.parametrize("how", PLACES)
def test_programs_and_containers_behind_a_paper_clip_are_refused(how):
    files = [
        (b"a.exe", EXE), (b"hoa-don.xml", EXE), (b"bang-luong.xlsm", b"any file at all"), (b"a.js", b"app.alert(1)"),
        (b"a.zip", zip_file({"a": b"a"})), (b"a.txt", zip_file({"a": b"a"})), (b"a.docx", word_file()),
        (b"a.pdf", pdf_file()), (b"a.html", b"<p>"), (b"a.txt", b"<html><script>"), (b"a.jpg", b"\x00\x01"),
        (b"a.png", png_file() + zip_file({"a": b"a"})), (b"a.hta", b"x"), (b"khong-duoi", b"\xd0\xcf\x11\xe0"),
    ]  # fmt: skip
    for name, data in files:
        assert fault(clipped(name, data, how)) == "carried_file", (how, name)


@pytest.mark.parametrize("how", PLACES)
def test_data_that_belongs_to_the_paper_is_let_be(how):
    for name, data in (
        (b"hoa-don.xml", '<?xml version="1.0"?><HDon><TTChung>Hóa đơn</TTChung></HDon>'.encode()),
        (b"so-lieu.csv", "Số lớp;12\n".encode()),
        (b"ghi-chu.txt", "Ghi chú".encode("utf-16")),
        (b"anh.png", png_file()),
    ):
        assert fault(clipped(name, data, how)) is None, (how, name)


def test_a_file_is_refused_whichever_of_its_names_is_a_program():
    two_names = pdf_file(b"<</F(a.txt)/UF(a.exe)/EF<</F 5 0 R>>>>", stream(b"words"))
    two_places = pdf_file(b"<</F(a.txt)/EF<</F 6 0 R>>>>", b"<</F(a.bat)/EF<</F 6 0 R>>>>", stream(b"words"))
    nameless = pdf_file(stream(EXE, b"/Type/EmbeddedFile"))
    assert (fault(two_names), fault(two_places), fault(nameless)) == ("carried_file", "carried_file", "carried")
    assert fault(pdf_file(root=b"/Collection<</View/T>>")) == "carried"
    assert refusal(two_names, "a.pdf") == (
        "The PDF carries another file inside (a.exe). Print it to a new PDF and attach that; attach a document that"
        " belongs to it as a file of its own."
    )


def test_a_lock_counts_only_when_it_asks_for_a_password():
    for strength in (2, 3, 4, 6):
        rights = pikepdf.Encryption(owner="chủ" if strength == 6 else "chu", user="", R=strength, aes=strength >= 4)
        if strength < 4:
            rights = pikepdf.Encryption(owner="chu", user="", R=strength, aes=False, metadata=False)
        assert accepted(paper(lambda document: None, encryption=rights), "a.pdf") is FileKind.PDF
    card = pdf_file(b"<</Filter/Adobe.PubSec/V 4>>", trailer=b"/Encrypt 4 0 R/ID[<00><00>]")
    assert fault(card) == "password"
    locked = pikepdf.Encryption(owner="chu", user="bi-mat")
    assert refusal(paper(lambda document: None, encryption=locked), "a.pdf") == PASSWORD


def test_a_damaged_pdf_is_read_as_far_as_it_goes():
    def broken(data):
        return data.replace(b"startxref\n", b"startxref\n9")

    assert fault(broken(pdf_file(page=LINK % b"<</S/URI/URI(https://vi.example.org/wiki/JavaScript)>>"))) is None
    assert fault(broken(pdf_file(LAUNCH))) == "scripts"
    assert fault(broken(pdf_file(b"<</F(a.exe)/EF<</F 5 0 R>>>>", stream(EXE)))) == "carried_file"
    assert fault(broken(pdf_file()).replace(b"/Type/Page/", b"/Type/Leaf/").replace(b"/Kids", b"/Kid")) == "damaged_pdf"
    assert refusal(b"%PDF-1.7\nnothing\n%%EOF", "a.pdf") == (
        "The file is damaged: it cannot be read as a PDF. Print it to a new PDF and attach that."
    )


def test_a_pdf_is_whole_and_alone():
    unended = "The file is damaged: it does not end like a PDF. Print it to a new PDF and attach that."
    assert refusal(pdf_file()[:-8], "a.pdf") == unended
    for second in (b"<script>alert(1)</script>", zip_file({"a": b"a"}), EXE, b"\n\n" + EXE, pdf_file()[:-8]):
        assert refusal(pdf_file() + second, "a.pdf") == unended
    both = "The file is two files in one: a PDF and an archive. Print it to a new PDF and attach that."
    assert refusal(pdf_file() + zip_file({"a": b"a"}) + b"%%EOF", "a.pdf") == both


@pytest.mark.parametrize(
    "before", [b"\xef\xbb\xbf", b"\n\n", b"\x1b%-12345X@PJL JOB\n", b"\x00" * 900, b"Content: x\r\n\r\n"]
)
@pytest.mark.parametrize("after", [b"\r\n\x00\x00", b"\n\n\nleftover", b"\x00" * 9000])
def test_strays_around_a_pdf_are_let_be(before, after):
    for data in (before + pdf_file() + after, pdf_file(before=before) + after):
        assert accepted(data, "a.pdf") is FileKind.PDF


def test_what_stands_before_a_pdf_is_no_other_file():
    assert refusal(b"<html>" + pdf_file(), "a.pdf") == MARKUP
    assert refusal(EXE + pdf_file(), "a.pdf") == PROGRAM
    assert refusal(b" " * 4000 + pdf_file(), "a.pdf") == UNKNOWN


def test_the_file_is_left_at_its_start():
    file = io.BytesIO(pdf_file())
    assert accepted(file.read(), "a.pdf") is FileKind.PDF

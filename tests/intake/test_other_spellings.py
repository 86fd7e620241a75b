"""The same kinds in other spellings, as other programs write them: each with what becomes of it."""

import re

import pikepdf
import pytest

from intake.uploads import FileKind
from tests.intake.making import (
    EXE,
    MACROS,
    NEITHER,
    OLE,
    PASSWORD,
    SCRIPTS,
    accepted,
    jpeg_file,
    open_document,
    parts_of,
    pdf_file,
    png_file,
    refusal,
    saved,
    stream,
    word_file,
    word_with,
    workbook_file,
    workbook_with,
    zip_file,
)

RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
TYPES = "[Content_Types].xml"
NO_DOCUMENT = "Files of this kind are not accepted. Save the document as .docx, .xlsx or .pdf and send it again."
NO_PICTURE = "Pictures of this kind are not accepted. Save the picture as .jpg or .png and send it again."
UNENDED = "The file is damaged: it does not end like a PDF. Print it to a new PDF and attach that."
MERGED = (
    "The document is still linked to the list it was merged from. In Word, open the tab Mailings, choose Start Mail"
    " Merge, Normal Word Document, save and send the file again."
)


def fetched(part: str) -> str:
    return f"The file fetches a part of itself from outside ({part}). Put that part into the file."


def harmful(link: str) -> str:
    return f"The file holds a link that would run a command ({link}). Remove that link and send the file again."


def carried(name: str) -> str:
    return (
        f"The PDF carries another file inside ({name}). Print it to a new PDF and attach that; attach a document that"
        " belongs to it as a file of its own."
    )


def moved(old: str, new: str) -> bytes:
    """A Word file whose parts go by other names."""
    parts = {name.replace(old, new): content for name, content in parts_of(word_file()).items()}
    for name in parts:
        if name == TYPES or name.endswith(".rels"):
            parts[name] = parts[name].replace(old.encode(), new.encode())
    return zip_file(parts)


def without_properties(data: bytes) -> bytes:
    """As Google writes it: nothing of who made it and with what."""
    parts = {name: content for name, content in parts_of(data).items() if not name.startswith("docProps/")}
    for name in ("_rels/.rels", TYPES):
        parts[name] = re.sub(rb"<(?:Relationship|Override) [^>]*docProps[^>]*/>", b"", parts[name])
    return zip_file(parts)


def related(kind: str, target: str) -> str:
    return (
        f'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
        f' Type="{RELATIONS}{kind}" Target="{target}" TargetMode="External"/></Relationships>'
    )


def word_related(kind: str, target: str) -> bytes:
    return word_with({"word/_rels/settings.xml.rels": related(kind, target)})


def workbook_related(kind: str, target: str) -> bytes:
    return workbook_with({"xl/externalLinks/_rels/externalLink1.xml.rels": related(kind, target)})


def retyped(data: bytes, old: bytes, new: bytes) -> bytes:
    parts = parts_of(data)
    return zip_file(parts | {TYPES: parts[TYPES].replace(old, new)})


def field(code: str) -> bytes:
    body = parts_of(word_file())["word/document.xml"]
    return word_with({"word/document.xml": body.replace(b"<w:t>", f'<w:fldSimple w:instr="{code}"/><w:t>'.encode(), 1)})


def pdf_carrying(name: bytes, data: bytes, **places) -> bytes:
    held = b"<</Type/Filespec/F(%s)/EF<</F 5 0 R>>>>" % name
    return pdf_file(held, stream(data, b"/Type/EmbeddedFile"), **places)


def pdf_linking(action: bytes) -> bytes:
    return pdf_file(page=b"/Annots[<</Type/Annot/Subtype/Link/A<<%s>>>>]" % action)


def pdf_of_streams(**root) -> bytes:
    """A PDF whose objects stand packed in streams of objects."""
    document = pikepdf.new()
    document.add_blank_page()
    for name, value in root.items():
        document.Root[f"/{name}"] = document.make_indirect(value)
    return saved(document, object_stream_mode=pikepdf.ObjectStreamMode.generate)


def pdf_locked(**passwords) -> bytes:
    document = pikepdf.new()
    document.add_blank_page()
    return saved(document, encryption=pikepdf.Encryption(**passwords))


BY_CLIP, BY_TREE = b"/Annots[<</Subtype/FileAttachment/FS 4 0 R>>]", b"/Names<</EmbeddedFiles<</Kids[%s]>>>>"
ACCEPTED = {
    "a main part of another number": (moved("word/document.xml", "word/document3.xml"), "a.docx"),
    "a folder of another name": (moved("word/", "doc/"), "a.docx"),
    "no properties, Word": (without_properties(word_file()), "a.docx"),
    "no properties, Excel": (without_properties(workbook_file()), "a.xlsx"),
    "a template beside it": (word_related("attachedTemplate", "Normal.dotm"), "a.docx"),
    "a picture left on the disk": (word_related("image", r"file:///C:\Users\an\Temp\msohtmlclip1\anh.png"), "a.docx"),
    "a picture left beside it": (word_related("image", "image001.png"), "a.docx"),
    "a picture of a mail": (word_related("image", "cid:image001.png@01DA"), "a.docx"),
    "a picture in the link itself": (word_related("image", "data:image/png;base64,iVBORw0KGgo="), "a.docx"),
    "no picture": (workbook_related("image", "about:blank"), "a.xlsx"),
    "a link to a document on a share": (word_related("hyperlink", r"\\may-chu\vb\a.docx"), "a.docx"),
    "a link without a scheme": (word_related("hyperlink", "www.vidu.com"), "a.docx"),
    "a link to a page without a scheme": (word_related("hyperlink", "www.vidu.vn/tai/app.js"), "a.docx"),
    "a link to a page that is a program's": (word_related("hyperlink", "https://vidu.vn/tai/x.exe"), "a.docx"),
    "a link that does nothing": (word_related("hyperlink", "javascript:void(0);"), "a.docx"),
    "a page's link that names a program": (word_related("hyperlink", "tai-ve.php?tep=setup.exe"), "a.docx"),
    "a link with a tip": (field("HYPERLINK &quot;https://vidu.vn&quot; \\o &quot;setup.exe&quot;"), "a.docx"),
    "a workbook elsewhere": (workbook_related("externalLinkPath", "https://x.sharepoint.com/a.xlsx"), "a.xlsx"),
    "a workbook lost": (workbook_related("xlExternalLinkPath/xlPathMissing", "a.xlsx"), "a.xlsx"),
    "what a Mac adds": (word_with({"__MACOSX/._a": b"\0\5\x16\7", ".DS_Store": b"\0\0\0\1Bud1"}), "a.docx"),
    "an action that turns a page": (pdf_file(page=b"/AA<</O<</S/GoTo/D[3 0 R/Fit]>>>>"), "a.pdf"),
    "figures in a tree of names": (
        pdf_carrying(b"a.xml", b"<?xml version='1.0'?><a/>", root=BY_TREE % b"<</Names[(a)4 0 R]>>"), "a.pdf",
    ),
    "a picture behind a clip": (pdf_carrying(b"a.png", png_file(), page=BY_CLIP), "a.pdf"),
    "objects in streams": (pdf_of_streams(), "a.pdf"),
    "figures in older letters": (
        pdf_carrying(b"a.xml", "<?xml version='1.0' encoding='windows-1252'?><a>é</a>".encode("cp1252"), page=BY_CLIP),
        "a.pdf",
    ),
    "figures that quote a page": (
        pdf_carrying(b"a.xml", b"<?xml version='1.0'?><a><![CDATA[<html><p>a</html>]]></a>", page=BY_CLIP), "a.pdf",
    ),
    "a list in older letters": (pdf_carrying(b"a.csv", "Số;é\n".encode("cp1258", "ignore"), page=BY_CLIP), "a.pdf"),
    "a server's remark": (pdf_file() + b"\n<!-- cached 2026-11-29 -->\n", "a.pdf"),
    "an owner's password": (pdf_locked(owner="b"), "a.pdf"),
    "a page's link that does nothing": (pdf_linking(b"/S/URI/URI(javascript://)"), "a.pdf"),
    "a link to a domain": (pdf_linking(b"/S/URI/URI(www.vidu.com)"), "a.pdf"),
    "a film of a telephone": (jpeg_file() + b"\0\0\0\x18ftypmp42\0\0\0\0isommp42", "a.jpg"),
    "marks of a telephone": (jpeg_file() + b"Image_UTC_Data1600000000000SEFHk\0\0\0SEFT", "a.jpg"),
    "a second look of a picture": (jpeg_file() + jpeg_file(), "a.jpg"),
    "words after a picture": (png_file() + b"tEXt", "a.png"),
}  # fmt: skip
REFUSED = {
    "macros under another name": (word_with({"word/vbaProject.bin": OLE}), "a.docx", MACROS),
    "macros by type": (
        retyped(workbook_file(), b"openxmlformats-officedocument.spreadsheetml.sheet", b"ms-excel.sheet.macroEnabled"),
        "a.xlsx", MACROS,
    ),
    "a locked document": (OLE + "EncryptedPackage".encode("utf-16-le") + b"\0" * 64, "a.docx", PASSWORD),
    "a locked PDF": (pdf_locked(user="a", owner="b"), "a.pdf", PASSWORD),
    "slides": (retyped(word_file(), b"wordprocessingml.document", b"presentationml.presentation"), "a.docx", NEITHER),
    "LibreOffice under another name": (open_document("text"), "a.docx", NO_DOCUMENT),
    "rich text under another name": (b"{\\rtf1 a}", "a.docx", NO_DOCUMENT),
    "a telephone's under another name": (b"\0\0\0\x18ftypheic" + b"\0" * 99, "a.jpg", NO_PICTURE),
    "a picture before a PDF": (b"GIF89a" + pdf_file(), "a.pdf", NO_PICTURE),
    "rich text before a PDF": (b"{\\rtf1 a}" + pdf_file(), "a.pdf", NO_DOCUMENT),
    "a PDF behind a PDF": (pdf_file() + pdf_file(), "a.pdf", UNENDED),
    "a page's under another name": (b"RIFF\x10\0\0\0WEBPVP8 ", "a.jpg", NO_PICTURE),
    "a scanner's under another name": (b"II*\0" + b"\0" * 99, "a.png", NO_PICTURE),
    "a template on a share": (word_related("attachedTemplate", "file:///%5C%5Cmay-chu%5Ca.dotm"), "a.docx",
                              fetched("attachedTemplate")),
    "a list for letters": (word_related("mailMergeSource", r"file:///D:\DS.xlsx"), "a.docx", MERGED),
    "a picture elsewhere": (workbook_related("image", "https://vidu.vn/a.png"), "a.xlsx", fetched("image")),
    "a link to a program on the disk": (word_related("hyperlink", r"C:\x\setup.exe"), "a.docx",
                                        harmful(r"C:\x\setup.exe")),
    "a link that does more than nothing": (word_related("hyperlink", "javascript://%0ax"), "a.docx",
                                           harmful("javascript://%0ax")),
    "a link to a program with words behind it": (word_related("hyperlink", "file:///C:/x.exe?a"), "a.docx",
                                                 harmful("file:///C:/x.exe?a")),
    "a link to a program that is said to be within": (
        word_with({"word/_rels/settings.xml.rels": related("hyperlink", "file:///C:/x.exe").replace("External", "")}),
        "a.docx", harmful("file:///C:/x.exe"),
    ),
    "a link to a program beside it": (workbook_related("hyperlink", "setup.bat"), "a.xlsx", harmful("setup.bat")),
    "a field that links to a program": (field("HYPERLINK &quot;file:///C:/x.cmd&quot;"), "a.docx",
                                        harmful("file:///C:/x.cmd")),
    "a PDF's link to a program": (pdf_linking(b"/S/URI/URI(file:///C:/a.exe)"), "a.pdf", harmful("file:///C:/a.exe")),
    "a page that calls": (pdf_file(page=b"/AA<</O<</S/URI/URI(http://x)>>>>"), "a.pdf", SCRIPTS),
    "a start in another spelling": (pdf_linking(b"/S/#4caunch/F(a.exe)"), "a.pdf", SCRIPTS),
    "a start after a turn": (pdf_file(root=b"/OpenAction<</S/GoTo/D[3 0 R/Fit]/Next<</S/Launch/F(a)>>>>"), "a.pdf",
                             SCRIPTS),
    "a script in a stream of objects": (
        pdf_of_streams(OpenAction=pikepdf.Dictionary(S=pikepdf.Name.JavaScript, JS="x")), "a.pdf", SCRIPTS,
    ),
    "a program in a tree of names": (
        pdf_carrying(b"a.exe", EXE, root=BY_TREE % b"<</Kids[<</Names[(a)4 0 R]>>]>>"), "a.pdf", carried("a.exe"),
    ),
    "a document behind a clip": (pdf_carrying(b"a.docx", word_file(), page=BY_CLIP), "a.pdf", carried("a.docx")),
    "a program that says it is text": (pdf_carrying(b"a.txt", EXE, root=b"/AF[4 0 R]"), "a.pdf", carried("a.txt")),
}  # fmt: skip


@pytest.mark.parametrize("name", ACCEPTED)
def test_another_spelling_of_a_good_file_is_accepted(name):
    data, file_name = ACCEPTED[name]
    assert accepted(data, file_name) is FileKind.of(file_name.removeprefix("a."))


@pytest.mark.parametrize("name", REFUSED)
def test_another_spelling_of_a_bad_file_is_refused_with_advice(name):
    data, file_name, reason = REFUSED[name]
    assert refusal(data, file_name) == reason

"""Word and Excel files as packages of parts."""

import re
import struct
import zlib

import pytest

from intake.uploads import FileKind
from intake.uploads.ooxml.container import MAX_ENTRIES
from tests.intake.making import (
    ARCHIVE,
    BOMB,
    DAMAGED,
    DECLARED,
    EMBEDDED,
    EXE,
    MACROS,
    NAMES,
    NEITHER,
    OLE,
    RELS,
    accepted,
    parts_of,
    refusal,
    word_file,
    word_with,
    workbook_file,
    workbook_with,
    zip_file,
)

MAIN = (
    b'<Relationship Id="r9" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument"'
    b' Target="%s"/>'
)


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/VBAPROJECT.BIN", "xl/macrosheets/sheet1.xml"])
def test_macros_inside_are_refused(name):
    assert refusal(word_with({name: b"<x/>"}), "a.docx") == MACROS


def test_a_macro_document_is_refused_by_its_name_and_by_its_declared_type():
    assert refusal(word_file(), "a.docm") == MACROS
    types = parts_of(word_file())["[Content_Types].xml"].replace(
        b"vnd.openxmlformats-officedocument.wordprocessingml.document.main", b"vnd.ms-word.document.macroEnabled.main"
    )
    assert refusal(word_with({"[Content_Types].xml": types}), "a.docx") == MACROS
    encoded = types.decode().replace("UTF-8", "UTF-16").encode("utf-16")
    assert refusal(word_with({"[Content_Types].xml": encoded}), "a.docx") == MACROS


def test_a_package_without_its_main_parts_is_no_document():
    parts = parts_of(word_file())
    assert refusal(zip_file({k: v for k, v in parts.items() if k != "[Content_Types].xml"}), "a.docx") == ARCHIVE
    assert refusal(zip_file({k: v for k, v in parts.items() if k != "word/document.xml"}), "a.docx") == NEITHER
    assert refusal(zip_file({k: v for k, v in parts.items() if k != "_rels/.rels"}), "a.docx") == NEITHER
    two = parts["_rels/.rels"].replace(b"</Rel", MAIN % b"word/styles.xml" + b"</Rel")
    assert refusal(word_with({"_rels/.rels": two}), "a.docx") == NEITHER
    template = parts["[Content_Types].xml"].replace(b"document.main+xml", b"template.main+xml")
    assert refusal(word_with({"[Content_Types].xml": template}), "a.docx") == (
        "This is a template. Open it, save it as .docx or .xlsx and send that."
    )


def test_a_zip_bomb_in_a_word_file_is_refused():
    assert refusal(word_with({"word/media/image1.bmp": b"\0" * 30_000_000}), "a.docx") == BOMB


def test_many_fair_parts_that_are_too_much_together_are_refused():
    part = b"".join(zlib.crc32(b"%d" % n).to_bytes(4, "big") + b" " * 300 for n in range(120_000))
    assert refusal(word_with({f"word/media/{n}.bin": part for n in range(6)}), "a.docx") == BOMB


def test_too_many_entries_are_refused():
    assert refusal(word_with({f"word/media/{n}": b"" for n in range(MAX_ENTRIES)}), "a.docx") == BOMB
    assert refusal(word_with({f"{n:0200}": b"" for n in range(3000)}), "a.docx") == BOMB


def test_headers_that_lie_about_the_size_are_not_believed():
    bomb = bytearray(word_with({"word/media/image1.bmp": b"\0" * 30_000_000}))
    for match in re.finditer(re.escape(struct.pack("<I", 30_000_000)), bytes(bomb)):
        bomb[match.start() : match.end()] = struct.pack("<I", 10)
    assert refusal(bytes(bomb), "a.docx") == BOMB
    small = bytearray(word_with({"word/media/image1.bmp": b"\0" * 77_777}))
    for match in re.finditer(re.escape(struct.pack("<I", 77_777)), bytes(small)):
        small[match.start() : match.end()] = struct.pack("<I", 10)
    assert refusal(bytes(small), "a.docx") == DAMAGED


def test_entries_that_share_their_bytes_are_refused():
    data = bytearray(word_with({"a1": b"x" * 50, "a2": b"x" * 50}))
    directory = [match.start() for match in re.finditer(rb"PK\x01\x02", bytes(data))]
    data[directory[-1] + 42 : directory[-1] + 46] = data[directory[-2] + 42 : directory[-2] + 46]
    assert refusal(bytes(data), "a.docx") == DAMAGED


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "C:/x", "word/../../x", "word/%2e%2e/%2E%2E/x"])
def test_names_that_leave_the_package_are_refused(name):
    assert refusal(word_with({name: b"x"}), "a.docx") == NAMES


@pytest.mark.parametrize("name", ["WORD/document.xml", "word/%64ocument.xml"])
def test_the_same_part_twice_is_refused(name):
    assert refusal(word_with({name: b"<x/>"}), "a.docx") == NAMES


@pytest.mark.parametrize(
    "part",
    [
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><x>&b;</x>',
        b'<!DOCTYPE x SYSTEM "file:///etc/passwd"><x/>',
        '<?xml version="1.0" encoding="UTF-16"?><!DOCTYPE x><x/>'.encode("utf-16"),
        "\ufeff<!DOCTYPE x><x/>".encode("utf-16-be"),
        b"<!--" + b" " * 1_100_000 + b"--><!DOCTYPE x><x/>",
        b"\n <!DOCTYPE x><x/>",
    ],
)
def test_document_types_and_entities_are_refused(part):
    assert refusal(word_with({"word/document.xml": part}), "a.docx") == DECLARED
    assert refusal(word_with({"word/_rels/document.xml.rels": part}), "a.docx") == DECLARED


def test_words_that_only_look_like_a_document_type_are_let_be():
    commented = b"<!-- <!DOCTYPE html> --><x><![CDATA[<!DOCTYPE html>]]></x>"
    drawing = (
        b'<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://www.w3.org/Graphics/SVG/1.1/DTD/svg11.dtd"><svg/>'
    )
    types = parts_of(word_file())["[Content_Types].xml"].replace(
        b"<Default", b'<Default Extension="svg" ContentType="image/svg+xml"/><Default', 1
    )
    assert accepted(word_with({"customXml/item9.xml": commented}), "a.docx") is FileKind.DOCX
    assert accepted(word_with({"word/media/a.svg": drawing, "[Content_Types].xml": types}), "a.docx") is FileKind.DOCX
    assert accepted(word_with({"word/printer.bin": b"<!DOCTYPE plist><plist/>"}), "a.docx") is FileKind.DOCX
    illustrator = drawing.replace(b">", b' [<!ENTITY ns_svg "http://www.w3.org/2000/svg">]>', 1)
    illustrator = illustrator.replace(b"<svg/>", b'<svg xmlns="&ns_svg;"><image xlink:href="data:image/png,x"/></svg>')
    assert (
        accepted(word_with({"word/media/a.svg": illustrator, "[Content_Types].xml": types}), "a.docx") is FileKind.DOCX
    )
    for entity in (b'a "&b;"', b'a SYSTEM "file:///etc/passwd"', b'% a "b"', b'a "%s"' % (b"b" * 999), b'a "<b/>"'):
        growing = drawing.replace(b">", b" [<!ENTITY %s>]>" % entity, 1)
        assert refusal(word_with({"word/media/a.svg": growing, "[Content_Types].xml": types}), "a.docx") == DECLARED


def test_an_encoding_that_hides_the_text_is_refused():
    part = b'<?xml version="1.0" encoding="UTF-7"?>+ADwAIQ-DOCTYPE x+AD4-<x/>'
    assert refusal(word_with({"word/document.xml": part}), "a.docx") == DAMAGED
    assert refusal(word_with({"word/document.xml": "<!DOCTYPE x>".encode("cp037")}), "a.docx") == DAMAGED


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("word/embeddings/oleObject1.bin", OLE), ("word/media/image1.png", OLE), ("word/activeX/activeX1.xml", b"<x/>"),
        ("word/embeddings/a.zip", zip_file({"a": b"a"})), ("word/bin/x.dat", OLE),
        ("word/embeddings/a.docx", word_file()),
    ],
)  # fmt: skip
def test_embedded_objects_and_archives_are_refused(name, content):
    assert refusal(word_with({name: content}), "a.docx") == EMBEDDED


def test_a_program_inside_is_refused():
    assert (
        refusal(word_with({"word/media/image1.png": EXE}), "a.docx")
        == "The file hides a program inside. Remove it, save the file anew and send that."
    )


def test_the_figures_behind_a_chart_are_looked_into():
    place = "word/embeddings/Microsoft_Excel_Sheet1.xlsx"
    assert accepted(word_with({place: workbook_file()}), "a.docx") is FileKind.DOCX
    inner = zip_file(parts_of(workbook_file()) | {"xl/vbaProject.bin": b"x"})
    assert refusal(word_with({place: inner}), "a.docx") == MACROS
    nested = zip_file(parts_of(workbook_file()) | {"xl/embeddings/a.xlsx": workbook_file()})
    assert refusal(word_with({place: nested}), "a.docx") == EMBEDDED


def test_links_are_welcome_and_outside_parts_are_not():
    place = "word/_rels/document.xml.rels"
    assert accepted(word_with({place: RELS.format(kind="hyperlink")}), "a.docx") is FileKind.DOCX
    for kind in ("attachedTemplate", "oleObject", "frame", "image"):
        assert refusal(word_with({"word/_rels/settings.xml.rels": RELS.format(kind=kind)}), "a.docx") == (
            f"The file fetches a part of itself from outside ({kind}). Put that part into the file."
        )
    assert refusal(word_with({place: "<Relationships>"}), "a.docx") == DAMAGED


def test_data_before_or_after_a_package_is_refused():
    assert refusal(word_file() + b"<script>", "a.docx") == DAMAGED
    assert refusal(zip_file({"a": b"a"}) + word_file(), "a.docx") == DAMAGED
    assert refusal(word_file()[:-400], "a.docx") == DAMAGED
    assert refusal(b"PK\x03\x04" + b"\x00" * 100, "a.docx") == DAMAGED


def test_an_empty_part_may_be_packed_to_nothing():
    data = word_with({"_xmlsignatures/origin.sigs": b""}).replace(bytes(4) + b"\2" + bytes(7), bytes(12))
    end = data.rindex(b"PK\x05\x06")
    place = int.from_bytes(data[end + 16 : end + 20], "little")
    data = data[: place - 2] + data[place : end + 16] + struct.pack("<I", place - 2) + data[end + 20 :]
    assert accepted(data, "a.docx") is FileKind.DOCX


def test_a_damaged_part_is_refused():
    data = bytearray(word_file())
    data[60:80] = b"\xff" * 20
    assert refusal(bytes(data), "a.docx") == DAMAGED


RELATED = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1"'
    ' Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/{}" Target="{}"{}/></Relationships>'
)
OUTSIDE, WITHIN = ' TargetMode="External"', ""


def related(kind, target, mode=OUTSIDE, part="word/_rels/settings.xml.rels"):
    return word_with({part: RELATED.format(kind, target, mode)})


@pytest.mark.parametrize(
    "target",
    [
        "file:///C:\\Mau\\BaoCao.dotx", "file:///C:/Mau/B%C3%A1o%20c%C3%A1o.dotx", "C:\\Mau\\BaoCao.dotx",
        "Normal.dotm",
        "file:///Users/an/Library/Normal.dotm", "file://localhost/Users/an/Mau.dotx", "file:/C:/Mau.dotx", "D:Mau.dotx",
        "file:///Macintosh%20HD:Users:an:Mau.dotx", "..\\Mau\\BaoCao.dotx", "Macintosh%20HD:Users:an:Normal.dotm",
    ],
)  # fmt: skip
def test_a_template_on_this_disk_is_let_be(target):
    assert accepted(related("attachedTemplate", target), "a.docx") is FileKind.DOCX


@pytest.mark.parametrize(
    "target",
    [
        "https://example.org/a.dotx", "HTTP://example.org/a.dotm", "\\\\server\\share\\a.dotx", "//server/share/a.dotx",
        "file://server/share/a.dotx", "file:////server/share/a.dotx", "file:///\\\\server\\share\\a.dotx",
        "file:\\\\server\\a.dotx", "file:///%5C%5Cserver%5Cshare/a.dotx", " https://example.org/a.dotx", "ht&#9;tp://a.vn/x",
        "\\\\server@SSL\\DavWWWRoot\\a.dotx", "ftp://example.org/a",
        "https:example.org:443:a.dotx", "file:///%255C%255Cserver/a", "\\/server/a.dotx",
    ],
)  # fmt: skip
def test_a_template_elsewhere_is_refused_however_it_is_spelled(target):
    for mode in (OUTSIDE, ' TargetMode="external"', WITHIN):
        assert refusal(related("attachedTemplate", target, mode), "a.docx") == (
            "The file fetches a part of itself from outside (attachedTemplate). Put that part into the file."
        )


@pytest.mark.parametrize("target", ["https://example.org/a.png", "\\\\server\\a.png", "file://server/a.png"])
def test_a_picture_elsewhere_is_refused(target):
    refused = refusal(related("image", target, part="word/_rels/document.xml.rels"), "a.docx")
    assert refused == "The file fetches a part of itself from outside (image). Put that part into the file."


def test_the_figures_of_a_chart_may_have_stayed_where_they_were_made():
    chart = {"word/charts/chart1.xml": "<chartSpace/>", "[Content_Types].xml": typed("/word/charts/chart1.xml", CHART)}
    place = "word/charts/_rels/chart1.xml.rels"
    local, shared = "file:///C:\\So%20lieu\\Quy1.xlsx", "https://example.org/Quy1.xlsx"
    assert accepted(word_with(chart | {place: RELATED.format("oleObject", local, OUTSIDE)}), "a.docx") is FileKind.DOCX
    refused = refusal(word_with(chart | {place: RELATED.format("oleObject", shared, OUTSIDE)}), "a.docx")
    assert refused == "The file fetches a part of itself from outside (oleObject). Put that part into the file."


CHART = "application/vnd.openxmlformats-officedocument.drawingml.chart+xml"


def typed(part, media_type):
    own = f'<Override PartName="{part}" ContentType="{media_type}"/></Types>'
    return parts_of(word_file())["[Content_Types].xml"].replace(b"</Types>", own.encode())


@pytest.mark.parametrize("kind", ["vbaProject", "wordVbaData", "xlMacrosheet", "xlIntlMacrosheet", "dialogsheet"])
def test_macros_are_refused_under_any_name_when_a_relation_tells(kind):
    data = word_with({"word/anh.png": b"x", "word/_rels/document.xml.rels": RELATED.format(kind, "anh.png", WITHIN)})
    assert refusal(data, "a.docx") == MACROS


@pytest.mark.parametrize(
    ("kind", "name"),
    [
        ("http://www.wps.cn/officeDocument/2018/jdeExtension", "JDEData.bin"),
        ("http://www.wps.cn/officeDocument/2020/relationships/jsProject", "JDEData.bin"),
        ("http://schemas.onlyoffice.com/jsaProject", "jsaProject.bin"),
    ],
)
def test_macros_of_wps_and_onlyoffice_are_macros(kind, name):
    told = f'<Relationships><Relationship Id="r1" Type="{kind}" Target="x.bin"/></Relationships>'
    assert refusal(word_with({f"word/{name}": b"{}"}), "a.docx") == MACROS
    assert refusal(word_with({"word/x.bin": b"{}", "word/_rels/document.xml.rels": told}), "a.docx") == MACROS


@pytest.mark.parametrize(
    ("media_type", "reason"),
    [
        ("application/vnd.ms-office.vbaProject", MACROS), ("application/vnd.ms-excel.macrosheet+xml", MACROS),
        ("application/vnd.ms-word.document.macroEnabled.main+xml; charset=utf-8", MACROS),
        ("application/vnd.ms-office.activeX+xml", EMBEDDED),
        ("application/vnd.openxmlformats-officedocument.oleObject", EMBEDDED),
    ],
)  # fmt: skip
def test_a_part_is_what_its_type_says(media_type, reason):
    data = word_with({"word/anh.dat": b"<x/>", "[Content_Types].xml": typed("/Word/%61nh.dat", media_type)})
    assert refusal(data, "a.docx") == reason


def test_a_part_is_what_its_bytes_say():
    macros = OLE + "_VBA_PROJECT".encode("utf-16-le")
    assert refusal(word_with({"word/media/image1.png": macros}), "a.docx") == MACROS
    assert refusal(workbook_with({"xl/worksheets/sheet7.xml": b'<m:macrosheet xmlns:m="x"/>'}), "a.xlsx") == MACROS
    assert refusal(word_with({"word/x.xml": b'<ax:ocx xmlns:ax="x"/>'}), "a.docx") == EMBEDDED
    for program in ("run.vbs", "x.xll", "x.settingcontent-ms"):
        assert refusal(word_with({f"word/media/{program}": b"x"}), "a.docx") == (
            "The file hides a program inside. Remove it, save the file anew and send that."
        )


CONTAINERS = {
    "a.rar": b"Rar!\x1a\x07\x01\x00", "a.7z": b"7z\xbc\xaf\x27\x1c", "a.cab": b"MSCF\0\0\0\0", "a.gz": b"\x1f\x8b\x08",
    "a.tar": b"a.exe".ljust(257, b"\0") + b"ustar\0", "a.pdf": b"\n%PDF-1.7\n", "a.bin": b"{\\rtf1{\\object}}",
}  # fmt: skip


@pytest.mark.parametrize("name", CONTAINERS)
def test_other_documents_and_archives_as_parts_are_refused(name):
    part, rels = f"word/embeddings/{name}", "word/_rels/document.xml.rels"
    packaged = RELATED.format("package", f"embeddings/{name}", WITHIN)
    assert refusal(word_with({part: CONTAINERS[name]}), "a.docx") == EMBEDDED
    assert refusal(word_with({part: CONTAINERS[name], rels: packaged}), "a.docx") == EMBEDDED


def test_pictures_may_be_packed_and_those_of_a_mac_are_pdf():
    for name, data in (("image1.emz", b"\x1f\x8b\x08"), ("image1.pdf", b"%PDF-1.3\n")):
        shown = {"word/_rels/document.xml.rels": RELATED.format("image", f"media/{name}", WITHIN)}
        assert accepted(word_with({f"word/media/{name}": data} | shown), "a.docx") is FileKind.DOCX


def test_a_web_page_as_a_part_is_refused_with_advice():
    page = "The file holds a web page as a part of itself. Open it in Word, save it as a new .docx and send that."
    assert refusal(related("aFChunk", "trang.mht", WITHIN), "a.docx") == page
    assert refusal(word_with({"word/afchunk.htm": b"<p>"}), "a.docx") == page
    assert refusal(word_with({"word/embeddings/a.html": b"<p>a<script>alert(1)</script>"}), "a.docx") == page
    assert refusal(word_with({"word/embeddings/a.dat": b"<!DOCTYPE html><title>a</title>"}), "a.docx") == page


def test_links_lead_anywhere_but_to_a_command():
    for target in (
        "https://example.org/JavaScript",
        "mailto:a@example.org",
        "\\\\server\\chung\\a.docx",
        "phu-luc.docx",
        "#a",
    ):
        assert accepted(related("hyperlink", target), "a.docx") is FileKind.DOCX
    starting = (
        "may-chu\\a.msc", "a.xll", "a.settingcontent-ms", "a.appref-ms", "file:///C:/a.library-ms", "a.iso",
        "a.py", "a.one",
    )  # fmt: skip
    for target in ("javascript:alert(1)", " JavaScript:x", "ms-msdt:/id", "java&#10;script:x", *starting):
        assert "would run a command" in refusal(related("hyperlink", target), "a.docx")


@pytest.mark.parametrize(
    ("target", "place"),
    [
        ("word/tai-lieu.xml", "word/tai-lieu.xml"), ("/word/tai-lieu.xml", "word/tai-lieu.xml"),
        ("\\word\\tai-lieu.xml", "word\\tai-lieu.xml"), ("./Word/Tai-Lieu.XML", "word/tai-lieu.xml"),
        ("word/t%C3%A0i.xml", "word/tài.xml"), ("word/tài.xml", "word/t%C3%A0i.xml"), ("x/../word/a.xml", "word/a.xml"),
    ],
)  # fmt: skip
def test_the_main_part_is_found_by_the_relations_of_the_package(target, place):
    parts = parts_of(word_file())
    parts[place] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = b"<Relationships>" + MAIN % target.encode() + b"</Relationships>"
    own = place.replace("\\", "/")
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(b"/word/document.xml", f"/{own}".encode())
    assert accepted(zip_file(parts), "a.docx") is FileKind.DOCX


def test_packages_of_other_programs_are_accepted():
    parts = parts_of(word_file())
    strict = {
        "_rels/.rels": parts["_rels/.rels"].replace(SCHEMA, b"http://purl.oclc.org/ooxml/officeDocument/relationships")
    }
    loud = {name.upper(): part for name, part in parts.items()}
    backslashes = {name.replace("/", "\\"): part for name, part in parts.items()}
    by_default = parts | {"[Content_Types].xml": parts["[Content_Types].xml"].replace(
        b'ContentType="application/xml"',
        b'ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"',
    ).replace(b'PartName="/word/document.xml"', b'PartName="/word/none.xml"')}  # fmt: skip
    for odd in (parts | strict, loud, backslashes, by_default, parts | {"word/": b"", "__MACOSX/._a": b"\0\5\x16\7"}):
        assert accepted(zip_file(odd), "a.docx") is FileKind.DOCX


SCHEMA = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"

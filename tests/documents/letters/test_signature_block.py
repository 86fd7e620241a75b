"""What stands above a signature: TM., KT., Q., TUQ., TL., by the signer's own post and the body signed for."""

import unicodedata

import pytest

from documents.content.signature_block import COMMITTEE, STANDING_COMMITTEE, Signer, in_whose_stead

OF_THE_HOUSE = [
    ("Chủ tịch", ["CHỦ TỊCH"]),
    ("Chủ tịch LĐLĐ quận Long Biên", ["CHỦ TỊCH"]),
    ("chủ  tịch công đoàn Trường Hoa Sen", ["CHỦ TỊCH"]),
    ("Phó Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("phó chủ tịch CĐCS", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("PCT", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("CT CĐCS", ["CHỦ TỊCH"]),
    ("PCT TT", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"]),
    ("Phó CT. CĐCS", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Q. CT", ["Q. CHỦ TỊCH"]),
    ("UV BCH, PCT.", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("CTCĐ", ["CHỦ TỊCH"]),
    ("PCTCĐ", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Giáo viên – PCTCĐCS", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("P/Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Đ/c Phó Chủ tịch.", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("UVBCH. Phó Chủ tịch TT", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"]),
    ("Phó Chủ tịch thứ nhất", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THỨ NHẤT"]),
    ("Phó Chủ tịch Tổng Liên đoàn", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Q CT", ["Q. CHỦ TỊCH"]),
    ("Phó Chủ tịch Ban Chấp hành", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Ủy viên Ban Chấp hành", ["ỦY VIÊN BAN CHẤP HÀNH"]),
    ("P.Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Phó Chủ tịch Thường trực LĐLĐ quận", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH THƯỜNG TRỰC"]),
    ("Ủy viên BTV, Phó Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Phó Chủ tịch Nghiệp đoàn", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Quyền Chủ tịch", ["Q. CHỦ TỊCH"]),
    ("Q.Chủ tịch CĐCS", ["Q. CHỦ TỊCH"]),
    ("Ủy viên BTV, Chủ nhiệm UBKT", ["ỦY VIÊN BTV, CHỦ NHIỆM UBKT"]),
    ("Phóng viên", ["PHÓNG VIÊN"]),
    ("Chủ tịch CĐCS, Phó Hiệu trưởng", ["CHỦ TỊCH"]),
    ("Phó Hiệu trưởng - Chủ tịch Công đoàn", ["CHỦ TỊCH"]),
    ("Phó Trưởng phòng Đào tạo; Phó Chủ tịch CĐCS", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Quyền Chủ tịch, Phó Hiệu trưởng", ["Q. CHỦ TỊCH"]),
    ("Phó Hiệu trưởng, Ủy viên BCH", ["PHÓ HIỆU TRƯỞNG, ỦY VIÊN BCH"]),
    ("Ủy viên BTV, Phó Trưởng ban Tuyên giáo", ["KT. TRƯỞNG BAN TUYÊN GIÁO", "PHÓ TRƯỞNG BAN TUYÊN GIÁO"]),
    (
        "Phó Trưởng ban Tuyên giáo - Nữ công",
        ["KT. TRƯỞNG BAN TUYÊN GIÁO - NỮ CÔNG", "PHÓ TRƯỞNG BAN TUYÊN GIÁO - NỮ CÔNG"],
    ),
    ("Phó Chủ tịch không chuyên trách", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH KHÔNG CHUYÊN TRÁCH"]),
    ("Phó Chủ tịch bán chuyên trách CĐCS", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH BÁN CHUYÊN TRÁCH"]),
    ("Phó Chủ tịch phụ trách Nữ công", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH PHỤ TRÁCH NỮ CÔNG"]),
    ("Phó Chủ tịch phụ trách LĐLĐ quận", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH PHỤ TRÁCH"]),
    ("Phó Chủ tịch (Thường trực)", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH (THƯỜNG TRỰC)"]),
    *(
        (f"Phó Chủ tịch{joint}Trưởng ban Nữ công", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"])
        for joint in (" & ", " + ", " | ", ", đồng thời là ", " kiêm ", " kiêm nhiệm ", " - ", "–", "/", " và ")
    ),
    ("Phó Chủ tịch - Kế toán", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Ủy viên BTV - Phó Chủ tịch", ["KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("Phó Ban Nữ công", ["KT. TRƯỞNG BAN NỮ CÔNG", "PHÓ TRƯỞNG BAN NỮ CÔNG"]),
    ("Phó phòng", ["KT. TRƯỞNG PHÒNG", "PHÓ TRƯỞNG PHÒNG"]),
    ("Phó Văn phòng", ["KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
    ("Quyền Phó Chủ tịch", ["KT. CHỦ TỊCH", "Q. PHÓ CHỦ TỊCH"]),
    ("Phó", ["PHÓ"]),
    ("", []),
    ("\u200b", []),
]


@pytest.mark.parametrize(("post", "lines"), OF_THE_HOUSE)
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_who_holds_the_post_signs_for_the_body(post, lines, form):
    texts = {"post": unicodedata.normalize(form, post)}
    assert Signer(STANDING_COMMITTEE, texts).lines() == ["TM. BAN THƯỜNG VỤ", *lines]
    assert Signer(COMMITTEE, texts).lines() == ["TM. BAN CHẤP HÀNH", *lines]


DELEGATES = [
    ("TUQ", "Chuyên viên Tuyên giáo", "Chủ tịch", ["TUQ. BAN THƯỜNG VỤ", "CHUYÊN VIÊN TUYÊN GIÁO"]),
    ("TUQ", "Ủy viên BTV, Trưởng ban Nữ công", "Chủ tịch", ["TUQ. BAN THƯỜNG VỤ", "ỦY VIÊN BTV, TRƯỞNG BAN NỮ CÔNG"]),
    ("TUQ", "Phó Trưởng ban Tuyên giáo", "Chủ tịch", ["TUQ. BAN THƯỜNG VỤ", "PHÓ TRƯỞNG BAN TUYÊN GIÁO"]),
    ("TUQ", "Ủy viên BTV", "Ủy viên BTV", ["TUQ. BAN THƯỜNG VỤ", "ỦY VIÊN BTV"]),
    ("TL", "Chánh Văn phòng", "Chủ tịch", ["TL. BAN THƯỜNG VỤ", "CHÁNH VĂN PHÒNG"]),
    ("TL", "Phó Chánh Văn phòng", "Chủ tịch", ["TL. BAN THƯỜNG VỤ", "KT. CHÁNH VĂN PHÒNG", "PHÓ CHÁNH VĂN PHÒNG"]),
    ("TL", "Quyền Chánh Văn phòng", "Chủ tịch", ["TL. BAN THƯỜNG VỤ", "Q. CHÁNH VĂN PHÒNG"]),
    ("TUQ", "Phó CT", "CT LĐLĐ quận", ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("TUQ", "Phó Chủ tịch", "Chủ tịch LĐLĐ quận", ["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]),
    ("TUQ", "Chủ tịch", "Phó Chủ tịch Thường trực", ["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]),
]


@pytest.mark.parametrize(("prefix", "own", "holders", "lines"), DELEGATES)
def test_a_delegate_signs_as_himself(prefix, own, holders, lines):
    here = {"at_unit": "LĐLĐ quận", "holder_unit": "LĐLĐ quận"}
    assert Signer(STANDING_COMMITTEE, {"post": own, "holder_post": holders, **here}, prefix).lines() == lines


def test_a_post_elsewhere_says_where():
    away = {"post": "Chủ tịch CĐCS", "at_unit": "CĐCS Trường Mầm non", "holder_unit": "LĐLĐ quận"}
    signer = Signer(STANDING_COMMITTEE, away | {"holder_post": "Chủ tịch"}, "TUQ")
    assert signer.lines() == ["TUQ. BAN THƯỜNG VỤ", "CHỦ TỊCH CĐCS TRƯỜNG MẦM NON"]
    deputy = Signer(STANDING_COMMITTEE, away | {"holder_post": "Chủ tịch", "post": "Phó Chủ tịch CĐCS"}, "TUQ")
    assert deputy.lines() == ["TUQ. BAN THƯỜNG VỤ", "PHÓ CHỦ TỊCH CĐCS TRƯỜNG MẦM NON"]


@pytest.mark.parametrize("texts", [{}, {"post": "Chủ tịch", "at_unit": "LĐLĐ quận"}, {"holder_post": "Chủ tịch"}])
def test_a_delegate_whose_own_post_is_not_known_gets_no_title(texts):
    """Erased, of the earliest record, which has the holder's post, or of somebody who holds no office at all."""
    assert Signer(COMMITTEE, texts, "TUQ").lines() == ["TUQ. BAN CHẤP HÀNH"]


def test_in_whose_stead():
    assert in_whose_stead(["TM. BAN THƯỜNG VỤ", "CHỦ TỊCH"]) == ""
    assert in_whose_stead(["TM. BAN THƯỜNG VỤ", "KT. CHỦ TỊCH", "PHÓ CHỦ TỊCH"]) == "KT. CHỦ TỊCH"
    assert in_whose_stead(["TUQ. BAN THƯỜNG VỤ", "CHUYÊN VIÊN"]) == "TUQ. BAN THƯỜNG VỤ"
    assert in_whose_stead([]) == ""

"""Letters of old fonts: every Vietnamese letter goes there and comes back, and nothing else is taken for them."""

import json
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vietnamese.legacy_encodings import TCVN3, VNI, detected, for_browser, of_font

MARKS = {
    "a": ["", "\u0306", "\u0302"], "e": ["", "\u0302"], "i": [""], "o": ["", "\u0302", "\u031b"], "u": ["", "\u031b"],
    "y": [""],
}  # fmt: skip
TONES = ["", "\u0300", "\u0301", "\u0309", "\u0303", "\u0323"]
SMALL = ["đ", *(unicodedata.normalize("NFC", b + m + t) for b, marks in MARKS.items() for m in marks for t in TONES)]
CAPITALS = [letter.upper() for letter in SMALL]
texts = st.lists(st.sampled_from([*SMALL, *"bcdghklmnpqrstvx 0123,."])).map("".join)


def encoded(text: str, encoding) -> str:
    table = {}
    for typed, letter in encoding.table.items():
        table.setdefault(letter, typed) if typed[1:].islower() == letter.islower() else None
        table[letter] = typed if typed == typed.lower() or typed == typed.upper() else table.get(letter, typed)
    return "".join(table.get(letter, letter) for letter in text)


def test_there_are_as_many_letters_as_vietnamese_has():
    assert len(set(SMALL)) == 73  # 12 vowels with six tones each, and đ


@pytest.mark.parametrize("encoding", [TCVN3, VNI], ids=lambda it: it.name)
@given(text=texts)
def test_small_letters_come_back(encoding, text):
    assert encoding.decoded(encoded(text, encoding)) == text


@given(text=texts)
def test_a_font_of_capitals_shows_capitals(text):
    assert TCVN3.decoded(encoded(text, TCVN3), capitals=True) == text.upper()


@given(text=st.lists(st.sampled_from([*CAPITALS, *"BCDGHKLMNPQRSTVX 0123,."])).map("".join))
def test_capitals_of_vni_come_back(text):
    assert VNI.decoded(encoded(text, VNI)) == text


def test_a_capital_of_vni_may_carry_a_small_mark():
    assert VNI.decoded("Aùo, AÙO, Ñaø Laït") == "Áo, ÁO, Đà Lạt"


@pytest.mark.parametrize(
    ("font", "encoding", "capitals"),
    [
        (".VnTime", TCVN3, False),
        ('".VnTimeH"', TCVN3, True),
        (".vnarialh", TCVN3, True),
        ("VNI-Times", VNI, False),
        ("VNITimes", VNI, False),
    ],
)
def test_a_font_tells_its_encoding(font, encoding, capitals):
    assert of_font(font) == (encoding, capitals)


@pytest.mark.parametrize("font", ["Times New Roman", "Arial", "VnTime", "", "Avni"])
def test_other_fonts_tell_none(font):
    assert of_font(font) is None


@pytest.mark.parametrize(
    ("text", "encoding"),
    [("C«ng ®oµn c¬ së", TCVN3), ("Hµ Néi", TCVN3), ("tr\u00ad\u00eang häc", TCVN3), ("Coâng ñoaøn cô sôû", VNI),
     ("LIEÂN ÑOAØN LAO ÑOÄNG", VNI), ("15/Q§-L§L§ vÒ", TCVN3), ("QÑ-LÑLÑ", VNI)],
)  # fmt: skip
def test_old_letters_are_known_without_a_font(text, encoding):
    assert detected(text) is encoding


@pytest.mark.parametrize(
    "text",
    ["Công đoàn cơ sở", "Là cá", "été développé à Paris", "naïve café", "Größe für Straße",
     "niño mañana", "ESPAÑA MUÑOZ", "12 m² ± 3 °C", "", "«Công»"],
)  # fmt: skip
def test_other_texts_are_not_taken_for_them(text):
    assert detected(text) is None


@given(st.lists(st.sampled_from(["công", "đoàn", "cơ", "sở", "liên", "được", "người", "trường"]), min_size=3))
def test_what_was_encoded_is_detected_unless_it_shows_nothing_odd(words):
    assert detected(encoded(" ".join(words), TCVN3)) is TCVN3


def test_a_page_is_told_all_of_it():
    assert json.loads(json.dumps(for_browser()))["encodings"][0]["table"]["«"] == "ô"

"""The names that files are shown under."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intake.uploads import FileKind, display_name
from tests.intake.making import accepted, word_file


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Báo cáo.docx", "Báo cáo.docx"),
        (unicodedata.normalize("NFD", "Biên bản họp.pdf"), "Biên bản họp.pdf"),
        ("C:\\Users\\An\\a.pdf", "a.pdf"), ("../../etc/a.pdf", "a.pdf"), ("a\x00.pdf", "a.pdf"),
        ("anh\u202egnp.pdf", "anhgnp.pdf"), ("<img src=x onerror=alert(1)>.png", "_img src=x onerror=alert(1)_.png"),
        ("<script>alert(1)</script>.pdf", "script_.pdf"), ('a"b:c?.pdf', "a_b_c_.pdf"), ("a\r\nb.pdf", "a b.pdf"),
        ("  .pdf", "file.pdf"), ("", "file"), ("...", "file"), (".pdf", "file.pdf"), ("a . pdf", "a . pdf"),
        ("ă" * 300 + ".docx", "ă" * 195 + ".docx"), ("a.tar.gz", "a.tar.gz"),
    ],
)  # fmt: skip
def test_names_are_shown_safe_and_whole(name, shown):
    assert display_name(name) == shown


@given(st.text())
def test_any_name_comes_out_safe_and_stays_so(name):
    shown = display_name(name)
    assert 0 < len(shown) <= 200
    assert not set(shown) & set('/\\<>:"|?*\x00\n\r\u202e')
    assert display_name(shown) == shown


@pytest.mark.parametrize("name", ["ă" * 196 + ".docx", unicodedata.normalize("NFD", "ấ" * 300) + ".docx", "<b>.docx"])
def test_a_strange_name_is_no_reason_to_refuse_a_good_file(name):
    assert accepted(word_file(), name) is FileKind.DOCX

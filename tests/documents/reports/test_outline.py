"""Outlines: published once, changed by a new version."""

import pytest
from django.db import DatabaseError, transaction
from django.utils import translation

from documents.campaigns.outline_loading import DATA, load_outline
from documents.models import Attestation, Indicator, Outline, Section
from tests.founder import founder

pytestmark = pytest.mark.django_db


def test_the_plans_outline_has_25_sections_and_50_indicators():
    outline = load_outline(by=founder())
    assert outline.published_at is not None
    assert outline.sections.count() == 25
    assert outline.sections.filter(has_parts=False).count() == 20
    assert outline.indicators.count() == 50
    assert [a.code for a in outline.attestations.all()] == ["thong_nhat_chuyen_mon", "y_kien_cap_uy"]
    assert [a.applies_when for a in outline.attestations.all()] == ["employer_head", "has_party_org"]


def test_sections_stand_in_reading_order():
    codes = list(load_outline(by=founder()).sections.values_list("code", flat=True))
    assert codes[:6] == ["0", "1", "1.1", "1.2", "2", "2.1"]
    assert codes[-5:] == ["4", "4.1", "4.2", "4.3", "4.4"]


def test_loading_again_gives_the_same_row():
    assert load_outline(by=founder()).pk == load_outline(by=founder()).pk
    assert Outline.objects.count() == 1


def test_other_content_under_a_published_version_is_refused(tmp_path):
    load_outline(by=founder())
    changed = tmp_path / "outline.yaml"
    changed.write_text(DATA.read_text().replace("Đánh giá chung", "Đánh giá"))
    with pytest.raises(ValueError, match="new version"):
        load_outline(changed, by=founder())
    changed.write_text(changed.read_text().replace("version: 1", "version: 2"))
    assert load_outline(changed, by=founder()).version == 2


@pytest.mark.parametrize(
    ("good", "bad"),
    [
        ('check: "<= lao_dong_total"', 'check: "≤ lao_dong_total"'),
        ("count(mo_hinh)", "sum(mo_hinh)"),
        ("type: bool, origin", "type: truth, origin"),
    ],
)
def test_bad_data_leaves_nothing_behind(tmp_path, good, bad):
    broken = tmp_path / "outline.yaml"
    broken.write_text(DATA.read_text().replace(good, bad, 1))
    with pytest.raises(ValueError, match=r"unknown|not a valid"):
        load_outline(broken, by=founder())
    assert Outline.objects.count() == 0


@pytest.mark.parametrize("model", [Section, Indicator, Attestation])
def test_the_database_lets_nothing_of_a_published_outline_change(model):
    outline = load_outline(by=founder())
    for change in (
        lambda: model.objects.filter(outline=outline).update(position=99),
        lambda: model.objects.filter(outline=outline)[0].delete(),
        lambda: outline.sections.create(code="9", title_vi="Thêm", position=99, origin="added"),
        lambda: Outline.objects.filter(pk=outline.pk).update(title_vi="Khác"),
        lambda: Outline.objects.filter(pk=outline.pk).update(published_at=None),
    ):
        with pytest.raises(DatabaseError, match=r"never changes|is sealed"), transaction.atomic():
            change()


def test_titles_follow_the_reader():
    section = load_outline(by=founder()).sections.get(code="3.2")
    with translation.override("vi"):
        assert section.title == "Hạn chế"
    with translation.override("en"):
        assert section.title == "Shortcomings"

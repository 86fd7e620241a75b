"""What is typed to be kept is never in the letters of an old font; what is typed to find something may be."""

import importlib
import pkgutil

import pytest
from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import models

from administration.admin import OnRecord
from documents.content.figure_field import FigureField, ReasonField
from documents.content.table_rows import TableField, TypedTable
from documents.models import AwardNomination, PreviousAward
from vietnamese.fields import Paragraph, SearchWords, Words, formfield_of

OLD, NEW = "NguyÔn ThÞ H\u00ad¬ng", "Nguyễn Thị Hương"
ROOMS = ["administration", "audit", "documents", "workflow"]


@pytest.mark.parametrize(
    "field",
    [
        *(Words(), Paragraph(), ReasonField(), FigureField("text")),
        formfield_of(AwardNomination._meta.get_field("full_name")),
        formfield_of(AwardNomination._meta.get_field("party_opinion")),
        formfield_of(PreviousAward._meta.get_field("form")),
    ],
)
def test_old_letters_are_refused_with_what_they_would_become(field):
    with pytest.raises(ValidationError, match=NEW):
        field.clean(OLD)


def test_a_cell_of_a_table_and_a_later_line_are_refused_too():
    with pytest.raises(ValidationError, match="Công đoàn"):
        TableField(["hinh_thuc"], label="Hình thức").clean(TypedTable([{"hinh_thuc": "C«ng ®oµn"}]))
    with pytest.raises(ValidationError, match=r"VNI.*Công đoàn"):
        Paragraph().clean("Dòng đầu\nCoâng ñoaøn")


@pytest.mark.parametrize(
    "text",
    [
        "Nguyễn Thị Hương", "là và có", "Hà", "15/QĐ-LĐLĐ", "José Gómez", "Ý kiến: 12 m² × 3", "Ùn ùn", "½–¾ ngày",
        "5×6 và 7×8", "12m×3m và 4m×5m", "Thép Ø20 và Ø30", "Mục §5 và §6", "«trích»", "– • “”",
    ],
)  # fmt: skip
def test_what_is_no_old_text_stays(text):
    assert Words().clean(text) == text


def test_what_many_type_for_dj_is_no_old_letter():
    assert Words().clean("15/QÐ-LÐLÐ, HÐ và BCÐ") == "15/QĐ-LĐLĐ, HĐ và BCĐ"


def test_a_search_goes_by_what_old_letters_stand_for():
    assert SearchWords().clean(OLD) == NEW
    assert SearchWords().clean("HÐ và QÐ-LÐLÐ") == "HĐ và QĐ-LĐLĐ"


def test_every_box_for_words_that_are_kept_refuses_them():
    for room in map(importlib.import_module, ROOMS):
        for module in pkgutil.walk_packages(room.__path__, f"{room.__name__}."):
            if ".migrations" not in module.name:
                importlib.import_module(module.name)
    bare = {
        f"{form.__module__}.{form.__name__}.{name}"
        for form in _subclasses(forms.BaseForm)
        if form.__module__.split(".")[0] in ROOMS
        for name, field in form.base_fields.items()
        if type(field) is forms.CharField and not isinstance(field.widget, forms.HiddenInput | forms.PasswordInput)
    }
    assert bare == set()


def test_so_does_every_box_of_the_reference_data():
    for kind, page in admin.site._registry.items():
        texts = [it for it in kind._meta.fields if type(it) in (models.CharField, models.TextField) and not it.choices]
        if isinstance(page, OnRecord):
            assert {type(page.formfield_for_dbfield(it, request=None)) for it in texts if it.editable} == {Words}


def _subclasses(kind: type) -> set[type]:
    return {kind}.union(*map(_subclasses, kind.__subclasses__()))

"""A field left empty is named in its refusal, in every form alike."""

from django import forms
from django.template.loader import render_to_string
from django.utils.translation import override


class Filing(forms.Form):
    minutes_no = forms.CharField(label="Số biên bản")
    outcome = forms.ChoiceField(label="Kết quả", choices=[("yes", "Đạt")])
    note = forms.CharField(label="Lý do", error_messages={"required": "Vui lòng nêu lý do."})


def test_an_empty_field_is_named_and_a_sentence_of_its_own_stays():
    form = Filing({})
    with override("vi"):
        said = {field.name: list(field.errors) for field in form}
    assert said == {
        "minutes_no": ["Vui lòng nhập “Số biên bản”."],
        "outcome": ["Vui lòng chọn “Kết quả”."],
        "note": ["Vui lòng nêu lý do."],
    }


def test_the_summary_above_a_form_does_not_say_a_name_twice():
    with override("vi"):
        html = render_to_string("components/form_errors.html", {"form": Filing({"outcome": "no", "note": "x"})})
    assert '<a href="#id_minutes_no">Vui lòng nhập “Số biên bản”.</a>' in html
    assert '<a href="#id_outcome">Kết quả</a>: ' in html

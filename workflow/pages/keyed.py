"""Forms that change something once: their own key, a reason, days; and how a page carries them out."""

from uuid import UUID, uuid4, uuid5

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from vietnamese.fields import Paragraph
from vietnamese.renderer import is_chosen
from workflow.errors import Refused


def key_with(key: UUID, data) -> UUID:
    """The key together with what was sent beside it."""
    typed = sorted((name, str(values)) for name, values in dict(data).items() if name != "csrfmiddlewaretoken")
    return uuid5(key, repr(typed))


class KeyedForm(forms.Form):
    """One change of the office: a second click changes nothing more, going back and typing otherwise is another change.

    A form of a model names it first: `class UnitForm(KeyedForm, forms.ModelForm)`.
    """

    key = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data=None, *, initial=None, **kwargs):
        super().__init__(data, initial={"key": uuid4()} | (initial or {}), **kwargs)

    def clean_key(self) -> UUID:
        return key_with(self.cleaned_data["key"], self.data)


class ReasonForm(KeyedForm):
    """Why; kept with the decision on the record."""

    note = Paragraph(label=_("Reason"), error_messages={"required": _("Please give the reason.")})


class DatedForm(KeyedForm):
    """A change that holds from a day to a day."""

    def clean(self):
        cleaned = super().clean()
        starts, ends = cleaned.get("starts_on"), cleaned.get("ends_on")
        if starts and ends and ends < starts:
            self.add_error("ends_on", _("The last day is before the first."))
        return cleaned


def carried_out(form, change, *args, **cleaned):
    """The event of a change, or nothing: then the form says why in the words of the refusal."""
    try:
        return change(*args, key=form.cleaned_data["key"], **cleaned)
    except Refused as refused:
        form.add_error(None, refused.reasons)
    except ValidationError as error:
        form.add_error(None, error.messages)
    return None


def with_reason(form, change, row, *, by):
    """The same for a change that asks only for its reason; nothing while the form was not sent."""
    if not (form.is_bound and form.is_valid()):
        return None
    event = carried_out(form, change, row, by=by, note=form.cleaned_data["note"])
    if event is None:
        form.typed = read_only(form)  # no other reason would be accepted
    return event


def read_only(*parts: forms.BaseForm) -> list[forms.BoundField]:
    """What was typed into a form that is no longer to be sent: to be read and copied."""
    typed = [field for part in parts for field in part.visible_fields() if field.value()]
    for field in typed:
        field.field.widget.attrs["disabled" if is_chosen(field.field) else "readonly"] = True
    return typed


def status_of(form) -> int:
    return 422 if form.is_bound and form.errors else 200

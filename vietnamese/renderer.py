"""How forms are rendered: by our templates, and a field left empty is named in its refusal."""

from django import forms
from django.db import models
from django.forms.renderers import TemplatesSetting
from django.forms.utils import ErrorList
from django.utils.translation import gettext as _

NAMELESS = (
    forms.Field.default_error_messages["required"],
    models.Field.default_error_messages["blank"],
    models.Field.default_error_messages["null"],
)


def is_chosen(field: forms.Field) -> bool:
    """Is it answered by choosing rather than by typing?"""
    return hasattr(field.widget, "choices") or isinstance(field.widget, (forms.CheckboxInput, forms.FileInput))


class NamedField(forms.BoundField):
    """A field that says its name where the library says “this field”; a sentence of the form's own stays."""

    @property
    def errors(self) -> ErrorList:
        errors = super().errors
        for error in errors.as_data():
            if self.label and error.message in NAMELESS:
                error.message = self._sentence() % {"field": self.label}
        return errors

    def _sentence(self) -> str:
        return _("Please choose “%(field)s”.") if is_chosen(self.field) else _("Please enter “%(field)s”.")


class Renderer(TemplatesSetting):
    bound_field_class = NamedField

"""The form field of an indicator, by the type the outline gives it."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from documents.campaigns.outline import Indicator
from documents.content import figures
from documents.content.figure_field import FigureField
from documents.content.rich_text_field import RichTextField
from documents.content.table_rows import TableField


class FileChoice(forms.ChoiceField):
    """One of the files attached to the report, named by its SHA-256."""

    def __init__(self, attachments: list[dict], **kwargs):
        choices = [("", _("No file chosen"))] + [(file["sha256"], file["name"]) for file in attachments]
        super().__init__(choices=choices, required=False, **kwargs)


def field_for(indicator: Indicator, initial, attachments: list[dict]) -> forms.Field:
    """The field of one indicator with what stands there now."""
    options = {"label": capfirst(indicator.label), "initial": initial}
    if indicator.type == Indicator.Type.TABLE:
        return TableField(indicator.columns, **options)
    if indicator.type == Indicator.Type.RICHTEXT:
        return RichTextField(required=False, **options)
    if indicator.type == Indicator.Type.FILE:
        return FileChoice(attachments, **options)
    options["initial"] = figures.typed(initial, indicator.type)
    return FigureField(indicator.type, **options)

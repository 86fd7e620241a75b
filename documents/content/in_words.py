"""What a form says, in words: to set what is stored beside what was typed."""

from django import forms
from django.utils.translation import gettext as _

from documents.content.rich_text_field import RichTextField, Typed
from documents.content.richtext import to_plain
from documents.content.table_rows import TableField, TypedTable

CARRIED = frozenset({"seen", "over"})


class FormInWords:
    """A form that can be asked for its words: as typed when bound, as stored when not."""

    def in_words(self) -> dict[str, tuple[str, str]]:
        """Field -> (label, what it says)."""
        spoken = {name: field for name, field in self.fields.items() if name not in CARRIED}
        return {name: (str(field.label), self._words(name, field)) for name, field in spoken.items()}

    def _words(self, name: str, field: forms.Field) -> str:
        value = self._value(name, field)
        if isinstance(field, TableField):
            return _rows_in_words(value)
        if isinstance(field, RichTextField):
            return value.text if isinstance(value, Typed) else to_plain(value or "")
        shown = field.prepare_value(value)
        return str(dict(getattr(field.widget, "choices", ())).get(shown or "") or shown or "")

    def _value(self, name: str, field: forms.Field):
        if not self.is_bound:
            return self.get_initial_for_field(field, name)
        return self.cleaned_data[name] if name in getattr(self, "cleaned_data", {}) else self[name].value()


def _rows_in_words(value) -> str:
    if value == []:
        return _("There is nothing to list")
    rows = value.rows if isinstance(value, TypedTable) else value or []
    return "\n".join(" | ".join(row.values()) for row in rows if any(row.values()))
